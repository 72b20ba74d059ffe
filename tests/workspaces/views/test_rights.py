"""What a person asks of their own data, and what a coordinator does for who asks at the desk."""

import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from candidates.enums import FilePart, ReadingPurpose
from candidates.models import Candidate
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.core.models import AccessLogEntry
from tests.support.personas import PASSWORD, make_candidate, make_case, make_member, make_user, signed_in
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

ERASE = reverse("erase_me")


def me() -> tuple[User, Candidate]:
    user = make_user()
    return user, make_candidate(make_desk(), user=user)


def test_a_person_takes_a_copy_away() -> None:
    user, person = me()
    response = signed_in(user).get(reverse("my_data_copy"))
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/zip",
        'attachment; filename="i-miei-dati.zip"',
    )
    archive = zipfile.ZipFile(BytesIO(b"".join(response)))
    assert archive.namelist() == ["dati.html", "dati.json"]
    assert person.last_name in archive.read("dati.html").decode()


def test_an_empty_form_erases_nobody() -> None:
    user, person = me()
    client = signed_in(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    response = client.post(ERASE, {})
    assert "Se vuoi cancellare i tuoi dati, metti la spunta qui." in response.content.decode()
    assert (response.status_code, Candidate.objects.get(pk=person.pk).erased_at) == (422, None)


def test_nobody_is_erased_before_the_password() -> None:
    user, person = me()
    client = signed_in(user)
    question = client.post(ERASE, {"understood": "on"})
    assert (question.status_code, Candidate.objects.get(pk=person.pk).erased_at) == (302, None)
    wrong = client.post(question.url, {"password": "un'altra frase lunga"})  # type: ignore[attr-defined]
    assert (wrong.status_code, Candidate.objects.get(pk=person.pk).erased_at) == (200, None)


def test_a_person_erases_themself_and_is_out() -> None:
    user, person = me()
    client = signed_in(user)
    question = client.post(ERASE, {"understood": "on"})
    page = client.post(question.url, {"password": PASSWORD}, follow=True)  # type: ignore[attr-defined]
    assert "I tuoi dati sono cancellati" in page.content.decode()
    assert user.last_name not in page.content.decode()
    assert Candidate.objects.get(pk=person.pk).erased_at is not None
    assert not User.objects.filter(pk=user.pk).exists()
    assert client.get(reverse("home")).status_code == 302


def test_a_coordinator_erases_who_asked_at_the_desk() -> None:
    desk = make_desk()
    person = make_case(desk).candidate
    coordinator = make_member(Role.COORDINATOR, desk.managed_by, desk)
    client = signed_in(coordinator)
    url = reverse("erase_at_desk", kwargs={"candidate": person.pk})
    client.post(reverse("reading_reason", kwargs={"candidate": person.pk}), {"purpose": ReadingPurpose.CONTACT})
    refused = client.post(url, {"motive": "Di persona"})
    assert (refused.status_code, "Di persona" in refused.content.decode()) == (422, True)
    assert client.post(url, {"motive": "Di persona", "understood": "on"}).status_code == 302
    assert Candidate.objects.get(pk=person.pk).erased_at is not None
    assert client.get(reverse("case_file", kwargs={"candidate": person.pk})).status_code == 404


def test_an_operator_gives_a_copy_and_it_is_written_down() -> None:
    desk = make_desk()
    operator = make_member(Role.OPERATOR, desk.managed_by, desk)
    person = make_case(desk, operator=operator).candidate
    client = signed_in(operator)
    assert client.get(reverse("person_data_copy", kwargs={"candidate": person.pk})).status_code == 200
    assert [entry.part for entry in AccessLogEntry.objects.filter(subject_id=person.pk)] == [FilePart.DATA_COPY]
    assert client.get(reverse("erase_at_desk", kwargs={"candidate": person.pk})).status_code == 404
