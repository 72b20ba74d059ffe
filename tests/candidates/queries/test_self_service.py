"""Who opened my file, in words."""

from datetime import UTC, datetime

import pytest

from candidates.queries.self_service import own_accesses
from sportello.core.models import AccessLogEntry
from tests.support.personas import make_candidate
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


def read(person: object, day: int, label: str = "operator @ AFOL") -> None:
    AccessLogEntry.objects.create(
        subject_id=person.pk,  # type: ignore[attr-defined]
        actor_label=label,
        part="case_file",
        purpose="contact",
        at=datetime(2026, 5, day, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("label", "who"),
    [
        ("operator @ AFOL", "Operatrice o operatore, AFOL"),
        (
            "operator @ AFOL; official @ Comune di Segrate",
            "Operatrice o operatore, AFOL; Funzionaria o funzionario comunale, Comune di Segrate",
        ),
        ("vacancy expiry", "vacancy expiry"),
        ("someone @ nowhere", "someone @ nowhere"),
    ],
)
def test_the_reader_is_named_by_office(label: str, who: str) -> None:
    person = make_candidate()
    read(person, 4, label)
    assert [access.who for access in own_accesses(person)] == [who]


def test_the_newest_readings_of_mine_come_first_in_one_query() -> None:
    person, other = make_candidate(), make_candidate()
    costs = []
    for days in ((4,), (6, 5)):
        for day in days:
            read(person, day)
        read(other, 7)
        with queries_of() as queries:
            found = own_accesses(person)
        costs.append(len(queries))
    assert [access.at.day for access in found] == [6, 5, 4]
    assert [access.at.day for access in own_accesses(person, limit=2)] == [6, 5]
    assert costs == [1, 1]
