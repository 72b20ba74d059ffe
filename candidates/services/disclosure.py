"""Asking a person, and recording the answer: may this body see who you are?"""

from django.utils import timezone

from candidates.models import Candidate, DisclosureRequest
from candidates.states import DISCLOSURE_TRANSITIONS, DisclosureState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.territory.models import Organisation


class NotAllowed(Exception):
    """The request's state does not permit that answer."""


@audit.service("disclosure.ask")
def ask_disclosure(*, candidate: Candidate, organisation: Organisation, regarding: str, by: Scope) -> DisclosureRequest:
    """Put the question; asked twice for the same reason it is the same question."""
    request, _ = DisclosureRequest.objects.get_or_create(
        candidate=candidate, organisation=organisation, regarding=regarding
    )
    return request


@audit.service("disclosure.answer")
def answer_disclosure(*, request: DisclosureRequest, state: DisclosureState, by: Scope) -> DisclosureRequest:
    """Record yes, no, or a yes taken back. Raises NotAllowed."""
    request = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if state not in DISCLOSURE_TRANSITIONS[DisclosureState(request.state)]:
        raise NotAllowed
    request.state = state
    request.answered_at = timezone.now()
    request.answered_by = by.actor_label
    request.save(update_fields=["state", "answered_at", "answered_by"])
    return request


@audit.service("disclosure.ask_anew")
def ask_anew(*, request: DisclosureRequest, organisation: Organisation, by: Scope) -> DisclosureRequest:
    """Put the question for another body: what was answered to the former one does not count for it, and stays in the history."""
    # The same row, not a new one: to write one that names the person would wait for whoever holds the person and waits for us.
    request = DisclosureRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    request.organisation, request.state = organisation, DisclosureState.ASKED
    request.answered_at, request.answered_by = None, ""
    request.save()
    return request
