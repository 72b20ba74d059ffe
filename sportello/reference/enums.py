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
