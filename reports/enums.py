from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryKind(models.TextChoices):
    PACT = "pact", _("Patto")
    ZONE = "zone", _("Zona")
    MUNICIPALITY = "municipality", _("Comune")
