from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person does in the portal; all but the citizen hold it through a membership."""

    CITIZEN = "citizen", _("Cittadina o cittadino")
    OPERATOR = "operator", _("Operatrice o operatore")
    COORDINATOR = "coordinator", _("Coordinatrice o coordinatore")
    COMPANY = "company", _("Impresa")
    OFFICIAL = "official", _("Funzionaria o funzionario comunale")
    CONTROL_ROOM = "control_room", _("Cabina di regia")
    ADMINISTRATOR = "administrator", _("Amministratrice o amministratore")


STAFF_ROLES = frozenset({Role.OPERATOR, Role.COORDINATOR, Role.OFFICIAL, Role.CONTROL_ROOM, Role.ADMINISTRATOR})
"""Roles that read other people's data or figures before publication: a second factor is compulsory."""


class KeyScope(models.TextChoices):
    """What a key of the API opens, on the vacancies of its own body."""

    READ = "vacancies:read", _("Leggere le proprie offerte")
    WRITE = "vacancies:write", _("Scrivere bozze, correggerle, ritirare offerte")
    SUBMIT = "vacancies:submit", _("Mandare le offerte allo sportello")
