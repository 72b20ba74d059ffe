from django.db import models
from django.utils.translation import gettext_lazy as _


class TerritoryKind(models.TextChoices):
    WHOLE = "whole", _("Tutto il territorio")
    PACT = "pact", _("Patto")
    ZONE = "zone", _("Zona")
    DESK = "desk", _("Sportello")
    MUNICIPALITY = "municipality", _("Comune")


EDITED = (TerritoryKind.PACT, TerritoryKind.ZONE, TerritoryKind.DESK, TerritoryKind.MUNICIPALITY)
"""Kinds of territories that editions are about."""
