"""The five steps, online and at the desk."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlparse

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import Candidate, Intake, RegistrationDraft
from sportello.accounts.adapters import AccountAdapter
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.core.models import Message
from sportello.reference.models import DrivingLicence, EducationLevel, Occupation
from sportello.territory.models import Desk
from tests.support.personas import make_candidate, make_member, make_operator, make_user, signed_in
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.usefixtures("vocabulary")

WHO = {
    "first_name": "Amina",
    "last_name": "D'Angelo-Rossi",
    "birth_date_day": "10",
    "birth_date_month": "12",
    "birth_date_year": "1985",
    "sex": "F",
    "tax_code": "rssmra85t10a562s",
    "identity_document": "",
    "citizenship": "IT",
}
WHERE = {"residence": "segrate", "address": "Via Roma 1", "phone": "333 1234567", "email": "amina@example.org"}


def job() -> dict[str, Any]:
    return {
        "employment_situation": "jobless",
        "wanted": "muratore",
        "occupations": [str(Occupation.objects.get(code="bricklayer").pk)],
        "years": "4",
        "hours_wanted": "any",
        "max_travel_km": "15",
    }


def skills() -> dict[str, Any]:
    level = EducationLevel.objects.first()
    assert level is not None
    return {"education_level": str(level.pk), "italian": "B1"}


@pytest.fixture
def desk() -> Desk:
    segrate = make_municipality(name="Segrate")
    return make_desk(municipality=segrate, serves=[segrate])


def step(client: Client, number: int, data: dict[str, Any], **kwargs: Any) -> Any:
    return client.post(reverse("registration_step", kwargs={"step": number}), data, **kwargs)


def to_the_last_step(client: Client) -> None:
    client.post(reverse("registration_start"))
    for number, data in enumerate((WHO, WHERE, job(), skills()), start=1):
        answer = step(client, number, data)
        assert answer.status_code == 302, answer.context["form"].errors


SEND = {"privacy": "on", "password": "tre parole lunghe"}


def link_in(message: Message, word: str) -> str:
    return urlparse(next(part for part in message.body.split() if word in part)).path


def test_online_registration_gives_account_person_and_receipt(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    summary = client.get(reverse("registration_step", kwargs={"step": 5})).content.decode()
    for text in ("Amina D&#x27;Angelo-Rossi", "RSSMRA85T10A562S", "Segrate (MI)", "muratore/trice", "15 km"):
        assert text in summary
    page = step(client, 5, SEND, follow=True).content.decode()
    assert "Controlla la tua posta" in page
    intake = Intake.objects.get()
    assert intake.receipt not in page
    assert (intake.desk, intake.candidate.user.email) == (desk, "amina@example.org")  # type: ignore[union-attr]
    assert RegistrationDraft.objects.get().data == {}
    receipt = Message.objects.get()
    assert receipt.kind == "registration_receipt"
    confirm = link_in(receipt, "conferma/")
    phone = Client()
    assert phone.get(confirm).status_code == 200
    assert not EmailAddress.objects.get().verified
    page = phone.post(confirm, follow=True).content.decode()
    assert intake.receipt in page
    assert EmailAddress.objects.get().verified
    assert "non vale più" in Client().post(confirm).content.decode()


def test_permit_and_language_of_a_person_from_far_away_are_kept(desk: Desk) -> None:
    client = Client(headers={"Accept-Language": "en"})
    client.post(reverse("registration_start"))
    step(client, 1, {**WHO, "citizenship": "XX"})
    assert "work_permit_until_day" in client.get(reverse("registration_step", kwargs={"step": 2})).content.decode()
    permit = {"work_permit_until_day": "1", "work_permit_until_month": "9", "work_permit_until_year": "2027"}
    for number, data in enumerate(({**WHERE, **permit}, job(), skills(), SEND), start=2):
        assert step(client, number, data).status_code == 302
    person = Candidate.objects.get()
    assert (str(person.profile.work_permit_until), person.language) == ("2027-09-01", "en")


def test_sending_twice_ends_on_the_same_page(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    pages = [step(client, 5, SEND, follow=True).content for _ in range(2)]
    assert pages[0] == pages[1]
    assert Candidate.objects.count() == Message.objects.count() == 1


@pytest.mark.parametrize("known", ["tax_code", "email"])
def test_page_does_not_tell_who_is_registered_and_the_owner_gets_a_way_in(desk: Desk, known: str) -> None:
    stranger = Client()
    to_the_last_step(stranger)
    new = step(stranger, 5, SEND, follow=True)
    Message.objects.all().delete()
    Candidate.objects.all().delete()
    User.objects.all().delete()
    RegistrationDraft.objects.all().delete()
    owner = make_user(email="titolare@example.org" if known == "tax_code" else "amina@example.org")
    make_candidate(desk, user=owner, tax_code="RSSMRA85T10A562S" if known == "tax_code" else "")
    client = Client()
    to_the_last_step(client)
    old = step(client, 5, SEND, follow=True)
    assert (old.status_code, old.redirect_chain) == (new.status_code, new.redirect_chain)
    assert old.content == new.content
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("account_known", owner.email)
    assert reverse("account_login") in message.body
    assert (Candidate.objects.count(), User.objects.count()) == (1, 1)


def test_known_person_without_account_is_mailed_the_door(desk: Desk) -> None:
    person = make_candidate(desk, tax_code="RSSMRA85T10A562S", email="vecchia@example.org")
    for _ in range(2):
        client = Client()
        to_the_last_step(client)
        step(client, 5, SEND)
    message = Message.objects.get()
    assert (message.kind, message.recipient) == ("account_door", "vecchia@example.org")
    assert Client().get(link_in(message, "entra/")).status_code == 200
    person.refresh_from_db()
    assert person.user is None


def test_who_is_signed_in_keeps_the_account(desk: Desk) -> None:
    user = make_user(email="mia@example.org")
    client = signed_in(user)
    client.post(reverse("registration_start"))
    for number, data in enumerate((WHO, WHERE, job(), skills(), {"privacy": "on"}), start=1):
        if number == 2:
            assert (
                'value="mia@example.org"'
                in client.get(reverse("registration_step", kwargs={"step": 2})).content.decode()
            )
        answer = step(client, number, data, follow=True)
    assert answer.request["PATH_INFO"] == reverse("registration_receipt")
    assert Candidate.objects.get().user == user
    assert client.get(reverse("registration_start")).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("birth_date_year", "2090", "futuro"),
        ("birth_date_year", "1890", "troppo lontano"),
        ("birth_date_day", "31", "non esiste"),
        ("birth_date_year", "2015", "dai 16 anni"),
        ("tax_code", "RSSMRA85T10A562T", "non è corretto"),
        ("first_name", "🙂", "solo lettere"),
        ("first_name", "A" * 300, "più di 100 caratteri"),
        ("last_name", "Rossi\x00", "non si vede"),
    ],
)
def test_bad_input_gets_a_sentence_beside_its_field_and_nothing_typed_is_lost(
    desk: Desk, field: str, value: str, sentence: str
) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    data = {**WHO, field: value}
    if field == "birth_date_day":
        data["birth_date_month"] = "2"
    answer = step(client, 1, data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="rssmra85t10a562s"' in page or field == "tax_code"
    assert Candidate.objects.count() == 0


def test_tax_code_of_another_birthday_is_told(desk: Desk) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    answer = step(client, 1, {**WHO, "birth_date_day": "11"})
    assert answer.context["form"].errors == {
        "tax_code": ["Il codice fiscale non corrisponde alla data di nascita che hai scritto."]
    }


def test_searching_a_job_keeps_everything_and_proposes(desk: Desk) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    step(client, 1, WHO)
    step(client, 2, WHERE)
    typed = {**job(), "occupations": [], "wanted": "badante", "max_travel_km": "7", "search": "1"}
    page = step(client, 3, typed)
    badante = Occupation.objects.get(code="home-care-aide")
    assert page.status_code == 200
    assert str(badante.pk) in page.content.decode()
    assert 'value="7"' in page.content.decode()


def test_words_that_name_no_job_are_told_on_the_page(desk: Desk) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    step(client, 1, WHO)
    step(client, 2, WHERE)
    page = step(client, 3, {**job(), "occupations": [], "wanted": "xyzzy qwerty", "search": "1"})
    assert page.status_code == 200
    assert "Non troviamo un mestiere sicuro: prova con altre parole." in page.content.decode()


@pytest.mark.parametrize("number", [1, 2])
def test_only_the_step_about_work_searches(desk: Desk, number: int) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    step(client, 1, WHO)
    page = step(client, number, {"search": "1"})
    assert page.status_code == 422
    assert type(page.context["form"]).__name__ == {1: "WhoForm", 2: "WhereForm"}[number]


def reached(client: Client, number: int) -> str:
    return client.get(reverse("registration_step", kwargs={"step": number})).content.decode()


def test_going_back_keeps_the_page_and_tells_again_what_was_wrong(desk: Desk) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    step(client, 1, WHO)
    left = step(client, 2, {"residence": "Segrate", "phone": "12", "back": "1"})
    assert left.url == reverse("registration_step", kwargs={"step": 1})
    page = reached(client, 2)
    assert 'value="Segrate"' in page
    assert 'value="12"' in page
    form = client.get(reverse("registration_step", kwargs={"step": 2})).context["form"]
    assert list(form.errors) == ["phone"], "what is not yet answered is no mistake"
    assert step(client, 2, WHERE).url == reverse("registration_step", kwargs={"step": 3})


def test_going_back_with_a_complete_page_counts_as_saved(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    step(client, 3, {**job(), "max_travel_km": "33", "back": "1"})
    assert "33 km" in reached(client, 5)


def test_a_page_spoilt_on_the_way_back_is_not_sent(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    step(client, 1, {**WHO, "tax_code": "ABC", "back": "1"})
    assert step(client, 5, SEND).url == reverse("registration_step", kwargs={"step": 1})
    assert not Candidate.objects.exists()
    assert 'value="ABC"' in reached(client, 1)


def test_chosen_boxes_are_kept_when_the_page_is_left_for_later(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    licence = DrivingLicence.objects.get(code="B")
    left = step(client, 4, {"licences": [str(licence.pk)], "education_level": "", "later": "1"}, follow=True)
    assert left.request["PATH_INFO"] == reverse("registration_saved")
    assert reverse("registration_step", kwargs={"step": 4}) in left.content.decode()
    assert client.get(reverse("registration_step", kwargs={"step": 4})).context["form"]["licences"].value() == [
        str(licence.pk)
    ]


def test_address_typed_on_an_unfinished_page_receives_the_link(desk: Desk) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    step(client, 1, WHO)
    page = step(client, 2, {"email": "amina@example.org", "later": "1"}, follow=True).content.decode()
    assert reverse("registration_send_link") in page
    assert "amina@example.org" in client.post(reverse("registration_send_link")).content.decode()
    assert Message.objects.get().recipient == "amina@example.org"


def test_no_password_is_kept(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    assert step(client, 5, {**SEND, "back": "1"}).url == reverse("registration_step", kwargs={"step": 4})
    assert "tre parole lunghe" not in str(RegistrationDraft.objects.get().data)
    assert not Candidate.objects.exists()


def test_page_of_what_is_saved_without_a_draft_begins(desk: Desk) -> None:
    assert Client().get(reverse("registration_saved")).url == reverse("registration_start")  # type: ignore[attr-defined]


def test_operator_goes_back_without_losing_the_page(desk: Desk) -> None:
    client = signed_in(make_operator(desk))
    first = client.post(reverse("assisted_registration_start")).url  # type: ignore[attr-defined]
    second = client.post(first, WHO).url  # type: ignore[attr-defined]
    assert client.post(second, {"address": "Via Roma 1", "back": "1"}).url == first  # type: ignore[attr-defined]
    assert 'value="Via Roma 1"' in client.get(second).content.decode()


def test_each_skill_stands_once_and_the_long_list_is_folded(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    answer = client.get(reverse("registration_step", kwargs={"step": 4}))
    skills_proposed = [key for key, _label in answer.context["form"].fields["skills"].choices]
    assert len(skills_proposed) > 8
    page = answer.content.decode()
    assert [page.count(f'value="{key}"') for key in skills_proposed] == [1] * len(skills_proposed)
    assert page.index("Guarda altre competenze") > page.index(skills_proposed[7])
    assert page.index("Guarda altre competenze") < page.index(skills_proposed[8])


def test_words_and_their_button_stand_together(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    page = client.get(reverse("registration_step", kwargs={"step": 3})).content.decode()
    between = page[page.index('name="wanted"') : page.index('name="search"')]
    assert "<input" not in between
    assert "sp-field" not in between


def test_login_before_the_link_answers_as_to_a_wrong_password(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    step(client, 5, SEND)
    make_user(email="altra@example.org")
    login = reverse("account_login")
    pages = [
        Client().post(login, {"login": "amina@example.org", "password": SEND["password"]}),
        Client().post(login, {"login": "altra@example.org", "password": SEND["password"]}),
    ]
    assert [page.status_code for page in pages] == [200, 200]
    assert pages[0].context["form"].errors == pages[1].context["form"].errors
    phone = Client()
    phone.post(link_in(Message.objects.get(), "conferma/"))
    assert Client().post(login, {"login": "amina@example.org", "password": SEND["password"]}).status_code == 302


def test_new_password_by_mail_proves_the_address(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    step(client, 5, SEND)
    user = User.objects.get(email="amina@example.org")
    AccountAdapter().set_password(user, "quattro parole molto lunghe")
    entered = Client().post(
        reverse("account_login"), {"login": "amina@example.org", "password": "quattro parole molto lunghe"}
    )
    assert entered.status_code == 302


def test_no_step_can_be_jumped(desk: Desk) -> None:
    client = Client()
    client.post(reverse("registration_start"))
    assert client.get(reverse("registration_step", kwargs={"step": 4})).url == reverse(  # type: ignore[attr-defined]
        "registration_step", kwargs={"step": 1}
    )


def test_draft_of_another_browser_is_not_mine(desk: Desk) -> None:
    mine = Client()
    to_the_last_step(mine)
    assert Client().get(reverse("registration_step", kwargs={"step": 5})).url == reverse(  # type: ignore[attr-defined]
        "registration_start"
    )


def test_link_by_email_resumes_on_another_device(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    client.post(reverse("registration_send_link"))
    link = next(line for line in Message.objects.get().body.splitlines() if "riprendi" in line)
    phone = Client()
    assert phone.get(urlparse(link).path).url == reverse("registration_step", kwargs={"step": 5})  # type: ignore[attr-defined]
    assert "RSSMRA85T10A562S" in phone.get(reverse("registration_step", kwargs={"step": 5})).content.decode()


def test_expired_draft_begins_again_with_a_sentence(desk: Desk) -> None:
    client = Client()
    to_the_last_step(client)
    RegistrationDraft.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.get(reverse("registration_step", kwargs={"step": 5}), follow=True)
    assert "scaduta" in answer.content.decode()


def test_operator_registers_a_person_without_account(desk: Desk) -> None:
    operator = make_operator(desk)
    client = signed_in(operator)
    url = client.post(reverse("assisted_registration_start")).url  # type: ignore[attr-defined]
    for number, data in enumerate((WHO, {**WHERE, "email": ""}, job(), skills(), {"privacy": "on"}), start=1):
        answer = client.post(url, data)
        assert answer.status_code == 302, (number, answer.context["form"].errors)
        url = answer.url  # type: ignore[attr-defined]
    intake = Intake.objects.get()
    assert (intake.channel, intake.desk, intake.registered_by, intake.candidate.user) == ("desk", desk, operator, None)
    assert intake.receipt in client.get(url).content.decode()


def test_operator_of_several_desks_says_where_they_are(desk: Desk) -> None:
    other, foreign = make_desk(), make_desk()
    client = signed_in(make_member(Role.OPERATOR, desk.managed_by, desk, other))
    url = reverse("assisted_registration_start")
    asked = client.post(url)
    assert asked.status_code == 200
    assert {str(label) for _, label in asked.context["form"].fields["desk"].choices} == {desk.name, other.name}
    assert client.post(url, {"desk": foreign.pk}).status_code == 422
    assert client.post(url, {"desk": other.pk}).status_code == 302
    assert RegistrationDraft.objects.get().desk == other


def test_finished_draft_leads_to_the_receipt(desk: Desk) -> None:
    client = signed_in(make_operator(desk))
    url = client.post(reverse("assisted_registration_start")).url  # type: ignore[attr-defined]
    for data in (WHO, WHERE, job(), skills(), {"privacy": "on"}):
        last, url = url, client.post(url, data).url  # type: ignore[attr-defined]
    assert client.post(last, {"privacy": "on"}).url == url  # type: ignore[attr-defined]
    assert Intake.objects.count() == 1


def test_known_tax_code_shows_the_operator_the_record(desk: Desk) -> None:
    client = signed_in(make_operator(desk))
    url = client.post(reverse("assisted_registration_start")).url  # type: ignore[attr-defined]
    for data in (WHO, WHERE, job(), skills()):
        url = client.post(url, data).url  # type: ignore[attr-defined]
    make_candidate(desk, tax_code="RSSMRA85T10A562S")
    answer = client.post(url, {"privacy": "on"})
    assert answer.status_code == 409
    assert reverse("case_file", kwargs={"candidate": Candidate.objects.get().pk}) in answer.content.decode()


def test_another_operators_draft_does_not_exist(desk: Desk) -> None:
    url = signed_in(make_operator(desk)).post(reverse("assisted_registration_start")).url  # type: ignore[attr-defined]
    assert signed_in(make_operator(desk)).get(url).status_code == 404
