"""The verdict in words and as data."""

import json
from datetime import date

import pytest

from candidates.engine.events import Event, EventError, EventKind, Fault
from candidates.engine.long_term import long_term
from candidates.engine.unemployment import Cause, State, judge
from candidates.render.status import CAUSES, EVENTS, FAULTS, STATES, as_data, as_text, fault_sentence, lines, rule_name
from tests.candidates.engine.rules import RULES

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
