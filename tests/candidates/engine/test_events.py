"""What was entered is read, or refused with the event and the field that are wrong."""

from datetime import date
from typing import Any

import pytest

from candidates.engine.events import Event, EventError, EventKind, Fault, in_order, read_events

JOB = {"kind": "job", "from": "2025-01-10", "to": "2025-02-10", "yearly_pay": 9000.01, "employer": "Rossi"}


def test_what_is_written_is_read_and_a_cent_more_is_a_euro_more() -> None:
    events = read_events({"events": [{"kind": "did", "on": "2025-01-01", "provenance": "inps"}, JOB]})
    day = date(2025, 1, 1)
    assert events == [
        Event(EventKind.DID, day, day, provenance="inps", number=1),
        Event(EventKind.JOB, date(2025, 1, 10), date(2025, 2, 10), yearly_pay=9001, employer="Rossi", number=2),
    ]
    assert read_events([JOB]) == [
        Event(EventKind.JOB, date(2025, 1, 10), date(2025, 2, 10), yearly_pay=9001, employer="Rossi", number=1)
    ]
    assert in_order(reversed(events)) == events


@pytest.mark.parametrize(
    ("entry", "fault", "field"),
    [
        ("did", Fault.NOT_AN_OBJECT, ""),
        ({"kind": "did", "on": "2025-01-01", "day": 1}, Fault.UNKNOWN_FIELD, "day"),
        ({"kind": "dismissed", "on": "2025-01-01"}, Fault.UNKNOWN_KIND, "kind"),
        ({"on": "2025-01-01"}, Fault.UNKNOWN_KIND, "kind"),
        ({"kind": "did"}, Fault.MISSING_DAY, "on"),
        ({"kind": "job", "to": "2025-01-01"}, Fault.MISSING_DAY, "from"),
        ({"kind": "did", "on": "2025-02-30"}, Fault.NOT_A_DAY, "on"),
        ({"kind": "did", "on": 20250101}, Fault.NOT_A_DAY, "on"),
        ({"kind": "did", "on": "1203-01-01"}, Fault.NOT_A_DAY, "on"),
        ({**JOB, "to": "2025-01-09"}, Fault.BACKWARDS, "to"),
        ({**JOB, "yearly_pay": -1}, Fault.NOT_A_PAY, "yearly_pay"),
        ({**JOB, "yearly_pay": "9000"}, Fault.NOT_A_PAY, "yearly_pay"),
        ({**JOB, "yearly_pay": True}, Fault.NOT_A_PAY, "yearly_pay"),
        ({**JOB, "yearly_pay": float("nan")}, Fault.NOT_A_PAY, "yearly_pay"),
        ({**JOB, "employer": 3}, Fault.NOT_A_TEXT, "employer"),
        ({**JOB, "employer": "x" * 201}, Fault.NOT_A_TEXT, "employer"),
    ],
)
def test_what_is_wrong_is_named_with_its_number(entry: Any, fault: Fault, field: str) -> None:
    with pytest.raises(EventError) as error:
        read_events([JOB, entry])
    assert (error.value.number, error.value.fault, error.value.field) == (2, fault, field)


@pytest.mark.parametrize("data", [None, {}, "did", {"events": {}}, 3])
def test_only_a_list_is_a_list(data: object) -> None:
    with pytest.raises(EventError) as error:
        read_events(data)
    assert (error.value.number, error.value.fault) == (0, Fault.NOT_A_LIST)
