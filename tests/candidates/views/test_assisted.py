"""The ways in which an operator registers a person, and what they see when the person resembles somebody on file."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from candidates.models import Candidate, DuplicatePair, Intake, RegistrationDraft
from candidates.states import DuplicateState
from sportello.core.models import Message
from sportello.territory.models import Desk
from tests.candidates.views.test_registration import WHERE, WHO, job, skills
from tests.support.agenda import make_rules
from tests.support.personas import make_candidate, make_case, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.usefixtures("vocabulary")

ALIKE: dict[str, Any] = {"first_name": "Amina", "last_name": "D'Angelo Rossi", "birth_date": date(1985, 12, 10)}


@pytest.fixture
def desk() -> Desk:
    segrate = make_municipality(name="Segrate")
    return make_desk(municipality=segrate, serves=[segrate])


@pytest.fixture
def client(desk: Desk) -> Client:
    return signed_in(make_operator(desk))


def begin(client: Client) -> str:
    return str(client.post(reverse("assisted_registration_start")).url)  # type: ignore[attr-defined]


def to_the_contacts(client: Client) -> Any:
    return client.post(str(client.post(begin(client), WHO).url), WHERE)  # type: ignore[attr-defined]


def finish(client: Client, draft: RegistrationDraft) -> Any:
    def page(step: int) -> str:
        return reverse("assisted_registration_step", kwargs={"draft": draft.pk, "step": step})

    for number, data in ((3, job()), (4, skills())):
        assert client.post(page(number), data).status_code == 302
    return client.post(page(5), {"privacy": "on"})


def test_who_resembles_nobody_goes_on(client: Client) -> None:
    assert to_the_contacts(client).url.endswith("/passo/3/")


def test_a_lookalike_is_shown_and_going_on_needs_a_motive(client: Client, desk: Desk) -> None:
    known = make_candidate(desk, **ALIKE)
    page = to_the_contacts(client).url
    draft = RegistrationDraft.objects.get()
    assert page == reverse("lookalikes", kwargs={"draft": draft.pk})
    text, queries = asked(client, page)
    assert queries <= 10
    assert reverse("case_file", kwargs={"candidate": known.pk}) in text
    assert client.post(page, {"motive": " "}).status_code == 422
    assert client.post(page, {"motive": "cugina omonima"}).url.endswith("/passo/3/")  # type: ignore[attr-defined]
    assert finish(client, draft).status_code == 302
    pair = DuplicatePair.objects.get()
    assert (pair.first, pair.state, pair.motive) == (known, DuplicateState.DIFFERENT, "cugina omonima")


def test_nothing_is_sent_while_a_lookalike_waits_for_an_answer(client: Client, desk: Desk) -> None:
    to_the_contacts(client)
    draft = RegistrationDraft.objects.get()
    make_candidate(desk, **ALIKE)
    assert finish(client, draft).url == reverse("lookalikes", kwargs={"draft": draft.pk})
    assert Candidate.objects.count() == 1


def test_of_a_person_of_another_desk_only_the_desk_is_told(client: Client) -> None:
    other = make_desk(name="Sportello di Lodi", phone="0371 99")
    make_case(other, candidate=make_candidate(other, **{**ALIKE, "email": "segreta@example.org"}))
    page = client.get(to_the_contacts(client).url).content.decode()
    assert "chiama Sportello di Lodi" in page
    assert "segreta@example.org" not in page
    assert str(Candidate.objects.get().pk) not in page
    draft = RegistrationDraft.objects.get()
    client.post(reverse("lookalikes", kwargs={"draft": draft.pk}), {"motive": "dice di no"})
    finish(client, draft)
    assert DuplicatePair.objects.get().state == DuplicateState.OPEN, "who could not look does not decide"


def test_a_tax_code_on_file_is_told_at_the_first_step(client: Client, desk: Desk) -> None:
    known = make_candidate(desk, tax_code="RSSMRA85T10A562S")
    answer = client.post(begin(client), WHO)
    assert answer.status_code == 409
    assert reverse("case_file", kwargs={"candidate": known.pk}) in answer.content.decode()


def test_online_nobody_learns_of_a_lookalike_and_the_desk_finds_the_pair(desk: Desk) -> None:
    make_candidate(desk, **ALIKE)
    visitor = Client()
    visitor.post(reverse("registration_start"))
    for number, data in enumerate((WHO, WHERE, job(), skills()), start=1):
        answer = visitor.post(reverse("registration_step", kwargs={"step": number}), data)
        assert answer.url == reverse("registration_step", kwargs={"step": number + 1})  # type: ignore[attr-defined]
    visitor.post(reverse("registration_step", kwargs={"step": 5}), {"privacy": "on", "password": "tre parole lunghe"})
    assert DuplicatePair.objects.get().state == DuplicateState.OPEN
    page = signed_in(make_operator(desk)).get(reverse("duplicates")).content.decode()
    assert "Confronta le due schede" in page


QUICK = {
    **{name: value for name, value in WHO.items() if name not in ("tax_code", "identity_document")},
    "residence": "segrate",
    "phone": "333 1234567",
    "employment_situation": "jobless",
    "reason": "cerca pulizie",
    "privacy": "on",
}


def walk_in(client: Client) -> str:
    return str(client.post(reverse("assisted_registration_start"), {"way": "walk_in"}).url)  # type: ignore[attr-defined]


def test_who_walks_in_is_registered_in_one_page(client: Client) -> None:
    url = walk_in(client)
    text, queries = asked(client, url)
    assert queries <= 10
    assert "Registrazione veloce" in text
    answer = client.post(url, QUICK, follow=True)
    intake = Intake.objects.get()
    assert intake.receipt in answer.content.decode()
    assert (intake.channel, intake.reason, intake.candidate.profile.is_complete) == ("desk", "cerca pulizie", False)
    assert RegistrationDraft.objects.get().data == {}
    assert client.get(url).url == reverse("assisted_receipt", kwargs={"candidate": intake.candidate_id})  # type: ignore[attr-defined]
    arrivals = client.get(reverse("intakes")).content.decode()
    assert "Da completare" in arrivals
    assert "cerca pulizie" in arrivals


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"privacy": ""}, {"privacy"}),
        ({"phone": ""}, {"phone"}),
        ({"phone": "", "no_contact": "on"}, set()),
        ({"no_contact": "on"}, {"no_contact"}),
        ({"tax_code": "ABC"}, {"tax_code"}),
        ({"birth_date_day": "11", "tax_code": "RSSMRA85T10A562S"}, {"tax_code"}),
        ({"employment_situation": ""}, {"employment_situation"}),
    ],
)
def test_the_page_asks_for_the_least(client: Client, data: dict[str, str], errors: set[str]) -> None:
    answer = client.post(walk_in(client), {**QUICK, **data})
    assert answer.status_code == (422 if errors else 302)
    assert set(answer.context["form"].errors if errors else ()) == errors


def test_a_lookalike_stops_who_walks_in_once(client: Client, desk: Desk) -> None:
    known = make_candidate(desk, **ALIKE)
    url = walk_in(client)
    page = client.post(url, QUICK).url  # type: ignore[attr-defined]
    assert page == reverse("lookalikes", kwargs={"draft": RegistrationDraft.objects.get().pk})
    assert 'value="Amina"' in client.get(url).content.decode()
    answer = client.post(page, {"motive": "cugina"}, follow=True)
    assert "Registrazione ricevuta" in answer.content.decode()
    assert DuplicatePair.objects.get().first == known


def test_on_the_telephone_the_notice_is_read_and_the_receipt_goes_where_asked(
    client: Client, settings: Settings
) -> None:
    settings.SMS_DRIVER = "console"
    make_rules()
    first = client.post(reverse("assisted_registration_start"), {"way": "phone"}).url  # type: ignore[attr-defined]
    url = first
    for data in (WHO, WHERE, job(), skills()):
        url = client.post(url, data).url  # type: ignore[attr-defined]
    assert "al telefono" in client.get(url).content.decode()
    assert set(client.post(url, {}).context["form"].errors) == {"privacy", "receipt_by"}
    client.post(url, {"privacy": "on", "receipt_by": "sms"})
    intake = Intake.objects.get()
    assert (intake.channel, Message.objects.get().channel) == ("phone", "sms")


def test_half_done_registrations_are_resumed_or_dropped_by_who_serves_the_desk(client: Client, desk: Desk) -> None:
    url = begin(client)
    client.post(url, WHO)
    colleague = signed_in(make_operator(desk))
    text, queries = asked(colleague, reverse("half_done_list"))
    assert queries <= 10
    assert "D&#x27;Angelo-Rossi" in text
    draft = RegistrationDraft.objects.get()
    assert colleague.get(url).status_code == 404
    resumed = colleague.post(reverse("resume_draft", kwargs={"draft": draft.pk}))
    assert resumed.url == reverse("assisted_registration_step", kwargs={"draft": draft.pk, "step": 2})  # type: ignore[attr-defined]
    assert client.get(url).status_code == 404
    stranger = signed_in(make_operator())
    drop = reverse("drop_draft", kwargs={"draft": draft.pk})
    assert stranger.post(drop).status_code == 404
    assert "eliminata" in colleague.post(drop, follow=True).content.decode()
    assert not RegistrationDraft.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(client: Client, number: int) -> None:
    for _ in range(number):
        begin(client)
    text, queries = asked(client, reverse("half_done_list"))
    assert queries <= 10
    assert text.count("Senza nome") == number
