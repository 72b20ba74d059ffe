from django.db import models
from django.utils.translation import gettext_lazy as _


class PactKind(models.TextChoices):
    PACT = "pact", _("Patto territoriale")
    PROTOCOL = "protocol", _("Protocollo d'intesa")


class MembershipState(models.TextChoices):
    """Steps of a municipality towards a pact; only the signed one with its deed counts."""

    INVITED = "invited", _("Invitato")
    DELIBERATED = "deliberated", _("Deliberato")
    SIGNED = "signed", _("Firmato")
    WITHDRAWN = "withdrawn", _("Uscito")


class PartnerRole(models.TextChoices):
    """Bodies that stand beside a pact without being members of it."""

    SUPPORTER = "supporter", _("Sostenitore")
    CONTRIBUTOR = "contributor", _("Contributore")


class ActionState(models.TextChoices):
    PLANNED = "planned", _("In programma")
    RUNNING = "running", _("In corso")
    DONE = "done", _("Conclusa")
