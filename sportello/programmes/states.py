"""States and lawful transitions of the editions of a course, as plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EditionState(models.TextChoices):
    PLANNED = "planned", _("In programma")
    OPEN = "open", _("Iscrizioni aperte")
    CLOSED = "closed", _("Iscrizioni chiuse")
    CANCELLED = "cancelled", _("Annullata")


EDITION_TRANSITIONS: dict[EditionState, frozenset[EditionState]] = {
    EditionState.PLANNED: frozenset({EditionState.OPEN, EditionState.CANCELLED}),
    EditionState.OPEN: frozenset({EditionState.CLOSED, EditionState.CANCELLED}),
    EditionState.CLOSED: frozenset({EditionState.OPEN, EditionState.CANCELLED}),
    EditionState.CANCELLED: frozenset(),
}
