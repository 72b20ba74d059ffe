"""How many vacancies each further condition would leave: the chips beside the board."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Count, F, FloatField, Func, IntegerField, Q, Value
from django.db.models.functions import Left, Length
from django.utils import timezone

from employers.queries.board import MONTHLY_PAY, BoardSearch, board
from sportello.reference.models import IscoGroup


@dataclass(frozen=True)
class Counts:
    """Vacancies of a search, in all and by the value of each condition; `pays` and `radii` count what a step lets in."""

    total: int
    today: int
    contracts: Counter[str]
    hours: Counter[str]
    groups: Counter[str]
    pays: Counter[int]
    radii: Counter[int]


def job_groups() -> list[tuple[str, str]]:
    """The major groups of ISCO-08, first digit and name; one query."""
    groups = IscoGroup.objects.alias(digits=Length("code")).filter(digits=1)
    return list(groups.order_by("code").values_list("code", "label"))


def counts(search: BoardSearch, *, pays: Iterable[int], radii: Sequence[int]) -> Counts:
    """What a search finds, broken down; one query beside that of the words. With a place also within each other of `radii`."""
    steps, circles = sorted(pays), sorted({*radii, search.km})
    wide = replace(search, km=max(circles)) if search.place else search
    cells = list(_cells(board(wide), steps, circles if search.place else []))
    # In the smallest of three circles is who is in all three.
    within = {km: len(circles) - number for number, km in enumerate(circles)}
    near = [cell for cell in cells if not search.place or cell["ring"] >= within[search.km]]
    return Counts(
        total=_sum(near),
        today=_sum(cell for cell in near if cell["is_new"]),
        contracts=_by(near, "contract_type__code"),
        hours=_by(near, "hours_kind"),
        groups=_by(near, "major"),
        pays=Counter({step: _sum(cell for cell in near if cell["step"] >= n) for n, step in enumerate(steps, start=1)}),
        radii=Counter({km: _sum(cell for cell in cells if cell["ring"] >= within[km]) for km in radii})
        if search.place
        else Counter(),
    )


class _Reached(Func):
    """How many of some rising numbers a value reaches; the value, an arcsine perhaps, is computed once a row."""

    function = "width_bucket"
    output_field = IntegerField()

    def __init__(self, value: Any, numbers: list[int], **extra: Any) -> None:
        super().__init__(value, Value(numbers, ArrayField(FloatField())), **extra)


def _cells(found: Any, steps: list[int], circles: list[int]) -> Iterable[dict[str, Any]]:
    """The vacancies counted by all conditions at once: a few hundred lines, whatever the size of the board.

    `step` is how many of the steps the pay reaches, `ring` in how many of the circles the place is.
    """
    ring = _Reached(-F("distance_km"), [-km for km in reversed(circles)]) if circles else Value(0)
    cells: Iterable[dict[str, Any]] = (
        found.annotate(
            major=Left("occupation__isco08", 1, output_field=CharField()),
            monthly=MONTHLY_PAY,
            is_new=Q(published_on=timezone.localdate()),
        )
        .annotate(step=_Reached(F("monthly"), steps), ring=ring)
        .order_by()
        .values("contract_type__code", "hours_kind", "major", "is_new", "step", "ring")
        .annotate(n=Count("pk"))
    )
    return cells


def _sum(cells: Iterable[dict[str, Any]]) -> int:
    return sum(cell["n"] for cell in cells)


def _by(cells: Iterable[dict[str, Any]], name: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for cell in cells:
        found[cell[name]] += cell["n"]
    return found
