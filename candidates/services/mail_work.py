"""What the desk makes of an e-mail: a registration begun, a person it belongs to, or nothing, with the reason."""

from datetime import date

from django.utils import timezone

from candidates.enums import IntakeChannel
from candidates.models import Candidate, InboundMessage, RegistrationDraft, SubjectCode
from candidates.services.draft import save_typed, start_draft
from candidates.states import INBOUND_TRANSITIONS, InboundState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.pacts.models import PactAction
from sportello.territory.models import Desk


class AlreadyHandled(Exception):
    """Somebody has decided on this letter in the meantime."""


def _lock(message: InboundMessage, to: InboundState) -> InboundMessage:
    """The letter as it is now, on its way to a state; raises AlreadyHandled."""
    locked = InboundMessage.objects.select_for_update(of=("self",)).defer("raw").get(pk=message.pk)
    if to not in INBOUND_TRANSITIONS[InboundState(locked.state)]:
        raise AlreadyHandled
    return locked


@audit.service("mail.begin_registration")
def begin_registration(*, message: InboundMessage, desk: Desk, by: Scope) -> RegistrationDraft:
    """The assisted registration of whoever wrote, with the name and address of the letter; asked again, the same draft.

    The letter is linked when the registration is sent. Raises AlreadyHandled.
    """
    message = _lock(message, InboundState.LINKED)
    begun = message.draft
    if begun and begun.started_by_id == by.user_id and not begun.finished_at and begun.expires_at > timezone.now():
        return begun
    draft = start_draft(desk=desk, started_by=User.objects.get(pk=by.account_id), channel=IntakeChannel.EMAIL)
    first, last = _names(message.person_name)
    save_typed(draft=draft, step=1, typed={"first_name": [first], "last_name": [last]})
    where = {"email": [message.person_address]}
    if message.subject_code and message.subject_code.pact_action:
        where["action_code"] = [message.subject_code.pact_action.code]
    save_typed(draft=draft, step=2, typed=where, email=message.person_address)
    message.draft = draft
    message.desk = message.desk or desk
    message.save(update_fields=["draft", "desk"])
    return draft


@audit.service("mail.link")
def link_mail(*, message: InboundMessage, candidate: Candidate, desk: Desk, by: Scope) -> InboundMessage:
    """The letter is of a person on file; `desk` reads it when nobody could tell which. Raises AlreadyHandled."""
    message = _lock(message, InboundState.LINKED)
    message.candidate, message.desk = candidate, message.desk or desk
    return _decide(message, InboundState.LINKED, by)


@audit.service("mail.reject")
def reject_mail(*, message: InboundMessage, rejection: str, note: str, by: Scope) -> InboundMessage:
    """Nothing comes of the letter; it stays where everybody can find it. Raises AlreadyHandled."""
    message = _lock(message, InboundState.REJECTED)
    message.rejection, message.note = rejection, note
    return _decide(message, InboundState.REJECTED, by)


@audit.service("mail.restore")
def restore_mail(*, message: InboundMessage, by: Scope) -> InboundMessage:
    """Take a rejected letter up again. Raises AlreadyHandled."""
    message = _lock(message, InboundState.NEEDS_REVIEW)
    message.state, message.rejection, message.note = InboundState.NEEDS_REVIEW, "", ""
    message.handled_at = message.handled_by = None
    message.save()
    return message


@audit.service("mail.add_code")
def add_subject_code(
    *,
    code: str,
    kind: str,
    desk: Desk,
    valid_from: date,
    by: Scope,
    valid_to: date | None = None,
    pact_action: PactAction | None = None,
) -> SubjectCode:
    """Words to recognise from a day; raises IntegrityError when other words of the same meaning are recognised in those days."""
    return SubjectCode.objects.create(
        code=code, kind=kind, desk=desk, valid_from=valid_from, valid_to=valid_to, pact_action=pact_action
    )


@audit.service("mail.end_code")
def end_subject_code(*, subject_code: SubjectCode, on: date, by: Scope) -> None:
    """The last day on which the words are recognised; those not yet recognised on that day never will be."""
    locked = SubjectCode.objects.select_for_update(of=("self",)).get(pk=subject_code.pk)
    if locked.valid_from > on:
        locked.delete()
    elif locked.valid_to is None or locked.valid_to > on:
        locked.valid_to = on
        locked.save()


def _decide(message: InboundMessage, state: InboundState, by: Scope) -> InboundMessage:
    if state is not InboundState.REJECTED:
        message.rejection = message.note = ""
    message.state, message.handled_at, message.handled_by_id = state, timezone.now(), by.user_id
    message.save()
    return message


def _names(written: str) -> tuple[str, str]:
    """First and last name of "Amina Rossi" or "Rossi, Amina"; the operator corrects what this cannot know."""
    last, comma, first = (part.strip() for part in written.partition(","))
    if comma:
        return first[:100], last[:100]
    first, _, last = written.partition(" ")
    return first[:100], last[:100]
