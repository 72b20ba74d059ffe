"""What one page about a person joins, and for whom."""

from datetime import date

import pytest

from candidates.enums import ContactChannel, NoteVisibility
from candidates.models import Contact
from sportello.accounts.enums import Role
from sportello.workspaces.queries.timeline import timeline
from tests.support.personas import make_case, make_member, make_operator, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_a_desks_own_notes_are_read_at_that_desk_alone() -> None:
    here, there = make_desk(), make_desk()
    case = make_case(here)
    for desk in (here, there):
        for visibility in NoteVisibility:
            Contact.objects.create(
                candidate=case.candidate,
                desk=desk,
                residence=case.residence,
                channel=ContactChannel.PHONE,
                happened_on=date(2026, 3, 10),
                reason=f"{'qui' if desk == here else 'altrove'}-{visibility}",
                visibility=visibility,
            )
    both = make_member(Role.OPERATOR, here.managed_by, here, there)
    for reader, expected in (
        (make_operator(here), {"qui-shared", "qui-desk", "altrove-shared"}),
        (make_operator(there), {"altrove-shared", "altrove-desk", "qui-shared"}),
        (both, {"qui-shared", "qui-desk", "altrove-shared", "altrove-desk"}),
    ):
        events = timeline(case.candidate, scope(reader))
        assert {str(e.title) for e in events if "-" in str(e.title)} == expected
