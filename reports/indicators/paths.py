"""How far people came towards a job: proposed by the desk, or matched by the program."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Value, When
from django.db.models.functions import Concat, Lower

from candidates.models import Candidate
from matching.models import Proposal, Referral, ReferralTransition
from matching.states import ReferralState
from reports.indicators.events import Events, Window, person_rows
from sportello.territory.enums import Sex

SEXES = tuple(sex.value.lower() for sex in Sex)
AGES = {"young": 0, "middle": 35, "older": 55}
"""Groups that are compared, by their first year of age."""
STEPS = ("proposed", "put_forward", "interview", "hired")


WAYS = ("proposed", "agreed", "interview", "hired")
"""How far a referral came."""
BETWEEN = {"agreed": ("sent", "viewed"), "interview": ("interviewed", "offer")}
"""Steps between, where few stand at a time: they hide by themselves."""
_REACHED = {
    "hired": [ReferralState.HIRED],
    "offer": [ReferralState.OFFER],
    "interviewed": [ReferralState.INTERVIEW],
    "viewed": [ReferralState.VIEWED],
    "sent": [ReferralState.SENT],
}


def each_step(groups: Iterable[str], steps: Iterable[str] = STEPS) -> tuple[str, ...]:
    return tuple(f"{group}_{step}" for group in groups for step in steps)


def referrals(window: Window) -> Events:
    """People sent towards a vacancy, once for each vacancy, by the furthest step that they reached."""
    moves = ReferralTransition.objects.filter(referral=OuterRef("pk"))
    return person_rows(
        Referral, "created_at__date", window, unit="pk", place="candidate__residence_id", outcome=_furthest(moves)
    )


def people_referred(window: Window) -> Events:
    """The same people, each once, by the furthest step of all their referrals of the window."""
    mine = {"referral__candidate": OuterRef("candidate"), "referral__created_at__range": window.moments}
    moves = ReferralTransition.objects.filter(**mine)
    return person_rows(Referral, "created_at__date", window, place="candidate__residence_id", outcome=_furthest(moves))


def _furthest(moves: Any) -> Case:
    steps = (When(Exists(moves.filter(to_state__in=states)), then=Value(step)) for step, states in _REACHED.items())
    return Case(*steps, default=Value("proposed"), output_field=CharField())


def by_sex(_window: Window, person: str = "") -> Any:
    """`person` is the way to the person, as in "candidate__"."""
    return Lower(f"{person}sex")


def by_age(window: Window, person: str = "") -> Any:
    """On the last day, which is the same for everybody."""
    turned = {group: _years_before(window.end, age) for group, age in AGES.items()}
    return Case(
        When(**{f"{person}birth_date__gt": turned["middle"]}, then=Value("young")),
        When(**{f"{person}birth_date__gt": turned["older"]}, then=Value("middle")),
        default=Value("older"),
        output_field=CharField(),
    )


def _years_before(day: date, years: int) -> date:
    """The birthday of who is that old on `day`; born on 29 February, one has the birthday on 1 March in other years."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def matched(group: Callable[[Window], Any]) -> Callable[[Window], Events]:
    """People whom a search of the window held among the first, by their group and by the furthest step of what followed from it."""

    def rows(window: Window) -> Events:
        proposed = Proposal.objects.filter(candidate=OuterRef("pk"), run__ran_at__range=window.moments)
        referred = Referral.objects.filter(candidate=OuterRef("pk"), proposal__run__ran_at__range=window.moments)
        moves = ReferralTransition.objects.filter(
            referral__candidate=OuterRef("pk"), referral__proposal__run__ran_at__range=window.moments
        )
        interview = (ReferralState.INTERVIEW, ReferralState.OFFER)
        step = Case(
            When(Exists(moves.filter(to_state=ReferralState.HIRED)), then=Value("hired")),
            When(Exists(moves.filter(to_state__in=interview)), then=Value("interview")),
            When(Exists(referred), then=Value("put_forward")),
            default=Value("proposed"),
            output_field=CharField(),
        )
        people: Any = Candidate.objects.filter(Exists(proposed))
        found: Events = people.order_by().values(
            unit=F("pk"),
            weight=Value(1),
            place=F("residence_id"),
            outcome=Concat(group(window), Value("_"), step, output_field=CharField()),
        )
        return found

    return rows
