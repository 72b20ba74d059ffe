"""The verdict in words and as data; the curriculum on paper."""

import json
from datetime import date

import page
import pytest

from candidates.engine.europass_read import read_europass
from candidates.engine.events import Event, EventError, EventKind, Fault
from candidates.engine.long_term import long_term
from candidates.engine.unemployment import Cause, State, judge
from candidates.queries.profile import whole_profile
from candidates.render import (
    CAUSES,
    EVENTS,
    FAULTS,
    STATES,
    UNTAKEN,
    as_data,
    as_text,
    fault_sentence,
    lines,
    print_curriculum,
    rule_name,
)
from tests.candidates.engine.rules import RULES
from tests.support.curriculum import SPECIMENS
from tests.support.pdf import failures, text_of
from tests.support.personas import make_candidate
from tests.support.profile import fill_profile

D = date(2025, 1, 1)
EVENTS_OF_A_LIFE = [
    Event(EventKind.DID, D, D, provenance="inps", number=1),
    Event(EventKind.JOB, date(2025, 1, 11), date(2025, 1, 20), number=2),
]


def test_everything_has_its_words() -> None:
    assert set(STATES) == set(State)
    assert set(CAUSES) == set(Cause) - {Cause.NO_DECLARATION}
    assert set(EVENTS) == set(EventKind)
    assert set(FAULTS) == set(Fault)
    assert [
        rule_name(RULES[key][0]) for key in ("long_term_unemployed_days", "no_regular_pay_months_disadvantaged")
    ] == [
        "Disoccupazione di lunga durata: da 366 giorni",
        "Svantaggio: tempo senza un impiego regolarmente retribuito: 6 mesi",
    ]


def test_the_lines_run_from_the_newest_and_tell_what_nobody_said() -> None:
    shown = lines(judge(EVENTS_OF_A_LIFE, date(2025, 1, 21), RULES))
    assert [(line.days, str(line.state), line.pay_unknown) for line in shown] == [
        (1, "Attivo", False),
        (10, "Sospeso", True),
        (10, "Attivo", False),
    ]


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_is_a_sentence_with_its_event(fault: Fault) -> None:
    sentence = fault_sentence(EventError(3, fault, "on", "mai"))
    assert sentence.startswith("Evento 3. ")
    assert "%(" not in sentence


def test_data_tell_every_input_and_every_rule() -> None:
    verdict = judge(EVENTS_OF_A_LIFE, date(2025, 1, 21), RULES)
    data = json.loads(json.dumps(as_data(verdict, long_term(verdict, RULES))))
    assert (data["state"], data["seniority_days"], data["suspended_days"]) == ("active", 11, 10)
    assert data["inputs"] == [
        {"number": 1, "kind": "did", "from": "2025-01-01", "to": "2025-01-01", "provenance": "inps"},
        {"number": 2, "kind": "job", "from": "2025-01-11", "to": "2025-01-20"},
    ]
    assert [(p["why"], p["events"]) for p in data["periods"]] == [
        ("declared", [1]),
        ("working_up_to_the_limit_of_days", [2]),
        ("back_from_work", []),
    ]
    assert {rule["key"] for rule in data["rules"]} == {rule.key for rule in verdict.rules}
    assert data["indicative"] is True


def test_the_text_says_that_it_is_an_indication() -> None:
    verdict = judge(EVENTS_OF_A_LIFE, date(2025, 1, 21), RULES)
    text = as_text(verdict, long_term(verdict, RULES))
    assert "Giorni che contano: 11. Giorni di sospensione: 10." in text
    assert text.endswith("È un'indicazione: lo sportello non rilascia la dichiarazione e non decide lo stato.")


@pytest.mark.django_db
@pytest.mark.parametrize(("with_contacts", "rows"), [(True, 3), (False, 3), (True, 0)])
def test_a_curriculum_is_printed_for_archives_and_for_everybody(with_contacts: bool, rows: int) -> None:
    person = make_candidate(first_name="Amina", last_name="Diallo", phone="+393331234567", address="Via Po 2")
    fill_profile(person, rows=rows)
    person.profile.about = "Cucino."
    person.profile.save()
    printed = print_curriculum(whole_profile(person), with_contacts=with_contacts)
    assert failures(printed.pdf, archival=page.ValidationProfile.PDF_A_3A) == []
    text = text_of(printed.pdf)
    for told in ("Amina Diallo", "Via Po 2", "333 123 4567", "Cucino."):
        assert (told in text) is with_contacts
    assert ("Lavoro 0, Bar Sport" in text) is (with_contacts and rows > 0)
    assert printed.pages <= 2


@pytest.mark.django_db
def test_jobs_are_printed_the_newest_first_and_expired_licences_not_at_all() -> None:
    person = make_candidate()
    fill_profile(person, rows=2)
    text = text_of(print_curriculum(whole_profile(person), with_contacts=True).pdf)
    assert text.index("Lavoro 1") < text.index("Lavoro 0")
    assert ("Patente 1" in text, "Patente 0" in text) == (True, False)


def test_what_is_not_taken_has_its_name() -> None:
    untaken = {name for path in SPECIMENS.iterdir() for name, _ in read_europass(path.read_bytes()).untaken}
    assert untaken <= set(UNTAKEN)
    assert untaken
