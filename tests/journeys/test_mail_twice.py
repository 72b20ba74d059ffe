"""Letters that two servers hand over in the same moment."""

import pytest

from candidates.models import InboundMessage
from candidates.services.mail_intake import Received, receive_mail
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.mail import letter
from tests.support.races import while_it_waits


def receive(raw: bytes) -> Received:
    return receive_mail(raw=raw, by=Scope.of_process("tests"))


@pytest.mark.django_db(transaction=True)
def test_the_same_letter_in_the_same_moment_is_one() -> None:
    seen: list[Received] = []
    while_it_waits(lambda: seen.append(receive(letter())), lambda: seen.append(receive(letter())))
    assert [r.is_new for r in seen] == [True, False]
    assert InboundMessage.objects.get() == seen[0].message == seen[1].message
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_letters_of_one_person_in_the_same_moment_get_one_answer() -> None:
    while_it_waits(lambda: receive(letter(number=1)), lambda: receive(letter(number=2)))
    assert (InboundMessage.objects.count(), Message.objects.count()) == (2, 1)
