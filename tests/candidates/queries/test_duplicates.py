"""Who resembles whom, and what an operator may know of it."""

from datetime import date
from typing import Any

import pytest

from candidates.enums import DuplicateGround
from candidates.models import Candidate, DuplicatePair
from candidates.queries.duplicates import (
    Traits,
    decidable_pair,
    holder_of,
    lookalikes,
    lookalikes_for,
    merges_in_force,
    open_pairs,
    pair_lines,
    records_of,
)
from candidates.services.merge import merge_candidates
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from tests.support.personas import make_candidate, make_case, make_member, make_operator, make_user, scope
from tests.support.queries import queries_of
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BORN = date(1985, 12, 10)
CODE, TWIN = "RSSMRA85T10A562S", "RSSMRA85T10A56NH"
WHO: dict[str, Any] = {"first_name": "Amina", "last_name": "D'Angelo Rossi", "birth_date": BORN}


def on_file(**fields: Any) -> Candidate:
    return make_candidate(**{**WHO, "email": "", "phone": "", **fields})


@pytest.mark.parametrize(
    ("known", "typed", "ground"),
    [
        ({}, {}, DuplicateGround.NAME),
        ({"first_name": "AMÍNA", "last_name": "d’angelo-rossi"}, {}, DuplicateGround.NAME),
        ({"first_name": "D'Angelo Rossi", "last_name": "Amina"}, {}, DuplicateGround.NAME),
        ({"tax_code": CODE}, {}, DuplicateGround.NAME),
        ({"tax_code": "12345678901"}, {"tax_code": CODE}, DuplicateGround.NAME),
        ({"tax_code": TWIN}, {"tax_code": CODE}, None),
        ({"birth_date": date(1985, 12, 11)}, {}, None),
        (
            {"birth_date": date(1985, 10, 12), "email": "Amina@example.org"},
            {"email": "amina@example.ORG"},
            DuplicateGround.CONTACT_AND_NAME,
        ),
        (
            {"last_name": "Rossi", "phone": "+393331234567"},
            {"phone": "+393331234567"},
            DuplicateGround.CONTACT_AND_BIRTH,
        ),
        (
            {"first_name": "Lina", "birth_date": date(1960, 1, 1), "phone": "+393331234567"},
            {"phone": "+393331234567"},
            None,
        ),
        ({"last_name": "Altra"}, {}, None),
    ],
)
def test_who_resembles_whom(known: dict[str, Any], typed: dict[str, Any], ground: DuplicateGround | None) -> None:
    person = on_file(**known)
    found = lookalikes(Traits(**{**WHO, **typed}))
    assert found == ([(person, ground)] if ground else [])


def test_traits_of_a_record_find_the_record_itself() -> None:
    person = on_file(tax_code=CODE, phone="+393331234567", email="a@example.org")
    assert Traits.of(person) == Traits(**WHO, tax_code=CODE, phone="+393331234567", email="a@example.org")
    assert lookalikes(Traits.of(person)) == [(person, DuplicateGround.NAME)]


def test_absorbed_records_resemble_nobody_and_their_code_leads_to_the_kept_one() -> None:
    kept, absorbed = on_file(tax_code=CODE), on_file(tax_code="12345678901", last_name="Rossi")
    merge_candidates(kept=kept, absorbed=absorbed, motive="stessa", by=Scope.of_process("test"))
    assert lookalikes(Traits("Amina", "Rossi", BORN)) == []
    assert (holder_of("12345678901"), holder_of(CODE), holder_of("")) == (kept, kept, None)


def test_an_operator_is_told_the_desk_of_whom_they_may_not_see() -> None:
    mine, theirs = make_desk(), make_desk()
    seen = make_candidate(mine, **WHO)
    hidden = make_case(theirs, candidate=make_candidate(mine, **WHO)).candidate
    by = scope(make_operator(mine))
    with queries_of() as queries:
        found = lookalikes_for(by, Traits(**WHO))
    assert len(queries) == 3
    assert {(f.candidate, f.visible, f.desk) for f in found} == {(seen, True, mine), (hidden, False, theirs)}


def test_pairs_of_two_desks_are_decided_by_a_coordinator() -> None:
    mine, theirs = make_desk(), make_desk()
    pair = DuplicatePair.objects.create(first=make_candidate(mine), second=make_candidate(theirs), ground="name")
    operator = scope(make_operator(mine))
    coordinator = scope(make_member(Role.COORDINATOR, mine.managed_by, mine))
    stranger = scope(make_member(Role.COORDINATOR, make_desk().managed_by, make_desk()))
    assert [open_pairs(who).count() for who in (operator, coordinator, stranger, Scope())] == [1, 1, 0, 0]
    (line,) = pair_lines(operator, [pair])
    assert (line.people, line.elsewhere, line.decidable) == ((pair.first,), theirs, False)
    (line,) = pair_lines(coordinator, [pair])
    assert (line.people, line.elsewhere, line.decidable) == ((pair.first, pair.second), None, True)
    assert [DuplicatePair.objects.decidable_by(who).count() for who in (operator, coordinator, stranger)] == [0, 1, 0]
    assert decidable_pair(coordinator, pair.pk) == pair


def test_the_record_with_a_case_then_with_an_account_then_the_older_is_kept() -> None:
    desk = make_desk()
    older, account, case = make_candidate(desk), make_candidate(desk, user=make_user()), make_case(desk).candidate
    for first, second in ((case, account), (account, older)):
        pair = DuplicatePair.objects.create(first=second, second=first, ground="name")
        assert [record.candidate for record in records_of(pair)] == [first, second]
    assert [(r.desk, r.has_open_case) for r in records_of(DuplicatePair(first=older, second=case))] == [
        (desk, True),
        (desk, False),
    ]


def test_what_is_undone_cannot_be_undone_again() -> None:
    desk = make_desk()
    by = scope(make_operator(desk))
    merge = merge_candidates(kept=make_candidate(desk), absorbed=make_candidate(desk), motive="stessa", by=by)
    assert list(merges_in_force(by)) == [merge]
    assert list(merges_in_force(scope(make_operator()))) == []
