"""Page-shaped reads about companies."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, DateField, F, Q, QuerySet, UUIDField, Value, When
from django.db.models.functions import Cast
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise

from employers.models import Company, CompanySuccession, CompanyVisit, TargetCompany
from employers.queries.certificates import holds_certificate
from employers.states import CompanyState
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.core.text import search_key
from sportello.reference.models import Sector
from sportello.territory.models import Desk

_SHORTEST_STEM = 4


def own_company(scope: Scope) -> Company | None:
    """The company for which the actor signs in: of several the first that is not closed."""
    return (
        Company.objects.filter(organisation__in=scope.organisation_ids(Role.COMPANY))
        .select_related("organisation", "desk", "sector")
        .order_by(Case(When(state=CompanyState.CLOSED, then=1), default=0), "registered_on", "pk")
        .first()
    )


def companies(scope: Scope, *, state: str = "", text: str = "", only_certified: bool = False) -> QuerySet[Company]:
    """Companies the actor may see, those that wait for a decision first; `state` and `text` narrow the list.

    Each has `is_certified`: whether a verified gender-equality certificate holds today.
    """
    is_certified = holds_certificate(on=timezone.localdate())
    found = (
        Company.objects.visible_to(scope)
        .select_related("organisation", "sector", "desk")
        .annotate(is_certified=is_certified)
    )
    if only_certified:
        found = found.filter(is_certified)
    if state in CompanyState:
        found = found.filter(state=state)
    if key := search_key(text):
        found = found.filter(Q(organisation__sort_key__contains=key) | Q(vat_number=key.replace(" ", "")))
    return found.order_by("registered_on" if state == CompanyState.SUBMITTED else "organisation__sort_key", "pk")


def visible_company(scope: Scope, pk: UUID) -> Company:
    """The company, or a 404 when the actor may not see it."""
    return get_object_or_404(
        Company.objects.visible_to(scope).select_related("organisation", "sector", "desk", "decided_by"), pk=pk
    )


def visits_of(met: Company | TargetCompany) -> QuerySet[CompanyVisit]:
    """Meetings with a company, those of before it registered too, or with one to be won; newest first."""
    to = Q(company=met) | Q(target__company=met) if isinstance(met, Company) else Q(target=met)
    if isinstance(met, TargetCompany) and met.company_id:
        to |= Q(company=met.company_id)
    found = CompanyVisit.objects.filter(to).select_related("desk", "operator", "municipality")
    return found.order_by("-visited_on", "-created_at")


@dataclass(frozen=True)
class StoryLine:
    """One moment of a company: `kind` is "state", "desk", "became" (another company) or "took" (another's place).

    `before` and `after` are desks, or `after` the state or the other company, whose id is `other`; `since` is its day.
    """

    at: datetime
    kind: str
    before: str
    after: str
    words: str
    since: date | None
    other: UUID | None

    @property
    def label(self) -> str | Promise:
        """The state in words."""
        return CompanyState(self.after).label


def story_of(company: Company) -> list[StoryLine]:
    """Its states, its desks, where it went and whose place it took, in order of time; one query."""
    nowhere = {"day": Value(None), "other": Value(None)}
    successions = CompanySuccession.objects.all()
    became = {"after": F("successor__organisation__name"), "words": F("motive"), "other": F("successor_id")}
    took = {"after": F("company__organisation__name"), "words": F("motive"), "other": F("company_id")}
    desks = {"before": F("from_desk__name"), "after": F("to_desk__name"), "words": F("reason")}
    rows = _lines(company.transitions.all(), "state", after=F("to_state"), words=F("reason"), **nowhere).union(
        _lines(company.passages.all(), "desk", **desks, **nowhere),
        _lines(successions.filter(company=company), "became", day=F("since"), **became),
        _lines(successions.filter(successor=company), "took", day=F("since"), **took),
        all=True,
    )
    return [StoryLine(*row) for row in rows.order_by("at", "kind_of_line")]


def _lines(rows: QuerySet[Any], kind: str, *, day: Any, other: Any, **texts: Any) -> QuerySet[Any, Any]:
    """Rows of one table as the columns of a story, of the same types for all."""
    told: dict[str, Any] = {
        f"line_{name}": Cast(texts.get(name, Value("")), CharField()) for name in ("before", "after", "words")
    }
    told |= {"line_day": Cast(day, DateField()), "line_other": Cast(other, UUIDField())}
    line = rows.order_by().annotate(kind_of_line=Value(kind, CharField()), **told)
    columns = ("at", "kind_of_line", "line_before", "line_after", "line_words", "line_day", "line_other")
    found: QuerySet[Any, Any] = line.values_list(*columns)
    return found


def desks_of(scope: Scope) -> QuerySet[Desk]:
    """Desks that the actor serves, by name, each with its municipality."""
    return Desk.objects.filter(pk__in=scope.desk_ids).select_related("municipality").order_by("name")


def staff_of_desks(desks: Iterable[Desk | UUID]) -> QuerySet[User]:
    """Who serves companies and people at any of the desks, by name."""
    served = Membership.objects.in_force().filter(role__in=(Role.OPERATOR, Role.COORDINATOR), desks__in=desks)
    return User.objects.filter(pk__in=served.values("user")).order_by("last_name", "first_name", "pk")


def serves(user: User, desk: Desk) -> bool:
    """Whether the person serves companies and people at the desk; one query."""
    return staff_of_desks([desk]).filter(pk=user.pk).exists()


def find_sectors(text: str, *, limit: int = 12) -> list[Sector]:
    """Economic activities by code ("56.1") or by words ("ristoranti"), wider ones first; one query.

    Words are compared by their beginnings, so that number and gender do not matter.
    """
    asked = text.strip()
    if asked[:1].isdigit():
        return list(Sector.objects.filter(code__startswith=asked).order_by("level", "code")[:limit])
    stems = [word[: max(_SHORTEST_STEM, len(word) - 3)] for word in asked.split() if len(word) >= _SHORTEST_STEM]
    if not stems:
        return []
    named = Q()
    for stem in stems:
        named &= Q(label__icontains=stem)
    return list(Sector.objects.filter(named).order_by("level", "code")[:limit])
