"""What is frozen never moves, whoever asks."""

import random
from datetime import date, timedelta
from threading import Barrier, get_ident

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from candidates.models import Candidate
from matching.models import Placement
from reports.indicators.counting import Tally, tallied
from reports.indicators.measures import MEASURES, Measure
from reports.models import Figure, FrozenArea, ReportIssue, SemesterFreeze
from reports.protect import Cell
from reports.queries.areas import places_on
from reports.queries.issues import FrozenFigure, figures_in
from reports.rules import Semester
from reports.services.freeze import PublishedMeanwhile, figures_hash, freeze_issue, keep_figures, one_snapshot
from reports.services.issue import open_issue
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.pacts.models import TerritorialPact
from sportello.territory.enums import AgeBand, Sex
from sportello.territory.models import Zone
from tests.support.queries import queries_of
from tests.support.reports import (
    Register,
    contact,
    make_pact,
    make_rules,
    places_of,
    registered_pact,
    segrate_quarter,
    window,
)
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def figures_of(issue: ReportIssue) -> set[tuple[object, ...]]:
    issue.refresh_from_db()
    assert issue.area is not None
    return {(*cell, figure.numerator, figure.denominator) for cell, figure in figures_in(issue.area).items()}


def frozen(register: Register | TerritorialPact) -> ReportIssue:
    territory = register.place if isinstance(register, Register) else register
    issue = freeze_issue(issue=open_issue(territory=territory, year=2026, half=1, reason="Tardi", by=BY), by=BY)
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.BUILT)
    return ReportIssue.objects.get(pk=issue.pk)


def show(issue: ReportIssue) -> None:
    """Publish without the ceremony of printing it."""
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.PUBLISHED, published_at=timezone.now())


def totals(issue: ReportIssue, indicator: str = "users", dimension: str = "") -> dict[str, int | None]:
    return {f[2]: f[3] for f in figures_of(issue) if f[:2] == (indicator, dimension)}  # type: ignore[misc]


def test_the_quarter_of_segrate_is_frozen_as_counted() -> None:
    figures = figures_of(frozen(segrate_quarter()))
    assert {f for f in figures if f[0] in ("users", "contracts", "placement_rate", "internships")} == {
        ("users", "", "", 431, None),
        ("users", "sex", "F", 220, None),
        ("users", "sex", "M", 211, None),
        *(("users", "age", band, {"25-34": 211, "45-54": 220}.get(band, 0), None) for band in AgeBand.values),
        ("contracts", "", "", 68, None),
        ("contracts", "sex", "F", 33, None),
        ("contracts", "sex", "M", 35, None),
        ("placement_rate", "", "", 68, 431),
        ("placement_rate", "sex", "F", 33, 220),
        ("placement_rate", "sex", "M", 35, 211),
        ("internships", "", "", 12, None),
        ("internships", "sex", "F", 0, None),
        ("internships", "sex", "M", 12, None),
    }


def test_days_shares_and_groups_are_frozen_as_counted() -> None:
    make_rules()
    register = Register()
    women, men = register.people(40, Sex.FEMALE), register.people(40, Sex.MALE)
    day = date(2025, 9, 1)
    register.intakes([*women, *men], day)
    register.placements([*women[:20], *men[:8]], day + timedelta(days=60))
    register.placements(men[8:20], day + timedelta(days=200))
    later = register.people(40, Sex.FEMALE)
    register.intakes(later, date(2026, 3, 2))
    for number, person in enumerate(later):
        contact(register, person, date(2026, 3, 2) + timedelta(days=number))
    figures = {f[:3]: f[3:] for f in figures_of(frozen(register))}
    assert {key: figures[key, "", ""] for key in ("first_contact_median", "first_contact_p90")} == {
        "first_contact_median": (19, 40),
        "first_contact_p90": (None, None),  # beyond nine of ten of forty there are four
    }
    # 28 of 120 found work after 60 days; of the 52 who were followed 200 days, 12 then. Half of all have not.
    assert (figures["searches", "", ""], figures["search_p25", "", ""]) == ((120, None), (200, 120))
    assert not {("search_p50", "", ""), ("search_p75", "", "")} & figures.keys()
    assert {member: f for (key, _, member), f in figures.items() if key == "searches" and member} == {
        "found_3": (28, None),
        "found_6": (0, None),
        "found_9": (12, None),
        "found_12": (0, None),
        "found_18": (0, None),
        "longer": (80, None),
    }
    assert {member: f for (key, _, member), f in figures.items() if key == "searching_after_12"} == {
        "3": (92, 120),
        "6": (92, 120),
        "9": (71, 120),
        "12": (None, None),
        "18": (None, None),
        "": (None, None),  # nobody was followed a year
    }
    assert (figures["worked_within_6_f", "", ""], figures["worked_within_6_m", "", ""]) == ((20, 40), (8, 40))


def test_small_counts_and_rates_over_few_keep_no_number() -> None:
    make_rules()
    register = Register()
    women, men = register.people(3, Sex.FEMALE), register.people(9, Sex.MALE)
    register.intakes([*women, *men], date(2026, 2, 2))
    register.placements(men[:6], date(2026, 3, 3))
    figures = figures_of(frozen(register))
    assert {f for f in figures if f[0] in ("users", "placement_rate")} == {
        ("users", "", "", 12, None),
        ("users", "sex", "F", None, None),
        ("users", "sex", "M", None, None),
        *(("users", "age", band, 12 if band == "35-44" else 0, None) for band in AgeBand.values),
        ("placement_rate", "", "", None, None),  # 12 people are too few for a rate
        ("placement_rate", "sex", "F", None, None),
        ("placement_rate", "sex", "M", None, None),
    }


def test_erasing_people_later_moves_nothing() -> None:
    issue = frozen(segrate_quarter())
    before, digest = figures_of(issue), issue.figures_sha256
    Candidate.objects.filter(sex=Sex.FEMALE).delete()
    again = freeze_issue(issue=ReportIssue.objects.get(pk=issue.pk), by=BY)
    assert (figures_of(issue), again.figures_sha256) == (before, digest)


@pytest.mark.parametrize("attempt", ["update", "delete", "insert", "freeze", "area", "hash"])
def test_the_database_refuses_to_change_what_is_frozen(attempt: str) -> None:
    issue = frozen(segrate_quarter())
    before = figures_of(issue)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        match attempt:
            case "update":
                Figure.objects.filter(area=issue.area).update(numerator=1, suppressed=False)
            case "delete":
                Figure.objects.filter(area=issue.area).delete()
            case "insert":
                Figure.objects.create(area=FrozenArea.objects.all()[0], indicator="x", numerator=1)
            case "freeze":
                SemesterFreeze.objects.update(data_cut=date(2026, 5, 1))
            case "area":
                FrozenArea.objects.update(istat_codes=["015001"])
            case _:
                ReportIssue.objects.filter(pk=issue.pk).update(figures_sha256="0" * 64)
    assert figures_of(issue) == before


def test_the_hash_does_not_depend_on_the_order() -> None:
    figures = {Cell("users", "sex", m): FrozenFigure(n, None) for m, n in (("F", None), ("M", 3), ("X", 4))}
    shuffled = dict(random.Random(1).sample(list(figures.items()), k=3))
    assert figures_hash("2026-1/X/01", shuffled) == figures_hash("2026-1/X/01", figures)
    assert figures_hash("2026-1/X/02", figures) != figures_hash("2026-1/X/01", figures)


def test_a_territory_of_more_municipalities_asks_no_more_queries() -> None:
    make_rules()
    asked = []
    for number in (2, 6):
        pact = make_pact([Register().place for _ in range(number)])
        issue = open_issue(territory=pact, year=2026, half=1, by=BY)
        with queries_of() as queries:
            freeze_issue(issue=issue, by=BY)
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_editions_of_a_semester_share_one_freeze_until_one_is_asked_again() -> None:
    make_rules()
    registers = [Register() for _ in range(2)]
    pact = make_pact([register.place for register in registers])
    first = [frozen(pact), *(frozen(register) for register in registers)]
    assert {issue.area.freeze.version for issue in first if issue.area} == {1}
    again = frozen(registers[0])
    assert again.area is not None
    assert (again.area.freeze.version, SemesterFreeze.objects.count()) == (2, 2)


def test_every_territory_is_frozen_with_the_municipalities_of_the_day() -> None:
    make_rules()
    registers = [Register() for _ in range(2)]
    codes = sorted(register.place.istat_code for register in registers)
    zone = Zone.objects.create(slug="zona", name="Zona")
    zone.municipalities.add(registers[0].place)
    frozen(make_pact([register.place for register in registers]))
    found = {(area.kind, tuple(area.istat_codes)) for area in FrozenArea.objects.all()}
    assert found == {
        ("whole", tuple(codes)),
        ("pact", tuple(codes)),
        ("zone", (registers[0].place.istat_code,)),
        *(("desk", (code,)) for code in codes),
        *(("municipality", (code,)) for code in codes),
    }


def test_the_edition_of_a_desk_is_about_who_lives_where_it_serves() -> None:
    make_rules()
    registers = [Register() for _ in range(3)]
    for register, number in zip(registers, (30, 40, 50), strict=True):
        register.intakes(register.people(number, Sex.FEMALE), date(2026, 2, 2))
    desk, twin = (make_desk(serves=[register.place for register in registers[:2]]) for _ in range(2))
    frozen(make_pact([register.place for register in registers]))
    of_desks = [freeze_issue(issue=open_issue(territory=d, year=2026, half=1, by=BY), by=BY) for d in (desk, twin)]
    codes = [register.place.istat_code for register in registers[:2]]
    assert [totals(issue) for issue in of_desks] == [{"": 70}] * 2
    assert [totals(issue, dimension="municipality") for issue in of_desks] == [
        dict(zip(codes, (30, 40), strict=True))
    ] * 2
    assert figures_of(of_desks[0]) == figures_of(of_desks[1])
    assert SemesterFreeze.objects.count() == 1


def test_a_desk_beside_the_pact_and_the_zone_tells_nobody() -> None:
    make_rules()
    registers = [Register() for _ in range(5)]
    for register, number in zip(registers, (3, 30, 40, 50, 60), strict=True):
        register.intakes(register.people(number, Sex.FEMALE), date(2026, 2, 2))
    desk = make_desk(serves=[register.place for register in registers[1:]])
    pact = make_pact([register.place for register in registers])
    of_desk = freeze_issue(issue=open_issue(territory=desk, year=2026, half=1, by=BY), by=BY)
    assert totals(frozen(pact)) == {"": 183}
    assert totals(of_desk) == {"": None}  # 180 beside 183 would tell that three people live in the first


def test_what_a_desk_serves_from_now_on_does_not_change_a_published_semester() -> None:
    make_rules()
    registers = [Register() for _ in range(3)]
    for register in registers:
        register.intakes(register.people(30, Sex.FEMALE), date(2026, 2, 2))
    few = Register()
    few.intakes(few.people(7, Sex.FEMALE), date(2026, 2, 2))
    desk = make_desk(serves=[register.place for register in registers[:2]])
    first = freeze_issue(issue=open_issue(territory=desk, year=2026, half=1, by=BY), by=BY)
    show(first)
    desk.serves.add(few.place)
    again = freeze_issue(issue=open_issue(territory=desk, year=2026, half=1, reason="Prova", by=BY), by=BY)
    assert (totals(again), again.version) == ({"": 60}, 2)
    assert again.area is not None
    assert again.area.istat_codes == sorted(register.place.istat_code for register in registers[:2])


def test_a_zone_beside_its_pact_tells_nobody() -> None:
    make_rules()
    registers = [Register() for _ in range(4)]
    for register, number in zip(registers, (3, 30, 40, 50), strict=True):
        register.intakes(register.people(number, Sex.FEMALE), date(2026, 2, 2))
    zone = Zone.objects.create(slug="zona", name="Zona")
    zone.municipalities.add(*(register.place for register in registers[1:]))
    pact = make_pact([register.place for register in registers])
    of_zone = freeze_issue(issue=open_issue(territory=zone, year=2026, half=1, by=BY), by=BY)
    assert totals(frozen(pact)) == {"": 123}
    assert totals(of_zone) == {"": None}  # 120 beside 123 would tell that three people live in the first


def test_a_later_version_does_not_tell_of_one_person_more() -> None:
    make_rules()
    register = Register()
    register.intakes(register.people(30, Sex.FEMALE), date(2026, 2, 2))
    show(frozen(register))
    register.intakes(register.people(1, Sex.FEMALE), date(2026, 2, 2))
    assert totals(frozen(register)) == {"": 30}
    register.intakes(register.people(20, Sex.FEMALE), date(2026, 2, 2))
    assert totals(frozen(register)) == {"": 51}


def test_a_later_version_of_the_same_register_tells_the_same() -> None:
    pact = registered_pact()
    first = frozen(pact)
    show(first)
    again = frozen(pact)
    assert (figures_of(again) ^ figures_of(first), again.version) == (set(), 2)


def test_what_nobody_published_does_not_bind_the_next_version() -> None:
    make_rules()
    register = Register()
    register.intakes(register.people(30, Sex.FEMALE), date(2026, 2, 2))
    frozen(register)
    register.intakes(register.people(1, Sex.FEMALE), date(2026, 2, 2))
    assert totals(frozen(register)) == {"": 31}


def test_an_edition_published_while_a_semester_is_computed_makes_it_begin_again() -> None:
    make_rules()
    register = Register()
    issue = frozen(register)
    semester, cut = Semester(2026, 1), date(2026, 6, 30)
    show(issue)
    with pytest.raises(PublishedMeanwhile):
        keep_figures(semester=semester, data_cut=cut, places=places_on(cut), figures={}, public=[], by=BY)
    assert SemesterFreeze.objects.count() == 1


def test_few_employers_hide_the_contracts_of_a_municipality() -> None:
    make_rules()
    register = Register()
    people = register.people(60, Sex.FEMALE)
    register.intakes(people, date(2026, 2, 2))
    placements = register.placements(people[:40], date(2026, 3, 3))
    Placement.objects.filter(pk__in=[p.pk for p in placements[:31]]).update(employer_name="Una sola")
    assert totals(frozen(register), "contracts") == {"": None}
    Placement.objects.filter(pk=placements[0].pk).update(employer_name="Un'altra")
    assert totals(frozen(register), "contracts") == {"": 40}


@pytest.mark.django_db(transaction=True)
def test_all_figures_are_of_one_read_only_instant() -> None:
    with one_snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
        assert cursor.fetchone() == ("repeatable read", "on")


@pytest.mark.django_db(transaction=True)
def test_two_connections_count_at_the_same_instant_what_one_does() -> None:
    register = Register()
    register.intakes(register.people(7, Sex.FEMALE), date(2026, 2, 2))
    both_began = Barrier(2, timeout=20)
    seen: dict[str, tuple[int, str]] = {}

    def count(measure: Measure) -> Tally:
        if measure in MEASURES[:2]:
            both_began.wait()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid(), pg_current_snapshot()::text")
            seen[measure.key] = cursor.fetchone()
        return tallied(measure, window(), places_of(register))

    with one_snapshot() as each:
        beside = list(each(count, MEASURES))
        alone = [tallied(measure, window(), places_of(register)) for measure in MEASURES]
    assert beside == alone
    assert alone[0].counts["whole"][Cell("users")] == 7
    assert seen.keys() == {measure.key for measure in MEASURES}
    assert [len(set(values)) for values in zip(*seen.values(), strict=True)] == [2, 1]


@pytest.mark.django_db(transaction=True)
def test_what_fails_in_the_other_connection_fails_the_freeze() -> None:
    here = get_ident()
    both_began = Barrier(2, timeout=20)

    def count(measure: Measure) -> Tally:
        if measure in MEASURES[:2]:
            both_began.wait()
        if get_ident() != here:
            raise PublishedMeanwhile
        return tallied(measure, window(), places_of())

    with pytest.raises(PublishedMeanwhile), one_snapshot() as each:
        each(count, MEASURES)


def test_the_edition_of_a_neighbour_does_not_give_back_what_the_pact_hides() -> None:
    make_rules()
    registers = [Register() for _ in range(4)]
    for register, number in zip(registers, (3, 30, 40, 50), strict=True):
        register.intakes(register.people(number, Sex.FEMALE), date(2026, 2, 2))
    pact = make_pact([register.place for register in registers])
    by_place = totals(frozen(pact), dimension="municipality")
    codes = [register.place.istat_code for register in registers]
    assert by_place == dict(zip(codes, (None, None, 40, 50), strict=True))
    own = [
        {f[:4] for f in figures_of(frozen(register)) if f[0] == "users" and f[1] != "age"}
        for register in registers[1:3]
    ]
    # Without a man in the two hidden municipalities, everybody knows that there is none in either.
    hidden = {("users", "", "", None), ("users", "sex", "F", None), ("users", "sex", "M", 0)}
    shown = {("users", "", "", 40), ("users", "sex", "F", 40), ("users", "sex", "M", 0)}
    assert own == [hidden, shown]


def test_a_hidden_zero_is_not_told_by_a_missing_rate() -> None:
    make_rules()
    register = Register()
    register.intakes(register.people(3, Sex.FEMALE), date(2026, 2, 2))
    rates = {f for f in figures_of(frozen(register)) if f[0] == "placement_rate"}
    assert rates == {
        ("placement_rate", dimension, member, None, None)
        for dimension, member in [("", ""), ("sex", "F"), ("sex", "M")]
    }
