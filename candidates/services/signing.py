"""From the draft to the signed pact: a second person approves where the desk wants it, the operator signs, the person signs.

The operator's signature freezes the text; the person signs what is frozen, by a drawing, a code, their account or on paper.
"""

import hashlib
from datetime import date, timedelta
from uuid import UUID

from django.core.files.base import ContentFile
from django.db.models import F
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac

from candidates.enums import SignatureWay
from candidates.models import PactReview, PlannedAction, ServicePact, SigningCode
from candidates.render.pact import print_pact_page, snapshot_of
from candidates.rules import may_approve, pact_elements
from candidates.services.appointment import Unreachable
from candidates.services.case import lock_open_case
from candidates.services.messages import send_signing_code, tell_of_pact
from candidates.states import PACT_TRANSITIONS, REVIEW_TRANSITIONS, PactState, PlannedActionState, ReviewState
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs

PRINT = "candidates.tasks.print_pact"

CODE_LIFE = timedelta(minutes=10)
"""Long enough for a slow mailbox, short enough for a telephone left on the table."""
CODE_PAUSE = timedelta(minutes=1)
"""Between two codes: the first is usually on its way."""
MOST_SENDINGS = 5
MOST_ATTEMPTS = 5
"""With the sendings, 25 guesses among a million for each text that the operator signs."""


class PactIncomplete(Exception):
    """The draft lacks some of its five elements; `missing` lists their letters."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


class NotADraft(Exception):
    """Only a draft can be shown to a second person or signed."""


class NotApproved(Exception):
    """The desk wants a second person's approval, and this text does not have it."""


class NotFrozen(Exception):
    """The operator has not signed this text: there is nothing yet that the person could sign."""


class ReviewAsked(Exception):
    """The draft waits for an answer already, or has it."""


class ReviewClosed(Exception):
    """The review was answered, or the draft changed meanwhile."""


class OwnDraft(Exception):
    """Nobody approves what they wrote or put forward themself."""


class NoCode(Exception):
    """No code is good now: none was sent, or it expired, or it was tried too often."""


class TooManyCodes(Exception):
    """The last code was sent a moment ago, or too many were sent for this text."""


def _lock_draft(pact: ServicePact) -> ServicePact:
    lock_open_case(pact.case_id)
    locked = ServicePact.objects.select_for_update(of=("self",)).get(pk=pact.pk)
    if PactState.SIGNED not in PACT_TRANSITIONS[PactState(locked.state)]:
        raise NotADraft
    return locked


def _check_whole(pact: ServicePact) -> None:
    if missing := [element.letter for element in pact_elements(pact) if not element.present]:
        raise PactIncomplete(missing)


@audit.service("pact.review.ask")
def ask_review(*, pact: ServicePact, by: Scope) -> PactReview:
    """Put a whole draft before a second person. Raises PactIncomplete, NotADraft, ReviewAsked, NotOpen."""
    pact = _lock_draft(pact)
    _check_whole(pact)
    if pact.reviews.filter(state__in=(ReviewState.ASKED, ReviewState.APPROVED)).exists():
        raise ReviewAsked
    return PactReview.objects.create(pact=pact, asked_by_id=by.account_id, asked_at=timezone.now())


@audit.service("pact.review.decide")
def decide_review(*, review: PactReview, state: ReviewState, by: Scope, motive: str = "") -> PactReview:
    """Approve the draft, or send it back with a motive. Raises ReviewClosed, OwnDraft, NotADraft, NotOpen."""
    pact = _lock_draft(review.pact)
    review = PactReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if state not in REVIEW_TRANSITIONS[ReviewState(review.state)]:
        raise ReviewClosed
    if not may_approve(by, pact, review):
        raise OwnDraft
    review.state = state
    review.motive = motive
    review.decided_by_id = by.account_id
    review.decided_at = timezone.now()
    review.save(update_fields=["state", "motive", "decided_by", "decided_at"])
    return review


@audit.service("pact.freeze")
def freeze_pact(*, pact: ServicePact, by: Scope) -> ServicePact:
    """The operator signs: the text waits, frozen, for the person's signature; signed again, it is frozen as it is now.

    Raises PactIncomplete with the missing elements, NotApproved, NotADraft when it was signed meanwhile, NotOpen,
    MissingParameterError.
    """
    pact = _lock_draft(pact)
    _check_whole(pact)
    if pact.case.desk.reviews_pacts and not pact.reviews.filter(state=ReviewState.APPROVED).exists():
        raise NotApproved
    SigningCode.objects.filter(pact=pact).delete()
    pact.operator_signed_at = timezone.now()
    pact.operator_signed_by_id = by.user_id
    pact.snapshot = snapshot_of(pact)
    pact.save(update_fields=["operator_signed_at", "operator_signed_by", "snapshot"])
    return pact


@audit.service("pact.sign")
def sign_pact(
    *, pact: ServicePact, how: SignatureWay, by: Scope, drawing: str = "", on: date | None = None
) -> ServicePact:
    """The person signs the frozen text; the version before it is superseded and its pending actions go on here.

    `drawing` is the SVG path of a drawn signature. The print follows by a job. Raises NotFrozen, NotADraft, NotOpen.
    """
    pact = _lock_draft(pact)
    if pact.operator_signed_at is None:
        raise NotFrozen
    before = ServicePact.objects.filter(case=pact.case_id, state=PactState.SIGNED)
    PlannedAction.objects.filter(pact__in=before, state=PlannedActionState.PENDING).update(pact=pact)
    before.update(state=PactState.SUPERSEDED)
    SigningCode.objects.filter(pact=pact).delete()
    pact.state = PactState.SIGNED
    pact.signed_on = on or timezone.localdate()
    pact.person_signed_at = timezone.now()
    pact.person_signed_how = how
    pact.drawing = drawing
    pact.save(update_fields=["state", "signed_on", "person_signed_at", "person_signed_how", "drawing"])
    jobs.enqueue(PRINT, str(pact.pk), key=str(pact.pk))
    tell_of_pact(pact=pact, by=by)
    return pact


@audit.service("pact.code.send")
def send_code(*, pact: ServicePact, by: Scope) -> SigningCode:
    """Send the person a code with which to sign the frozen text; an earlier one is good no more.

    Raises NotFrozen, TooManyCodes, Unreachable, NotADraft, NotOpen.
    """
    pact = _lock_draft(pact)
    if pact.operator_signed_at is None:
        raise NotFrozen
    now = timezone.now()
    last = SigningCode.objects.filter(pact=pact).first()
    if last and (last.sent_at > now - CODE_PAUSE or last.sendings >= MOST_SENDINGS):
        raise TooManyCodes
    code = get_random_string(6, "0123456789")
    written = last or SigningCode(pact=pact, sendings=0)
    written.digest, written.attempts, written.sendings = _digest(pact.pk, code), 0, written.sendings + 1
    written.sent_at, written.expires_at = now, now + CODE_LIFE
    written.save()
    if send_signing_code(pact=pact, code=code, minutes=int(CODE_LIFE.total_seconds() // 60), by=by) is None:
        raise Unreachable
    return written


@audit.service("pact.code.try")
def sign_with_code(*, pact: ServicePact, code: str, by: Scope) -> ServicePact | None:
    """The signed pact; None where the code is wrong, and the attempt counts. Raises NoCode, NotFrozen, NotADraft, NotOpen."""
    pact = _lock_draft(pact)
    row = SigningCode.objects.filter(pact=pact).first()
    if row is None or row.expires_at <= timezone.now() or row.attempts >= MOST_ATTEMPTS:
        raise NoCode
    if not constant_time_compare(row.digest, _digest(pact.pk, code)):
        SigningCode.objects.filter(pk=row.pk).update(attempts=F("attempts") + 1)
        return None
    return sign_pact(pact=pact, how=SignatureWay.CODE, by=by)


def _digest(pact_id: UUID, code: str) -> str:
    # Six digits are soon tried out on a plain digest: this one wants the portal's own key too.
    return salted_hmac("candidates.signing", f"{pact_id} {code}", algorithm="sha256").hexdigest()


def print_pact(*, pact: ServicePact, by: Scope) -> ServicePact:
    """Print a signed pact and keep the file with its hash; printed once."""
    if pact.pdf:
        return pact
    # The pact speaks the language in which it was read together.
    with translation.override("it"):
        printed = print_pact_page(pact)
    return _keep_print(pact=pact, pdf=printed.pdf, by=by)


@audit.service("pact.print")
def _keep_print(*, pact: ServicePact, pdf: bytes, by: Scope) -> ServicePact:
    pact = ServicePact.objects.select_for_update(of=("self",)).get(pk=pact.pk)
    if not pact.pdf:  # else another worker was quicker, and the bytes are the same
        pact.pdf_sha256 = hashlib.sha256(pdf).hexdigest()
        pact.pdf.save("pact.pdf", ContentFile(pdf), save=False)
        pact.save(update_fields=["pdf", "pdf_sha256"])
    return pact
