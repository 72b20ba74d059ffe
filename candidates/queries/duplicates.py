"""Who on file may be the person that somebody speaks of, and the pairs that wait for an operator's word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django_stubs_ext import WithAnnotations

from candidates.enums import DuplicateGround
from candidates.models import Candidate, Case, DuplicatePair, Intake, Merge
from candidates.states import CaseState, DuplicateState
from sportello.accounts.scope import Scope
from sportello.core.text import sort_key
from sportello.territory.models import Desk

LENGTH_OF_A_PERSONS_CODE = 16
"""Signs of a tax code that is not provisional: two such codes that differ are of two people (D.M. 23/12/1976)."""

MOST = 5
"""Look-alikes on one page: with more of them the words typed were too few to tell."""


@dataclass(frozen=True)
class Traits:
    """What tells a person from another, as typed or on file; what is not known is empty."""

    first_name: str
    last_name: str
    birth_date: date
    tax_code: str = ""
    email: str = ""
    phone: str = ""

    @classmethod
    def of(cls, candidate: Candidate) -> "Traits":
        return cls(
            first_name=candidate.first_name,
            last_name=candidate.last_name,
            birth_date=candidate.birth_date,
            tax_code=candidate.tax_code,
            email=candidate.email,
            phone=str(candidate.phone),
        )


@dataclass(frozen=True)
class Lookalike:
    """A record that may be of the same person; `desk` follows them, or received them last."""

    candidate: Candidate
    ground: DuplicateGround
    visible: bool
    desk: Desk | None


def lookalikes(traits: Traits) -> list[tuple[Candidate, DuplicateGround]]:
    """Records in use that are probably of the person, the strongest ground first; one query.

    The same name (in either order) and birth date, or the same e-mail or telephone beside one of the two: relatives share a
    telephone and a family name, and are two people. So are two people whose tax codes differ.
    """
    names = _names(traits)
    contact = Q(email__iexact=traits.email) & ~Q(email="") if traits.email else Q(pk__in=[])
    if traits.phone:
        contact |= Q(phone=traits.phone)
    named = Q(sort_key__in=names)
    born = Q(birth_date=traits.birth_date)
    found = Candidate.objects.standing().filter((named & born) | (contact & (named | born)))
    if len(traits.tax_code) == LENGTH_OF_A_PERSONS_CODE:
        found = found.exclude(Q(tax_code__regex=f"^.{{{LENGTH_OF_A_PERSONS_CODE}}}$") & ~Q(tax_code=traits.tax_code))
    graded = [(candidate, _ground(candidate, names, traits.birth_date)) for candidate in found.order_by("pk")]
    order = list(DuplicateGround)
    return sorted(graded, key=lambda pair: order.index(pair[1]))


def lookalikes_for(scope: Scope, traits: Traits) -> list[Lookalike]:
    """The same, as an operator may know of them: at most five; three queries."""
    found = lookalikes(traits)[:MOST]
    people, desks = _people_and_desks(scope, [candidate.pk for candidate, _ in found])
    return [
        Lookalike(person, ground, person.seen, desks.get(person.desk_id))
        for person, ground in ((people[candidate.pk], ground) for candidate, ground in found)
    ]


def holder_of(tax_code: str) -> Candidate | None:
    """The record in use of whom the code names, also where a record that it absorbed holds the code."""
    if not tax_code:
        return None
    held = Candidate.objects.filter(tax_code=tax_code, erased_at__isnull=True).select_related("absorbed_into").first()
    return held and (held.absorbed_into or held)


def open_pairs(scope: Scope) -> QuerySet[DuplicatePair]:
    """Pairs of the actor's people on which nobody has decided."""
    return DuplicatePair.objects.visible_to(scope).filter(state=DuplicateState.OPEN)


@dataclass(frozen=True)
class PairLine:
    """One pair of the list: whom the actor may name, and the desk of whom they may not."""

    pair: DuplicatePair
    people: tuple[Candidate, ...]
    elsewhere: Desk | None
    decidable: bool


def pair_lines(scope: Scope, pairs: list[DuplicatePair]) -> list[PairLine]:
    """Each pair with both people where the actor may decide it, else with their own alone; two queries."""
    people, desks = _people_and_desks(scope, {pk for pair in pairs for pk in (pair.first_id, pair.second_id)})
    lines = []
    for pair in pairs:
        both = (people[pair.first_id], people[pair.second_id])
        hidden = [person for person in both if not (person.seen or scope.coordinates)]
        lines.append(
            PairLine(
                pair=pair,
                people=tuple(person for person in both if person not in hidden),
                elsewhere=desks.get(hidden[0].desk_id) if hidden else None,
                decidable=not hidden,
            )
        )
    return lines


@dataclass(frozen=True)
class Record:
    """One of two records side by side, with what hangs on it."""

    candidate: Candidate
    desk: Desk | None
    has_open_case: bool


def decidable_pair(scope: Scope, pk: UUID) -> DuplicatePair:
    """The pair, whatever was decided, or a 404 when the actor may not decide it."""
    return get_object_or_404(DuplicatePair.objects.decidable_by(scope), pk=pk)


def records_of(pair: DuplicatePair) -> list[Record]:
    """Both records, first the one to keep unless told otherwise: with an open case, then with an account, then the older."""
    people: QuerySet[Any] = (
        Candidate.objects.filter(pk__in=(pair.first_id, pair.second_id))
        .select_related("residence")
        .annotate(
            followed=Exists(Case.objects.filter(candidate=OuterRef("pk"), state=CaseState.OPEN)),
            desk_id=_desk_of("pk"),
        )
    )
    found = sorted(people, key=lambda p: (not p.followed, p.user_id is None, p.created_at, p.pk))
    desks = Desk.objects.in_bulk([person.desk_id for person in found if person.desk_id])
    return [Record(person, desks.get(person.desk_id), person.followed) for person in found]


def merges_in_force(scope: Scope) -> QuerySet[Merge]:
    """What the actor may undo, the newest first."""
    return Merge.objects.undoable_by(scope).select_related("kept", "absorbed").order_by("-merged_at", "pk")


class _Reader(TypedDict):
    seen: bool
    desk_id: UUID


def _people_and_desks(
    scope: Scope, ids: Iterable[UUID]
) -> "tuple[dict[UUID, WithAnnotations[Candidate, _Reader]], dict[UUID, Desk]]":
    """People by id, each with whether the actor may see them (`seen`) and who has them in charge; and those desks. Two queries."""
    rows = (
        Candidate.objects.filter(pk__in=ids)
        .select_related("residence")
        .annotate(seen=Exists(Candidate.objects.visible_to(scope).filter(pk=OuterRef("pk"))), desk_id=_desk_of("pk"))
    )
    people: Any = {person.pk: person for person in rows.order_by("pk")}
    return people, Desk.objects.in_bulk({person.desk_id for person in people.values() if person.desk_id})


def _desk_of(person: str) -> Coalesce:
    followed = Case.objects.filter(candidate=OuterRef(person), state=CaseState.OPEN)
    arrived = Intake.objects.filter(candidate=OuterRef(person)).order_by("-received_at", "pk")
    return Coalesce(Subquery(followed.values("desk")[:1]), Subquery(arrived.values("desk")[:1]))


def _names(traits: Traits) -> tuple[str, str]:
    """The key of the name, and that of who wrote the family name first."""
    return sort_key(traits.last_name, traits.first_name), sort_key(traits.first_name, traits.last_name)


def _ground(candidate: Candidate, names: tuple[str, str], birth_date: date) -> DuplicateGround:
    if candidate.birth_date != birth_date:
        return DuplicateGround.CONTACT_AND_NAME
    return DuplicateGround.NAME if candidate.sort_key in names else DuplicateGround.CONTACT_AND_BIRTH
