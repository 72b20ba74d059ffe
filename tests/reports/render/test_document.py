"""What an edition says in words is what its figures say."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.actions import ActionThen
from reports.queries.issues import reading_of
from reports.render.document import Document, compose
from reports.render.keys import HIDDEN
from reports.rules import Section, Trend
from reports.services.freeze import freeze_issue
from reports.services.issue import open_issue
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.pacts.enums import ActionState
from sportello.territory.enums import Sex
from sportello.territory.models import Municipality
from tests.support.reports import Register, make_rules, registered_pact, segrate_quarter
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def frozen(territory: Municipality, *, year: int = 2026, half: int = 1) -> ReportIssue:
    return freeze_issue(issue=open_issue(territory=territory, year=year, half=half, by=BY), by=BY)


def show(issue: ReportIssue) -> None:
    """Publish without the ceremony of printing it."""
    ReportIssue.objects.filter(pk=issue.pk).update(state=IssueState.PUBLISHED, published_at=timezone.now())


def test_every_number_of_the_sentences_is_a_figure() -> None:
    reading = reading_of(freeze_issue(issue=open_issue(territory=registered_pact(), year=2026, half=1, by=BY), by=BY))
    known = {n for figure in reading.figures.values() for n in (figure.numerator, figure.denominator)}
    rate = reading.figures[Cell("placement_rate")]
    assert rate.numerator is not None
    assert rate.denominator is not None
    percent = round(100 * rate.numerator / rate.denominator, 1)
    sentences = compose(reading, INDICATORS).sentences
    assert len(sentences) == 5
    for sentence in sentences:
        for text in re.findall(r"\d[\d.,]*\d|\d", sentence):
            if "," in text:
                assert float(text.replace(",", ".")) == percent
            else:
                assert int(text.replace(".", "")) in known


def test_a_sentence_about_hidden_people_is_not_written() -> None:
    make_rules()
    register = Register()
    register.intakes(register.people(3, Sex.FEMALE) + register.people(30, Sex.MALE), date(2026, 2, 2))
    sentences = compose(reading_of(frozen(register.place)), INDICATORS).sentences
    assert [s for s in sentences if "donne" in s] == []


def test_the_first_edition_compares_with_nothing_and_the_next_with_it() -> None:
    register = segrate_quarter()
    first = frozen(register.place)
    document = compose(reading_of(first), INDICATORS)
    assert (document.before, {key.change for key in document.keys}) == (None, {None})
    show(first)
    people = register.people(40, Sex.FEMALE)
    register.intakes(people, date(2026, 7, 2))
    register.placements(people[:20], date(2026, 7, 3))
    document = compose(reading_of(frozen(register.place, half=2)), INDICATORS)
    changes = {key.indicator.key: key.change for key in document.keys}
    assert document.before == first
    for key, trend, text in (("users", Trend.DOWN, "431"), ("contracts", Trend.WORSE, "68")):
        change = changes[key]
        assert change is not None
        assert (change.trend, change.text) == (trend, f"era {text} nel rapporto precedente")


def test_a_comparison_stays_the_one_of_the_day_of_the_freeze() -> None:
    register = segrate_quarter()
    first = frozen(register.place)
    show(first)
    second = frozen(register.place, half=2)
    ReportIssue.objects.filter(pk=first.pk).update(state=IssueState.SUPERSEDED)
    ReportIssue.objects.filter(pk=second.pk).update(state=IssueState.BUILT)
    show(frozen(register.place))
    assert compose(reading_of(second), INDICATORS).before == first


def test_all_municipalities_stand_in_one_table_with_their_hidden_cells_marked() -> None:
    pact = registered_pact()
    document = compose(
        reading_of(freeze_issue(issue=open_issue(territory=pact, year=2026, half=1, by=BY), by=BY)), INDICATORS
    )
    assert document.municipalities is not None
    rows = {row[0]: row[1] for row in document.municipalities.rows}
    assert (rows["Rodano"], rows["Cernusco sul Naviglio"]) == (HIDDEN, HIDDEN)
    # Rodano has few people: it hides with its neighbours by residents, the three largest of the seven.
    assert {name for name, shown in rows.items() if shown == HIDDEN} == {
        "Cassina de' Pecchi",
        "Rodano",
        "Cernusco sul Naviglio",
    }
    assert list(rows)[-1] == "Tutto il territorio"


def test_a_chapter_without_a_figure_is_not_written() -> None:
    def sections(document: Document) -> list[Section]:
        return [chapter.section for chapter in document.chapters]

    reading = reading_of(frozen(segrate_quarter().place))
    assert sections(compose(reading, INDICATORS)) == list(Section)
    earlier = {cell: n for cell, n in reading.figures.items() if not cell.measure.startswith("course_")}
    without = compose(replace(reading, figures=earlier), INDICATORS)
    assert sections(without) == [section for section in Section if section is not Section.TRAINING]


def test_the_edition_of_a_desk_says_of_whom_it_speaks() -> None:
    make_rules()
    names = ("Melzo", "Liscate", "Truccazzano")
    registers = [Register(make_municipality(name=name)) for name in names]
    found = []
    for number in (3, 1):
        desk: Any = make_desk(serves=[register.place for register in registers[:number]])
        found.append(compose(reading_of(frozen(desk)), INDICATORS).served)
    assert found == ["Liscate, Melzo e Truccazzano", "Melzo"]
    assert compose(reading_of(frozen(registers[0].place)), INDICATORS).served == ""


def test_one_municipality_needs_no_table_of_municipalities() -> None:
    assert compose(reading_of(frozen(segrate_quarter().place)), INDICATORS).municipalities is None


def test_the_actions_of_a_pact_are_told_with_their_days_and_state() -> None:
    reading = reading_of(frozen(segrate_quarter().place))
    assert compose(reading, INDICATORS).actions is None
    running = ActionThen("Donne in cammino", "DONNE", date(2026, 2, 1), None, ActionState.RUNNING)
    done = ActionThen("Primo lavoro", "GIOVANI", date(2025, 1, 15), date(2026, 3, 31), ActionState.DONE)
    table = compose(replace(reading, actions=(done, running)), INDICATORS).actions
    assert table is not None
    assert table.rows == (
        ("Primo lavoro", "GIOVANI", "15 gennaio 2025", "31 marzo 2026", "Conclusa"),
        ("Donne in cammino", "DONNE", "1 febbraio 2026", "–", "In corso"),
    )
