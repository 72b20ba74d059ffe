from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseMode(models.TextChoices):
    PRESENCE = "presence", _("In aula")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In parte in aula, in parte online")


class EnrolBy(models.TextChoices):
    DESK = "desk", _("Allo sportello")
    PHONE = "phone", _("Per telefono")
    URL = "url", _("Sul sito dell'ente")
