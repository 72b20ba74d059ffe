from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Comune")
    AGENCY = "agency", _("Agenzia per il lavoro")
    COMPANY = "company", _("Impresa")
    METROPOLITAN_CITY = "metropolitan_city", _("Città metropolitana")
    REGION = "region", _("Regione")
    MINISTRY = "ministry", _("Ministero")
    SOCIAL_PARTNER = "social_partner", _("Parte sociale")
    THIRD_SECTOR = "third_sector", _("Ente del terzo settore")
    TRAINING_BODY = "training_body", _("Ente di formazione")
    OTHER = "other", _("Altro ente")


ADMINISTERED_KINDS = tuple(kind for kind in OrganisationKind if kind != OrganisationKind.COMPANY)
"""Bodies that the administrator writes down; a company writes itself down and a desk approves it."""

ACCREDITED_KINDS = frozenset(
    {
        OrganisationKind.AGENCY,
        OrganisationKind.SOCIAL_PARTNER,
        OrganisationKind.THIRD_SECTOR,
        OrganisationKind.TRAINING_BODY,
        OrganisationKind.OTHER,
    }
)
"""Bodies that may stand in the register of accredited operators (L.R. 22/2006 art. 13), not those that keep or govern it."""


class AccreditationStatus(models.TextChoices):
    PROVISIONAL = "provisional", _("Provvisorio")
    DEFINITIVE = "definitive", _("Definitivo")
    SUSPENDED = "suspended", _("Sospeso")
    REVOKED = "revoked", _("Revocato")


class AccreditationKind(models.TextChoices):
    WORK = "work", _("Servizi al lavoro")
    TRAINING = "training", _("Formazione")


class DeskKind(models.TextChoices):
    TOWN_HALL = "town_hall", _("Sportello in municipio")
    WOMENS_CENTRE = "womens_centre", _("Centro donne")
    MARKET = "market", _("Banco al mercato")
    JOB_CENTRE = "job_centre", _("Sede del Centro per l'impiego")
    OTHER = "other", _("Altra sede")


class DeskState(models.TextChoices):
    PLANNED = "planned", _("In programma")
    TEMPORARY = "temporary", _("Temporaneo")
    OPEN = "open", _("Aperto")
    CLOSED = "closed", _("Chiuso")


class Sex(models.TextChoices):
    """Sex as public registers and population statistics record it."""

    FEMALE = "F", _("Donna")
    MALE = "M", _("Uomo")


class Weekday(models.IntegerChoices):
    MONDAY = 1, _("lunedì")
    TUESDAY = 2, _("martedì")
    WEDNESDAY = 3, _("mercoledì")
    THURSDAY = 4, _("giovedì")
    FRIDAY = 5, _("venerdì")
    SATURDAY = 6, _("sabato")
    SUNDAY = 7, _("domenica")


class DayBand(models.TextChoices):
    """Parts of a working day; the night begins on the day it is named after."""

    MORNING = "morning", _("Mattina")
    AFTERNOON = "afternoon", _("Pomeriggio")
    EVENING = "evening", _("Sera")
    NIGHT = "night", _("Notte")


WEEK_BANDS = tuple((f"{day.value}-{band.value}", day, band) for day in Weekday for band in DayBand)
"""Every part of every day of a week, from Monday morning on: its key, "1-morning", with its day and its band."""


class AgeBand(models.TextChoices):
    """Bands of the residents' table, cut so that the working age (15 to 64) is a sum of whole bands."""

    TO_14 = "0-14", _("fino a 14 anni")
    FROM_15 = "15-24", _("da 15 a 24 anni")
    FROM_25 = "25-34", _("da 25 a 34 anni")
    FROM_35 = "35-44", _("da 35 a 44 anni")
    FROM_45 = "45-54", _("da 45 a 54 anni")
    FROM_55 = "55-64", _("da 55 a 64 anni")
    FROM_65 = "65+", _("da 65 anni in su")


# What ISTAT and Eurostat call working age.
WORKING_AGE = (AgeBand.FROM_15, AgeBand.FROM_25, AgeBand.FROM_35, AgeBand.FROM_45, AgeBand.FROM_55)
