"""The service pact: nothing signed is incomplete, and nothing signed changes."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from candidates.models import Case, PlannedAction, ServicePact
from tests.support.personas import make_case, make_operator
from tests.support.refusals import refused
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
ELEMENTS = {
    "employability_profile": "Cerca lavoro in magazzino",
    "search_acts": "Tre candidature al mese",
    "contact_every_days": 30,
    "proof_of_search": "Elenco",
}
SIGNED = {
    **ELEMENTS,
    "state": "signed",
    "signed_on": date(2026, 5, 4),
    "person_signed_at": NOW,
    "operator_signed_at": NOW,
    "snapshot": {},
}


@pytest.fixture
def case() -> Case:
    desk = make_desk()
    return make_case(desk, operator=make_operator(desk))


def write(case: Case, **fields: Any) -> ServicePact:
    return ServicePact.objects.create(
        **{
            "case": case,
            "kind": "local",
            "responsible": case.responsible_operator,
            "version": case.service_pacts.count() + 1,
            **ELEMENTS,
            **fields,
        }
    )


@pytest.mark.parametrize(
    "missing",
    [
        {"employability_profile": ""},
        {"search_acts": ""},
        {"proof_of_search": ""},
        {"contact_every_days": 0},
        {"signed_on": None},
        {"person_signed_at": None},
        {"operator_signed_at": None, "snapshot": None},
        {"state": "draft"},
    ],
)
def test_only_a_draft_is_incomplete(case: Case, missing: dict[str, Any]) -> None:
    with refused("signed_pact_has_its_five_elements"):
        write(case, **{**SIGNED, **missing})


@pytest.mark.parametrize(
    "change",
    [
        {"search_acts": "Niente"},
        {"contact_every_days": 60},
        {"signed_on": date(2026, 5, 5)},
        {"snapshot": {"a": 1}},
        {"state": "draft", "signed_on": None},
    ],
)
def test_what_was_signed_does_not_change(case: Case, change: dict[str, Any]) -> None:
    pact = write(case, **SIGNED)
    with refused("a signed pact does not change"):
        ServicePact.objects.filter(pk=pact.pk).update(**change)
    assert ServicePact.objects.filter(pk=pact.pk).update(state="ended") == 1


def test_a_case_has_one_draft_and_one_signed_pact(case: Case) -> None:
    write(case, **SIGNED)
    write(case)
    with refused("one_signed_pact_per_case"):
        write(case, **SIGNED)
    with refused("one_draft_pact_per_case"):
        write(case)
    with refused("pact_version_unique"):
        write(case, **{**SIGNED, "state": "ended", "version": 1})


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("operator_signs_a_frozen_text", {"operator_signed_at": NOW}),
        ("operator_signs_a_frozen_text", {"snapshot": {}}),
        ("drawn_signature_is_kept", {**SIGNED, "person_signed_how": "drawn"}),
        ("drawn_signature_is_kept", {**SIGNED, "person_signed_how": "paper", "drawing": "M0 0L1 1"}),
        ("print_of_a_signed_pact_has_its_hash", {**SIGNED, "pdf": "a"}),
        ("print_of_a_signed_pact_has_its_hash", {"pdf": "a", "pdf_sha256": "b"}),
    ],
)
def test_signatures_and_print_are_whole(case: Case, constraint: str, fields: dict[str, Any]) -> None:
    with refused(constraint):
        write(case, **fields)


def test_the_print_is_written_once(case: Case) -> None:
    pact = write(case, **SIGNED)
    assert ServicePact.objects.filter(pk=pact.pk).update(pdf="a", pdf_sha256="b") == 1
    with refused("a signed pact does not change"):
        ServicePact.objects.filter(pk=pact.pk).update(pdf="c")


@pytest.mark.parametrize(("state", "closed_on"), [("pending", date(2026, 5, 4)), ("done", None), ("abandoned", None)])
def test_a_closed_action_has_its_day(case: Case, state: str, closed_on: date | None) -> None:
    pact = write(case)
    with refused("closed_action_has_its_day"):
        PlannedAction.objects.create(pact=pact, text="Corso", due_on=date(2026, 6, 1), state=state, closed_on=closed_on)
