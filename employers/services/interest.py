"""Nobody decides for a company in which they have a part: the register of interests, and the question that every verb asks."""

from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.models import Company, DeclaredInterest
from employers.queries.interests import has_part_in
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.notify import MessageKind, notify, register

HAND_OVER = register(
    MessageKind(
        "company_hand_over",
        "employers/messages/hand_over_subject.txt",
        "employers/messages/hand_over_body.txt",
        purpose=_("Chiedere a chi lavora allo sportello di decidere al posto di chi ha un interesse"),
    )
)


class ConflictOfInterest(Exception):
    """The actor acts for the company too, or has declared an interest in it: a colleague decides."""

    def __init__(self, company_id: UUID) -> None:
        super().__init__(str(company_id))
        self.company_id = company_id


class AlreadyDeclared(Exception):
    """The interest is in the register."""


class NotYours(Exception):
    """Another person's interest, declared or ended by who neither is that person nor coordinates their desk."""


def require_impartial(company_id: UUID, *, by: Scope) -> None:
    """Raises ConflictOfInterest for a person with a part in the company; a process has none."""
    if by.user_id and has_part_in(by.user_id, company_id):
        raise ConflictOfInterest(company_id)


@audit.service("interest.declare")
def declare_interest(*, user: User, company: Company, motive: str, by: Scope) -> DeclaredInterest:
    """Write a tie down: the person's own, or by who coordinates a desk of theirs. Raises NotYours, AlreadyDeclared."""
    _require_keeper(user, by)
    try:
        with transaction.atomic():
            return DeclaredInterest.objects.create(user=user, company=company, motive=motive, declared_by_id=by.user_id)
    except IntegrityError as error:
        raise AlreadyDeclared from error


@audit.service("interest.end")
def end_interest(*, interest: DeclaredInterest, by: Scope) -> DeclaredInterest:
    """The tie is over, says who coordinates: nobody frees themself. One that has ended stays as it is. Raises NotYours."""
    interest = DeclaredInterest.objects.select_for_update(of=("self",)).select_related("user").get(pk=interest.pk)
    if interest.user_id == by.user_id:
        raise NotYours
    _require_keeper(interest.user, by)
    if interest.ended_at is None:
        interest.ended_at, interest.ended_by_id = timezone.now(), by.user_id
        interest.save()
    return interest


@audit.service("company.hand_over")
def hand_over(*, company: Company, to: User, by: Scope) -> None:
    """Ask a colleague to decide; asked twice on one day they are written to once."""
    notify(
        HAND_OVER,
        to=to.email,
        language=settings.LANGUAGE_CODE,
        context={
            "company": company,
            "colleague": to,
            "url": settings.SITE_URL + reverse("company_detail", kwargs={"company": company.pk}),
        },
        dedupe_key=f"hand-over-{company.pk}-{to.pk}-{timezone.localdate()}",
        by=by,
    )


def _require_keeper(user: User, by: Scope) -> None:
    """Raises NotYours for who neither is the person nor coordinates a desk that they serve; a process keeps all."""
    if by.process or by.user_id == user.pk:
        return
    if not (by.coordinates and Membership.objects.in_force().filter(user=user, desks__in=by.desk_ids).exists()):
        raise NotYours
