"""A person leaves the portal: on their word, or after long silence. The figures keep what happened; nobody can tell to whom."""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate
from candidates.services.messages import tell
from candidates.states import CaseClosing
from matching.models import Referral
from matching.services.case import end_case
from matching.services.referral import withdraw_referral
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.models import Message
from sportello.core.notify import MessageKind, register
from sportello.core.subject import erase_rows, forget_versions
from sportello.reference.rules import parameters
from sportello.workspaces.queries.silence import silent_since

FORGETTING = register(
    MessageKind(
        "forgetting",
        "workspaces/messages/forgetting_subject.txt",
        "workspaces/messages/forgetting_body.txt",
        purpose=_("Dire alla persona quando cancelliamo i suoi dati, se non si fa sentire"),
    )
)

A_NIGHT = 500
"""People told, and people erased, in one night: a backlog of years is worked off in weeks, and never locks the tables for long."""

_ERASED = {
    "first_name": "Persona",
    "last_name": "cancellata",
    "tax_code": "",
    "identity_document": "",
    "birth_place": "",
    "citizenship": "",
    "email": "",
    "phone": "",
    "address": "",
    "domicile": None,
    "user": None,
}
"""What stays of the person's own row: sex, month of birth, residence and work situation, of which the figures are made."""


@audit.service("person.erase")
def erase_person(*, candidate: Candidate, by: Scope, motive: str = "") -> None:
    """End what is open, delete what was written, and the account if it was theirs alone. Done twice, nothing more happens.

    Rows that figures are counted from stay without a word in them. What a company had been shown is withdrawn.
    """
    person = Candidate.objects.select_for_update(of=("self",)).get(pk=candidate.pk)
    if person.erased_at:
        return
    for absorbed in person.absorbed.order_by("pk"):
        erase_person(candidate=absorbed, by=by, motive=motive)
    account = person.user
    addresses = [address for address in (person.email, str(person.phone), account and account.email) if address]
    for case in person.cases.open():
        end_case(case=case, closing=CaseClosing.GAVE_UP, note=motive, by=by)
    for referral in Referral.objects.open().filter(candidate=person).order_by("pk"):
        withdraw_referral(referral=referral, by=by)
    person.erased_at = timezone.now()
    person.birth_date = person.birth_date.replace(day=1)
    for name, value in _ERASED.items():
        setattr(person, name, value)
    person.save()
    erase_rows(person)
    Message.objects.filter(Q(subject_id=person.pk) | Q(recipient__in=addresses)).delete()
    if account and not Membership.objects.filter(user=account).exists():
        key = account.pk
        erase_rows(account)
        account.delete()
        forget_versions(User, [key])


@audit.service("person.announce_erasure")
def announce_erasures(*, by: Scope, limit: int = A_NIGHT) -> int:
    """Write to whom nobody has heard of for almost as long as data are kept; returns how many. A new silence is announced anew."""
    today, oldest, notice = _terms()
    told_lately = Q(erasure_announced_on__gt=today - 2 * notice)
    silent = silent_since(oldest + notice).exclude(told_lately).order_by("confirmed_at", "pk")
    people = list(silent.select_for_update(of=("self",), skip_locked=True)[:limit])
    for person in people:
        person.erasure_announced_on = today
        person.save(update_fields=["erasure_announced_on"])
        page = settings.SITE_URL + reverse("account_login") if person.user_id else ""
        desks = settings.SITE_URL + reverse("territory:desk_list")
        tell(person, FORGETTING, context={"day": today + notice, "page": page, "desks": desks}, by=by)
    return len(people)


def erase_silent(*, by: Scope, limit: int = A_NIGHT) -> int:
    """Erase who was told in time and stayed silent, each in a transaction of its own; returns how many."""
    today, oldest, notice = _terms()
    told = Q(erasure_announced_on__range=(today - 2 * notice, today - notice))
    people = list(silent_since(oldest).filter(told).order_by("erasure_announced_on", "pk")[:limit])
    for person in people:
        erase_person(candidate=person, by=by)
    return len(people)


def _terms() -> tuple[date, date, timedelta]:
    """Today, the day before which a last activity is too old to keep, and how long before people are told."""
    today = timezone.localdate()
    rules = parameters("retention_months", "retention_notice_days", on=today)
    months, days = int(rules["retention_months"].value), int(rules["retention_notice_days"].value)
    return today, today - relativedelta(months=months), timedelta(days=days)
