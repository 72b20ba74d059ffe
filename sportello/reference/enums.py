from django.db import models
from django.utils.translation import gettext_lazy as _


class SkillRelation(models.TextChoices):
    ESSENTIAL = "essential", _("essenziale")
    OPTIONAL = "optional", _("utile")


class SkillKind(models.TextChoices):
    KNOWLEDGE = "knowledge", _("conoscenza")
    SKILL = "skill", _("capacità")
    TRANSVERSAL = "transversal", _("capacità trasversale")
    LICENCE = "licence", _("attestato o abilitazione")


class LabelKind(models.TextChoices):
    PREFERRED = "preferred", _("preferita")
    ALTERNATIVE = "alternative", _("alternativa")
    EVERYDAY = "everyday", _("di ogni giorno")


class ServiceAudience(models.TextChoices):
    PERSON = "person", _("Persone")
    COMPANY = "company", _("Imprese")


class TaxonomySource(models.TextChoices):
    CURATED = "curated", _("Vocabolario dello sportello")
    ESCO = "esco", "ESCO"


class LanguageLevel(models.TextChoices):
    """Levels of the Common European Framework."""

    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"


class RuleTopic(models.TextChoices):
    """Chapters of the page of rules, in their order."""

    UNEMPLOYMENT = "unemployment", _("Disoccupazione e patto di servizio")
    DISADVANTAGE = "disadvantage", _("Svantaggio e programmi")
    SUITABLE_OFFER = "suitable_offer", _("Offerta di lavoro congrua")
    HIRING = "hiring", _("Assunzioni e tirocini")
    EQUALITY = "equality", _("Parità e collocamento mirato nelle imprese")
    DESK = "desk", _("Tempi dello sportello")
    DATA = "data", _("Dati e riservatezza")


class RuleUnit(models.TextChoices):
    """What a rule's number counts; the label is what a form asks for."""

    DAYS = "days", _("giorni")
    HOURS = "hours", _("ore del giorno, da e a")
    MONTHS = "months", _("mesi")
    YEARS = "years", _("anni")
    AGE = "age", _("anni di età")
    AGES = "ages", _("età, da e a")
    EURO = "euro", _("euro")
    PERCENT = "percent", _("percentuale")
    PEOPLE = "people", _("numero")
    ISCED = "isced", _("livello ISCED")
    DISTANCE = "distance", _("distanza")
    CALENDAR_DAY = "calendar_day", _("giorno e mese")
