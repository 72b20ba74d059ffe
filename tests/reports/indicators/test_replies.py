"""How soon companies answer: which applications are judged, what an answer is, and how long it took."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candidates.models import Candidate, DisclosureRequest
from employers.models import Company, Vacancy
from matching.models import Referral, ReferralTransition
from reports.indicators import cells_of
from reports.indicators.counting import employers_of
from reports.indicators.cube import Disclosure, protected
from reports.indicators.measures import MEASURES
from reports.indicators.replies import REPLIES
from reports.protect import Area, Cell, Geography
from reports.rules import Unit
from sportello.territory.enums import Sex
from tests.support.reports import Register, counts_in, lasted_in, moment, outcomes_in, places_of, window

pytestmark = pytest.mark.django_db

START, END = date(2026, 1, 1), date(2026, 6, 30)
KEY = "answers_due"
RULES = Disclosure(threshold=5, small_denominator=20, least_employers=3, largest_share=75, disability_threshold=10)
Steps = list[tuple[int, str]]
"""Days since it was sent, and the state; "silent" is a no of the portal after a long silence, "shut" the closing of the company."""


def send(
    person: Candidate, vacancy: Vacancy, on: date, steps: Sequence[tuple[int, str]] = (), hour: int = 9
) -> Referral:
    """An application that reached the company on a day, and went on by these steps."""
    disclosure, _ = DisclosureRequest.objects.get_or_create(
        candidate=person, organisation=vacancy.company.organisation, defaults={"regarding": "Offerta"}
    )
    states = {"silent": "refused", "shut": "obsolete"}
    why = {"refused": "skills", "silent": "no_answer", "shut": "closed"}
    last = steps[-1][1] if steps else "sent"
    referral = Referral.objects.create(
        vacancy=vacancy,
        candidate=person,
        disclosure=disclosure,
        state=states.get(last, last),
        refusal_reason=why.get(last, ""),
        created_at=moment(on),
    )
    before = "consent_asked"
    for number, (days, step) in enumerate([(0, "sent"), *steps]):
        ReferralTransition.objects.create(
            referral=referral,
            from_state=before,
            to_state=states.get(step, step),
            reason=why.get(step, ""),
            actor_label="prova",
            at=moment(on + timedelta(days=days), hour) + timedelta(minutes=number),
        )
        before = states.get(step, step)
    return referral


def vacancies_of(register: Register, number: int, company: Company | None = None) -> list[Vacancy]:
    firm = company or register.company()
    return [register.vacancy(firm, START, 1) for _ in range(number)]


def test_answers_counted_by_hand() -> None:
    register = Register()
    (anna,) = register.people(1, Sex.FEMALE)
    day = date(2026, 3, 2)
    lives: list[Steps] = [
        [(0, "interview")],
        [(1, "viewed"), (7, "refused")],
        [(8, "offer"), (9, "hired")],  # a day late
        [(2, "viewed")],  # a look is no answer
        [(21, "silent")],
        [(3, "withdrawn")],  # the person does not wait any longer
        [(2, "viewed"), (7, "shut")],
        [(9, "obsolete")],
        [(2, "interview"), (3, "withdrawn")],
        [(7, "hired")],
    ]
    for vacancy, steps in zip(vacancies_of(register, len(lives)), lives, strict=True):
        send(anna, vacancy, day, steps)
    counts = counts_in(register, KEY)
    assert counts[Cell(KEY)] == 8
    assert outcomes_in(counts, KEY) == {"in_time": 4, "late": 4}
    still = (END - day).days
    assert lasted_in(register, KEY) == {
        (0, True): 1,
        (2, True): 1,
        (7, True): 2,
        (8, True): 1,
        (9, False): 1,
        (still, False): 2,
    }


@pytest.mark.parametrize(
    ("sent_on", "counted"),
    [(date(2025, 12, 24), 0), (date(2025, 12, 25), 1), (date(2026, 6, 23), 1), (date(2026, 6, 24), 0)],
)
def test_an_application_is_judged_in_the_semester_in_which_its_time_runs_out(sent_on: date, counted: int) -> None:
    register = Register()
    send(register.people(1, Sex.FEMALE)[0], vacancies_of(register, 1)[0], sent_on, hour=23)
    assert counts_in(register, KEY)[Cell(KEY)] == counted


def test_what_waits_for_the_persons_word_has_not_reached_the_company() -> None:
    register = Register()
    referral = send(register.people(1, Sex.FEMALE)[0], vacancies_of(register, 1)[0], date(2026, 3, 2))
    referral.transitions.update(to_state="declined")
    assert counts_in(register, KEY)[Cell(KEY)] == 0


def test_applications_count_where_one_works_and_by_company() -> None:
    home, work = Register(), Register()
    (anna,) = home.people(1, Sex.FEMALE)
    one, other = work.company(), work.company()
    for vacancy in [*vacancies_of(work, 2, one), *vacancies_of(work, 1, other)]:
        send(anna, vacancy, date(2026, 3, 2))
    assert (counts_in(home, KEY)[Cell(KEY)], counts_in(work, KEY)[Cell(KEY)]) == (0, 3)
    (measure,) = (measure for measure in MEASURES if measure.key == KEY)
    assert employers_of(measure, window(), places_of(home, work)) == {
        work.place.istat_code: Counter({str(one.pk): 2, str(other.pk): 1})
    }


first_steps = st.sampled_from(["interview", "offer", "hired", "refused", "silent", "shut", "withdrawn", "obsolete"])
lives = st.lists(
    st.tuples(
        st.integers(-12, 185),
        st.booleans(),
        st.none() | st.tuples(st.integers(0, 30), first_steps),
    ),
    max_size=6,
)


@pytest.fixture
def desk() -> tuple[Register, list[Vacancy], Candidate]:
    register = Register()
    return register, vacancies_of(register, 6), register.people(1, Sex.FEMALE)[0]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=lives)
def test_the_database_judges_answers_as_a_naive_reader_does(
    desk: tuple[Register, list[Vacancy], Candidate], drawn: list[tuple[int, bool, tuple[int, str] | None]]
) -> None:
    register, vacancies, anna = desk
    outcomes: Counter[str] = Counter(in_time=0, late=0)
    lasted: Counter[tuple[int, bool]] = Counter()
    with transaction.atomic():
        for vacancy, (offset, is_viewed, end) in zip(vacancies, drawn, strict=False):
            day = START + timedelta(days=offset)
            send(anna, vacancy, day, [*([(0, "viewed")] if is_viewed else []), *([end] if end else [])])
            after, how = end or (999, "")
            fell = how in ("shut", "withdrawn", "obsolete")
            answered = how in ("interview", "offer", "hired", "refused")
            if not START <= day + timedelta(days=7) <= END or (fell and after <= 7):
                continue
            known = (END - day).days
            is_over = answered and after <= known
            outcomes["in_time" if is_over and after <= 7 else "late"] += 1
            lasted[min(after, known) if answered or fell else known, is_over] += 1
        counts, spells = counts_in(register, KEY), lasted_in(register, KEY)
        transaction.set_rollback(True)
    assert outcomes_in(counts, KEY) == dict(outcomes)
    assert dict(spells) == dict(lasted)


@pytest.mark.parametrize(
    ("shares", "is_told"),
    [({"x": 30, "y": 5, "z": 5}, True), ({"x": 31, "y": 5, "z": 4}, False), ({"x": 20, "y": 20}, False)],
)
def test_how_soon_few_companies_answer_is_not_told_nor_after_how_many_days(
    shares: dict[str, int], is_told: bool
) -> None:
    (measure,) = (measure for measure in MEASURES if measure.key == KEY)
    singles = {place: Area(place, frozenset(place)) for place in "abcd"}
    map_ = Geography(singles, (Area("whole", frozenset("abcd")),))
    counts = {
        area.key: {
            Cell(KEY): 40 * len(area.places),
            Cell(KEY, "outcome", "in_time"): 25 * len(area.places),
            Cell(KEY, "outcome", "late"): 15 * len(area.places),
        }
        for area in map_.areas.values()
    }
    spells = {
        area.key: {(3, True): 25 * len(area.places), (30, True): 15 * len(area.places)} for area in map_.areas.values()
    }
    others = {place: Counter({f"{place}{n}": 10 for n in range(4)}) for place in "bcd"}
    found = protected(measure, counts, map_, others | {"a": Counter(shares)}, spells, rules=RULES)
    hidden = dict.fromkeys([*counts["a"], Cell(KEY, "quantile", "50")])
    assert found["a"] == ({**counts["a"], Cell(KEY, "quantile", "50"): 3} if is_told else hidden)
    assert found["c"] == {**counts["c"], Cell(KEY, "quantile", "50"): 3}


def test_the_figures_are_made_of_what_is_counted() -> None:
    due, rate, median = REPLIES
    assert cells_of(due) == ((Cell(KEY),), ())
    assert cells_of(rate) == ((Cell(KEY, "outcome", "in_time"),), (Cell(KEY),))
    assert cells_of(median) == ((Cell(KEY, "quantile", "50"),), (Cell(KEY),))
    assert [(i.unit, i.polarity) for i in REPLIES] == [(Unit.COUNT, 0), (Unit.PERCENT, 1), (Unit.DAYS, -1)]
