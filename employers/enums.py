from django.db import models
from django.utils.translation import gettext_lazy as _


class SettlementState(models.TextChoices):
    PRESENT = "present", _("Già presente nel territorio")
    OPENING = "opening", _("In apertura")
    PLANNED = "planned", _("Apertura in programma")


class SizeBand(models.TextChoices):
    MICRO = "micro", _("Da 1 a 9 addetti")
    SMALL = "small", _("Da 10 a 49 addetti")
    MEDIUM = "medium", _("Da 50 a 249 addetti")
    LARGE = "large", _("250 addetti o più")


class VisitKind(models.TextChoices):
    ON_SITE = "on_site", _("In azienda")
    DESK = "desk", _("Allo sportello")
    REMOTE = "remote", _("Al telefono o in video")


class PayPeriod(models.TextChoices):
    YEAR = "year", _("lordi all'anno")
    MONTH = "month", _("lordi al mese")
    HOUR = "hour", _("lordi all'ora")


class HoursKind(models.TextChoices):
    FULL_TIME = "full_time", _("Tempo pieno")
    PART_TIME = "part_time", _("Part-time")


class RemarkLevel(models.TextChoices):
    HARD = "hard", _("Non si può scrivere")
    SOFT = "soft", _("Da motivare")


class WordedField(models.TextChoices):
    """The free texts of a vacancy."""

    TITLE = "title", _("Titolo dell'offerta")
    DESCRIPTION = "description", _("Che cosa farà la persona")
    SCHEDULE = "schedule", _("Giorni e fasce orarie")
