"""What is frozen never moves, whoever asks."""

import random
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from candidates.models import Candidate
from reports.indicators import ProtectedFigure
from reports.models import Figure, ReportIssue
from reports.services.freeze import _one_snapshot, figures_hash, freeze_issue
from reports.services.issue import open_issue
from sportello.accounts.scope import Scope
from sportello.territory.enums import Sex
from tests.support.queries import queries_of
from tests.support.reports import Register, make_pact, make_rules, segrate_quarter

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def figures_of(issue: ReportIssue) -> set[tuple[object, ...]]:
    return set(
        Figure.objects.filter(issue=issue).values_list("indicator", "dimension", "member", "numerator", "denominator")
    )


def frozen(register: Register) -> ReportIssue:
    return freeze_issue(issue=open_issue(territory=register.place, year=2026, half=1, by=BY), by=BY)


def test_the_quarter_of_segrate_is_frozen_as_counted() -> None:
    figures = figures_of(frozen(segrate_quarter()))
    assert {f for f in figures if f[0] in ("users", "contracts", "placement_rate", "internships")} == {
        ("users", "", "", 431, None),
        ("users", "sex", "F", 220, None),
        ("users", "sex", "M", 211, None),
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


@pytest.mark.parametrize("attempt", ["update", "delete", "insert", "hash"])
def test_the_database_refuses_to_change_what_is_frozen(attempt: str) -> None:
    issue = frozen(segrate_quarter())
    before = figures_of(issue)
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        match attempt:
            case "update":
                Figure.objects.filter(issue=issue).update(numerator=1, suppressed=False)
            case "delete":
                Figure.objects.filter(issue=issue).delete()
            case "insert":
                Figure.objects.create(
                    issue=issue, indicator="x", numerator=1, reference_from=issue.data_cut, reference_to=issue.data_cut
                )
            case _:
                ReportIssue.objects.filter(pk=issue.pk).update(figures_sha256="0" * 64)
    assert figures_of(issue) == before


def test_the_hash_does_not_depend_on_the_order() -> None:
    figures = [ProtectedFigure("users", "sex", member, n, None) for member, n in (("F", None), ("M", 3), ("X", 4))]
    shuffled = random.Random(1).sample(figures, k=3)
    assert figures_hash("2026-1/X/01", shuffled) == figures_hash("2026-1/X/01", figures)
    assert figures_hash("2026-1/X/02", figures) != figures_hash("2026-1/X/01", figures)


def test_a_zone_of_more_municipalities_asks_no_more_queries() -> None:
    make_rules()
    small, large = make_pact([Register().place for _ in range(2)]), make_pact([Register().place for _ in range(6)])
    asked = []
    for pact in (small, large):
        issue = open_issue(territory=pact, year=2026, half=1, by=BY)
        with queries_of() as queries:
            freeze_issue(issue=issue, by=BY)
        asked.append(len(queries))
    assert asked[0] == asked[1]


@pytest.mark.django_db(transaction=True)
def test_all_figures_are_of_one_read_only_instant() -> None:
    with _one_snapshot(), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')")
        assert cursor.fetchone() == ("repeatable read", "on")


def test_the_edition_of_a_neighbour_does_not_give_back_what_the_pact_hides() -> None:
    make_rules()
    registers = [Register() for _ in range(4)]
    for register, number in zip(registers, (3, 30, 40, 50), strict=True):
        register.intakes(register.people(number, Sex.FEMALE), date(2026, 2, 2))
    pact = make_pact([register.place for register in registers])
    by_place = {
        member: numerator
        for key, dimension, member, numerator, _ in figures_of(
            freeze_issue(issue=open_issue(territory=pact, year=2026, half=1, by=BY), by=BY)
        )
        if (key, dimension) == ("users", "municipality")
    }
    codes = [register.place.istat_code for register in registers]
    assert by_place == dict(zip(codes, (None, None, 40, 50), strict=True))
    own = [{f[:4] for f in figures_of(frozen(register)) if f[0] == "users"} for register in registers[1:3]]
    hidden = {("users", "", "", None), ("users", "sex", "F", None), ("users", "sex", "M", None)}
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
