"""The caseload as an operator looks at it: filters, saved views, the rows that leave as a table."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from candidates.enums import TargetArea
from candidates.models import Case, CaseTag, SavedView
from candidates.queries.people import WORK_QUEUES, caseload
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core.validators import is_uuid
from sportello.territory.models import Desk

NOBODY = "nessuno"
LONGEST_LIST = 1000
"""Cases that one batch may hold: as many as several people follow."""
LONGEST_TABLE = 10_000
"""Cases that one table may hold: those of a whole agency."""

_NAMES = {"view": "vista", "desk": "sportello", "operator": "responsabile", "area": "area", "tag": "etichetta"}
"""Field of `Filters` -> its name in an address."""


@dataclass(frozen=True)
class Filters:
    """What narrows the list: a work queue, keys of desk and operator (or `NOBODY`), a target area, a tag; "" narrows nothing."""

    view: str = ""
    desk: str = ""
    operator: str = ""
    area: str = ""
    tag: str = ""

    @property
    def query(self) -> str:
        """As an address carries it, without what narrows nothing."""
        found = {_NAMES[field]: getattr(self, field) for field in _NAMES}
        return urlencode({name: value for name, value in found.items() if value})


def read_filters(params: Mapping[str, str]) -> Filters:
    """The filters of an address; what nobody could have chosen narrows nothing."""
    read = Filters(**{field: params.get(name, "").strip()[:40] for field, name in _NAMES.items()})
    return replace(
        read,
        view=read.view if read.view in WORK_QUEUES else "",
        desk=read.desk if is_uuid(read.desk) else "",
        operator=read.operator if read.operator == NOBODY or is_uuid(read.operator) else "",
        area=read.area if read.area in TargetArea else "",
    )


def filtered_cases(scope: Scope, filters: Filters) -> QuerySet[Case]:
    """Open cases of the actor's desks that pass every filter."""
    cases = caseload(scope, view=filters.view)
    if filters.desk:
        cases = cases.filter(desk=UUID(filters.desk))
    if filters.operator == NOBODY:
        cases = cases.filter(responsible_operator=None)
    elif filters.operator:
        cases = cases.filter(responsible_operator=UUID(filters.operator))
    if filters.area:
        cases = cases.filter(target_area=filters.area)
    if filters.tag:
        cases = cases.filter(pk__in=CaseTag.objects.filter(name=filters.tag).values("case"))
    return cases


@dataclass(frozen=True)
class Chip:
    """One filter in force; `without` is the address's query once it is taken away."""

    label: str | Promise
    without: str


def chips_of(scope: Scope, filters: Filters, desks: Mapping[UUID, Desk]) -> list[Chip]:
    """The filters in force beside the queue; one query where an operator is among them, named only to who works with them."""
    labels: dict[str, str | Promise] = {}
    if filters.desk:
        desk = desks.get(UUID(filters.desk))
        labels["desk"] = desk.name if desk else _("Uno sportello non tuo")
    if filters.operator == NOBODY:
        labels["operator"] = _("Nessun responsabile")
    elif filters.operator:
        follow = Case.objects.visible_to(scope).order_by().values("responsible_operator")
        known = Q(pk__in=colleagues(scope).order_by().values("pk")) | Q(pk__in=follow)
        labels["operator"] = str(User.objects.filter(known, pk=filters.operator).first() or _("Persona sconosciuta"))
    if filters.area:
        labels["area"] = TargetArea(filters.area).label
    if filters.tag:
        labels["tag"] = filters.tag
    return [Chip(label, replace(filters, **{field: ""}).query) for field, label in labels.items()]


def colleagues(scope: Scope) -> QuerySet[User]:
    """Operators and coordinators of the actor's desks, by name."""
    return (
        User.objects.filter(
            memberships__ended_at__isnull=True,
            memberships__role__in=(Role.OPERATOR, Role.COORDINATOR),
            memberships__desks__in=scope.desk_ids,
            is_active=True,
        )
        .distinct()
        .order_by("last_name", "first_name", "pk")
    )


def tags_in_use(scope: Scope) -> list[str]:
    """Tags on open cases of the actor's desks, in order."""
    cases = Case.objects.visible_to(scope).open()
    return list(CaseTag.objects.filter(case__in=cases).order_by("name").values_list("name", flat=True).distinct())


def saved_views(scope: Scope) -> list[SavedView]:
    """The views that the actor keeps, by name."""
    return list(SavedView.objects.filter(owner=scope.user_id).order_by("name"))
