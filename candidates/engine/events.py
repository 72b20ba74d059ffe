"""What happened in a person's working life, as the calculator of the status reads it. No database, no words for people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final


class EventKind(StrEnum):
    """What happened. The first four happen on a day, the others last."""

    DID = "did"
    NASPI_CLAIM = "naspi_claim"
    DID_VALIDATION = "did_validation"
    REVOCATION = "revocation"
    JOB = "job"
    COLLABORATION = "collaboration"
    SELF_EMPLOYMENT = "self_employment"
    INTERNSHIP = "internship"
    PUBLIC_UTILITY = "public_utility"
    SUSPENSION = "suspension"


DECLARATIONS: Final = frozenset({EventKind.DID, EventKind.NASPI_CLAIM})
"""What begins the status: a benefit claim is a declaration too (art. 21 D.Lgs. 150/2015)."""

MOMENTS: Final = DECLARATIONS | {EventKind.DID_VALIDATION, EventKind.REVOCATION}

WORK: Final = frozenset({EventKind.JOB, EventKind.COLLABORATION, EventKind.SELF_EMPLOYMENT})
"""What is work for the status. Internships and works of public utility are not, though they have a mandatory notice."""

EARLIEST: Final = date(1900, 1, 1)
PAY_LIMIT: Final = 10_000_000
_FIELDS: Final = frozenset({"kind", "on", "from", "to", "yearly_pay", "contract", "employer", "provenance", "note"})


class Fault(StrEnum):
    """Why an event cannot be read."""

    NOT_A_LIST = "not_a_list"
    NOT_AN_OBJECT = "not_an_object"
    UNKNOWN_FIELD = "unknown_field"
    UNKNOWN_KIND = "unknown_kind"
    MISSING_DAY = "missing_day"
    NOT_A_DAY = "not_a_day"
    BACKWARDS = "backwards"
    NOT_A_PAY = "not_a_pay"
    NOT_A_TEXT = "not_a_text"


class EventError(ValueError):
    """One event is not understood: its number from 1 (0 for the whole), the field, what is wrong."""

    def __init__(self, number: int, fault: Fault, field: str = "", value: object = None) -> None:
        super().__init__(f"event {number}: {fault.value} {field}")
        self.number, self.fault, self.field, self.value = number, fault, field, value


@dataclass(frozen=True)
class Event:
    """One thing that happened, from the day `begins` to the day `ends`, both included; `ends` is None while it goes on.

    What happens on a day has that day twice. `yearly_pay` is the yearly gross pay in euro that the work is expected to give, None when
    nobody said it. `number` is where the event stands in what was entered, from 1.
    """

    kind: EventKind
    begins: date
    ends: date | None
    yearly_pay: int | None = None
    contract: str = ""
    employer: str = ""
    provenance: str = ""
    number: int = 0

    def runs_on(self, day: date) -> bool:
        return self.begins <= day and (self.ends is None or day <= self.ends)


def read_events(data: object) -> list[Event]:
    """Events from parsed JSON: a list of objects, or an object with that list under `events`.

    What happens on a day has `on`; what lasts has `from` and, once over, `to`; days are YYYY-MM-DD. Raises EventError.
    """
    entries = data.get("events") if isinstance(data, Mapping) else data
    if not isinstance(entries, list):
        raise EventError(0, Fault.NOT_A_LIST)
    return [_read(number, entry) for number, entry in enumerate(entries, start=1)]


def in_order(events: Iterable[Event]) -> list[Event]:
    """The events in the order of their days, whatever the order in which they were entered."""
    return sorted(events, key=lambda event: (event.begins, event.kind.value, event.number))


def _read(number: int, entry: object) -> Event:
    if not isinstance(entry, Mapping):
        raise EventError(number, Fault.NOT_AN_OBJECT)
    if unknown := sorted(str(name) for name in entry if name not in _FIELDS):
        raise EventError(number, Fault.UNKNOWN_FIELD, unknown[0])
    try:
        kind = EventKind(str(entry.get("kind")))
    except ValueError:
        raise EventError(number, Fault.UNKNOWN_KIND, "kind", entry.get("kind")) from None
    if kind in MOMENTS:
        begins = _day(number, entry, "on")
        ends: date | None = begins
    else:
        begins = _day(number, entry, "from")
        ends = _day(number, entry, "to") if entry.get("to") is not None else None
    if ends is not None and ends < begins:
        raise EventError(number, Fault.BACKWARDS, "to", entry.get("to"))
    return Event(
        kind=kind,
        begins=begins,
        ends=ends,
        yearly_pay=_pay(number, entry),
        contract=_text(number, entry, "contract"),
        employer=_text(number, entry, "employer"),
        provenance=_text(number, entry, "provenance"),
        number=number,
    )


def _day(number: int, entry: Mapping[str, Any], field: str) -> date:
    value = entry.get(field)
    if value is None:
        raise EventError(number, Fault.MISSING_DAY, field)
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise EventError(number, Fault.NOT_A_DAY, field, value) from None
    if day < EARLIEST:
        raise EventError(number, Fault.NOT_A_DAY, field, value)
    return day


def _pay(number: int, entry: Mapping[str, Any]) -> int | None:
    value = entry.get("yearly_pay")
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= PAY_LIMIT:
        raise EventError(number, Fault.NOT_A_PAY, "yearly_pay", value)
    return -int(-value // 1)  # a cent above the limit is above it


def _text(number: int, entry: Mapping[str, Any], field: str) -> str:
    value = entry.get(field, "")
    if not isinstance(value, str) or len(value) > 200:
        raise EventError(number, Fault.NOT_A_TEXT, field, value)
    return value
