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


class Part(models.IntegerChoices):
    """How far a person acts for their company; who holds one holds those before it."""

    READS = 1, _("Legge: offerte e candidature, senza i nomi delle persone")
    DECIDES = 2, _("Decide: scrive le offerte, risponde, vede il nome di chi ha detto sì")
    ADMINISTERS = 3, _("Amministra: anche i dati dell'impresa, le persone e i programmi collegati")

    @property
    def may_decide(self) -> bool:
        return self >= Part.DECIDES

    @property
    def may_administer(self) -> bool:
        return self >= Part.ADMINISTERS


def part_of(*, is_admin: bool, decides: bool) -> Part:
    """The part that two marks of a membership give: to read, when there is none."""
    return Part.ADMINISTERS if is_admin else Part.DECIDES if decides else Part.READS


class KeyScope(models.TextChoices):
    """What a key of the API opens, on the vacancies of its own body."""

    READ = "vacancies:read", _("Leggere le proprie offerte")
    WRITE = "vacancies:write", _("Scrivere bozze, correggerle, mettere in pausa e ritirare offerte")
    SUBMIT = "vacancies:submit", _("Mandare le offerte allo sportello")
