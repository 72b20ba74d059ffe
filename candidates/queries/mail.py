"""Reads of the box of arriving e-mails."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.engine.mail import read_mail
from candidates.models import Candidate, InboundAttachment, InboundMessage, Mailbox, SubjectCode
from candidates.states import InboundState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk


def mailbox(scope: Scope, state: InboundState) -> QuerySet[InboundMessage]:
    """The actor's letters in a state: the oldest first while they wait, else the newest first."""
    waits = state in (InboundState.NEW, InboundState.NEEDS_REVIEW)
    letters = InboundMessage.objects.visible_to(scope).filter(state=state).defer("raw", "text")
    return letters.select_related("desk", "subject_code").order_by("received_at" if waits else "-received_at", "pk")


def mailbox_counts(scope: Scope) -> dict[str, int]:
    """How many of the actor's letters stand in each state; one query."""
    counts: dict[str, int] = (
        InboundMessage.objects.visible_to(scope)
        .order_by()
        .aggregate(**{state.value: Count("pk", filter=Q(state=state)) for state in InboundState})
    )
    return counts


def letters_waiting(scope: Scope) -> QuerySet[InboundMessage]:
    """The actor's letters that nobody has decided on."""
    return InboundMessage.objects.visible_to(scope).waiting()


def visible_mail(scope: Scope, pk: UUID) -> InboundMessage:
    """The letter without its bytes, or a 404 when the actor may not see it."""
    letters = InboundMessage.objects.visible_to(scope).defer("raw")
    return get_object_or_404(letters.select_related("desk", "subject_code", "handled_by", "candidate"), pk=pk)


def known_writers(scope: Scope, message: InboundMessage) -> list[Candidate]:
    """People the actor may see who gave the address of the letter, at most five."""
    if not message.person_address:
        return []
    people = Candidate.objects.visible_to(scope).filter(email__iexact=message.person_address)
    return list(people.select_related("residence").order_by("sort_key", "pk")[:5])


def mailboxes() -> QuerySet[Mailbox]:
    """The boxes of the mail server that were ever read, with when and how it went."""
    return Mailbox.objects.order_by("name")


def code_desks(scope: Scope) -> QuerySet[Desk]:
    """Desks whose codes the actor writes: an administrator all, a coordinator their own."""
    desks = Desk.objects.order_by("name")
    return desks if scope.has(Role.ADMINISTRATOR) else desks.filter(pk__in=scope.desk_ids)


def subject_codes(scope: Scope) -> QuerySet[SubjectCode]:
    """Codes of those desks that are recognised today or later, then those of the past."""
    ended = Q(valid_to__lt=timezone.localdate())
    return (
        SubjectCode.objects.filter(desk__in=code_desks(scope))
        .annotate(is_over=ExpressionWrapper(Q(valid_to__isnull=False) & ended, BooleanField()))
        .select_related("desk", "pact_action")
        .order_by("is_over", "code", "valid_from", "pk")
    )


def codes_in_the_way(key: str, valid_from: date, valid_to: date | None) -> QuerySet[SubjectCode]:
    """Codes of the same meaning that are recognised on one of the days; without `valid_to` the days have no end."""
    same = SubjectCode.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from), key=key)
    return (same.filter(valid_from__lte=valid_to) if valid_to else same).select_related("desk").order_by("valid_from")


@dataclass(frozen=True)
class File:
    """A file of a letter, as it came."""

    name: str
    content: bytes


def mail_file(scope: Scope, pk: UUID) -> File:
    """The file, read out of its letter; a 404 when the actor may not see it, or it was refused."""
    row = get_object_or_404(
        InboundAttachment.objects.filter(
            message__in=InboundMessage.objects.visible_to(scope), refusal=""
        ).select_related("message"),
        pk=pk,
    )
    files = read_mail(bytes(row.message.raw)).attachments
    if row.position >= len(files):
        raise Http404
    return File(row.name, files[row.position].content)
