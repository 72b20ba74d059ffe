"""States and lawful transitions of an edition of the semester report, as plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IssueState(models.TextChoices):
    QUEUED = "queued", _("In coda")
    FROZEN = "frozen", _("Dati congelati")
    BUILT = "built", _("Pronto da rivedere")
    PUBLISHED = "published", _("Pubblicato")
    SUPERSEDED = "superseded", _("Sostituito")
    FAILED = "failed", _("Non riuscito")


ISSUE_TRANSITIONS: dict[IssueState, frozenset[IssueState]] = {
    IssueState.QUEUED: frozenset({IssueState.FROZEN, IssueState.FAILED}),
    IssueState.FROZEN: frozenset({IssueState.BUILT, IssueState.FAILED}),
    IssueState.BUILT: frozenset({IssueState.PUBLISHED}),
    IssueState.PUBLISHED: frozenset({IssueState.SUPERSEDED}),
    IssueState.SUPERSEDED: frozenset(),
    IssueState.FAILED: frozenset({IssueState.QUEUED, IssueState.FROZEN}),
}

PUBLIC = frozenset({IssueState.PUBLISHED, IssueState.SUPERSEDED})
"""Editions that anybody may read, the second kind as what was true before."""

UNDER_WAY = frozenset({IssueState.QUEUED, IssueState.FROZEN})
"""Being built, or waiting for it."""
