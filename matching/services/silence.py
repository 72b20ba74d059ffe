"""A company that does not answer is asked once more; then the application closes, and the person knows."""

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import DateTimeField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.models import Vacancy
from matching.models import Referral, ReferralTransition
from matching.models.referral import ReferralQuerySet
from matching.services.messages import tell_person
from matching.services.referral import lock_referral, move
from matching.states import AWAITING_COMPANY, ReferralState, RefusalReason
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.notify import MessageKind, notify, register
from sportello.reference.rules import parameters

CHASE = register(
    MessageKind(
        "company_chase",
        "matching/messages/chase_subject.txt",
        "matching/messages/chase_body.txt",
        purpose=_("Chiedere all'impresa di rispondere a chi si è candidato"),
    )
)


@audit.service("referral.chase")
def chase_silent(*, by: Scope) -> int:
    """Ask each company, once for each silence and in one message a vacancy, to answer; returns how many vacancies.

    One without an address is asked by nobody here: its applications close at the same time, and the desk calls it.
    """
    chase_after, close_after = _terms()
    late = list(awaiting(before=timezone.now() - chase_after).filter(chased_at=None).values_list("pk", "vacancy"))
    Referral.objects.filter(pk__in=[pk for pk, _vacancy in late]).update(chased_at=timezone.now())
    counts = Counter(vacancy for _pk, vacancy in late)
    closing_on = timezone.localdate() + close_after - chase_after
    vacancies = Vacancy.objects.filter(pk__in=counts).select_related("company").order_by("pk")
    for vacancy in vacancies:
        if vacancy.company.contact_email:
            notify(
                CHASE,
                to=vacancy.company.contact_email,
                language=settings.LANGUAGE_CODE,
                context={
                    "vacancy": vacancy,
                    "number": counts[vacancy.pk],
                    "day": closing_on,
                    "url": settings.SITE_URL + reverse("vacancy_pipeline", kwargs={"vacancy": vacancy.pk}),
                },
                by=by,
            )
    return len(counts)


def close_silent(*, by: Scope) -> int:
    """Close what was chased and is still unanswered, each in a transaction of its own; returns how many."""
    chase_after, close_after = _terms()
    chased = awaiting(before=timezone.now() - close_after).filter(
        chased_at__lte=timezone.now() - (close_after - chase_after)
    )
    return sum(_close(referral, before=timezone.now() - close_after, by=by) for referral in chased.order_by("pk"))


def awaiting(*, before: datetime) -> ReferralQuerySet:
    """Applications whose next step is the company's, and whose last one was before a moment."""
    last = ReferralTransition.objects.filter(referral=OuterRef("pk")).order_by("-at").values("at")[:1]
    since = Coalesce(Subquery(last), "created_at", output_field=DateTimeField())
    return Referral.objects.filter(state__in=AWAITING_COMPANY).annotate(since=since).filter(since__lt=before)


@audit.service("referral.close_silent")
def _close(referral: Referral, *, before: datetime, by: Scope) -> bool:
    """Whether it was still unanswered under the lock."""
    locked = lock_referral(referral)
    if not awaiting(before=before).filter(pk=locked.pk).exists():
        return False
    locked.refusal_reason = RefusalReason.NO_ANSWER
    tell_person(referral=move(locked, ReferralState.REFUSED, by=by, reason=RefusalReason.NO_ANSWER), by=by)
    return True


def _terms() -> tuple[timedelta, timedelta]:
    """After how many days of silence the company is asked, and after how many the application closes."""
    rules = parameters("referral_answer_days", "company_silence_days", on=timezone.localdate())
    asked, closed = (int(rules[key].value) for key in ("referral_answer_days", "company_silence_days"))
    return timedelta(days=asked), timedelta(days=closed)
