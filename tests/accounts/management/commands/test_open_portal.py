"""The words of the command: a link that opens, or one sentence that says why not."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from sportello.accounts.enums import Role
from sportello.accounts.models import Invitation
from tests.support.personas import make_member
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db


def run(agency: str = "AFOL Prova", email: str = "prima@example.org") -> str:
    said = StringIO()
    call_command("open_portal", agency=agency, email=email, stdout=said)
    return said.getvalue()


def test_the_link_it_prints_opens_the_invitation() -> None:
    sentence, link, _end = run().split("\n")
    assert sentence.startswith("L'invito per prima@example.org è pronto.")
    page = Client().get(link.removeprefix("http://127.0.0.1:8000"))
    assert (page.status_code, page.context["invitation"]) == (200, Invitation.objects.get())
    assert run().split("\n")[1] == link


@pytest.mark.parametrize(
    ("agency", "email", "sentence"),
    [("AFOL", "nessuno", "non è un indirizzo e-mail"), ("  ", "a@example.org", "Scrivi il nome dell'agenzia")],
)
def test_a_slip_is_named_and_nothing_is_written(agency: str, email: str, sentence: str) -> None:
    with pytest.raises(CommandError, match=sentence):
        run(agency, email)
    assert Invitation.objects.count() == 0


def test_who_administers_already_invites_the_next() -> None:
    make_member(Role.ADMINISTRATOR, make_organisation())
    with pytest.raises(CommandError, match="ha già chi lo amministra"):
        run()
