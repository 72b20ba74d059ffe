"""How a person wants to hear from the desk."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.enums import MergeRule
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.core.models import MessageChannel


@audit.tracked()
@classified(CASE_WORK, identity="candidate", contact="channel reminders_paused")
class ContactPreference(Model):
    """What a person chose; who has chosen nothing gets e-mails, and reminders."""

    merge_rule = MergeRule.LEFT

    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, related_name="contact_preference")
    channel = models.CharField(
        _("Come ti scriviamo"), max_length=10, choices=MessageChannel.choices, default=MessageChannel.EMAIL
    )
    reminders_paused = models.BooleanField(_("Niente promemoria"), default=False)
