"""How a person wants to hear from the desk."""

from candidates.models import Candidate, ContactPreference
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.models import MessageChannel


@audit.service("preference.set")
def set_preference(
    *,
    candidate: Candidate,
    language: str,
    reminders_paused: bool,
    by: Scope,
    channel: str = MessageChannel.EMAIL,
) -> ContactPreference:
    """Write what was chosen; from now on messages follow it, those already queued too where they are reminders."""
    candidate = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if candidate.language != language:
        candidate.language = language
        candidate.save(update_fields=["language"])
    chosen = ContactPreference.objects.filter(candidate=candidate).first() or ContactPreference(candidate=candidate)
    chosen.channel, chosen.reminders_paused = channel, reminders_paused
    chosen.save()
    return chosen
