"""What was written to a person, in words."""

import pytest

from candidates.models import BookingInvitation
from candidates.queries.notices import notices_of, open_invitation, preference_of
from candidates.services.invitation import invite_to_book
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.agenda import make_open_desk
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db


def test_ones_own_messages_with_why_and_how_they_went() -> None:
    desk = make_open_desk()
    mine, other = make_candidate(desk), make_candidate(desk)
    for person in (mine, other):
        invite_to_book(candidate=person, desk=desk, by=Scope.of_process("tests"))
    assert [(str(n.purpose), n.text, str(n.channel), str(n.state), n.failed) for n in notices_of(mine)] == [
        (
            "Chiedere alla persona di prenotare un incontro",
            "Prenota il tuo incontro con lo sportello",
            "E-mail",
            "In coda",
            False,
        )
    ]
    Message.objects.update(state="failed")
    assert [n.failed for n in notices_of(mine)] == [True]
    asked = open_invitation(mine)
    assert asked is not None
    assert (asked.candidate, preference_of(mine).channel) == (mine, "email")
    BookingInvitation.objects.filter(pk=asked.pk).delete()
    assert open_invitation(mine) is None
