"""The kiosk: no right of whoever opened it, no trace of whoever used it, the same page for everybody who sends."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import Candidate, Intake, Kiosk, RegistrationDraft
from sportello.accounts.models import User
from sportello.territory.models import Desk
from tests.candidates.views.test_registration import WHERE, WHO, job, skills
from tests.support.personas import make_candidate, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.usefixtures("vocabulary")
HOME = reverse("kiosk_home")


@pytest.fixture
def desk() -> Desk:
    segrate = make_municipality(name="Segrate")
    return make_desk(municipality=segrate, serves=[segrate])


@pytest.fixture
def operator(desk: Desk) -> User:
    return make_operator(desk)


@pytest.fixture
def device(operator: User) -> Client:
    client = signed_in(operator)
    door = client.post(reverse("kiosks")).url  # type: ignore[attr-defined]
    assert client.get(door).status_code == 200
    assert client.post(door).url == HOME  # type: ignore[attr-defined]
    return client


def step(number: int) -> str:
    return reverse("kiosk_step", kwargs={"step": number})


def fill_in(device: Client) -> str:
    device.post(HOME)
    for number, data in enumerate((WHO, {**WHERE, "email": ""}, job(), skills(), {"privacy": "on"}), start=1):
        answer = device.post(step(number), data)
        assert answer.status_code == 302, answer.context["form"].errors
    return device.get(answer.url).content.decode()  # type: ignore[attr-defined]


def test_opening_leaves_no_right_of_the_operator_on_the_device(device: Client, operator: User) -> None:
    assert device.get(reverse("home")).status_code == 302
    assert device.get(reverse("duplicates")).status_code == 302
    kiosk = Kiosk.objects.get()
    assert (kiosk.opened_by, kiosk.ended_at) == (operator, None)
    page, queries = asked(device, HOME)
    assert queries <= 10
    assert "Registrati qui" in page


def test_the_door_opens_once(operator: User) -> None:
    client = signed_in(operator)
    door = client.post(reverse("kiosks")).url  # type: ignore[attr-defined]
    assert signed_in(operator).post(door).status_code == 404, "nobody stays signed in on a kiosk"
    assert Client().post(door).status_code == 302
    assert Client().post(door).status_code == 404


def test_a_person_registers_and_the_receipt_shows_the_number_alone(device: Client, desk: Desk) -> None:
    page = fill_in(device)
    intake = Intake.objects.get()
    assert (intake.channel, intake.desk, intake.registered_by) == ("kiosk", desk, None)
    assert intake.receipt in page
    assert "invito" in page
    assert "Amina" not in page
    assert device.get(step(1)).url == reverse("kiosk_receipt")  # type: ignore[attr-defined]
    device.post(reverse("kiosk_wipe"))
    assert device.get(reverse("kiosk_receipt")).url == HOME  # type: ignore[attr-defined]


def test_who_is_on_file_sees_the_same_page_and_the_desk_finishes_it(device: Client, desk: Desk, operator: User) -> None:
    make_candidate(desk, tax_code="RSSMRA85T10A562S")
    page = fill_in(device)
    draft = RegistrationDraft.objects.get()
    number = draft.data["receipt"]
    assert number in page
    assert Candidate.objects.count() == 1
    device.post(reverse("kiosk_wipe"))
    desk_side = signed_in(operator)
    assert number in desk_side.get(reverse("half_done_list")).content.decode()
    resumed = desk_side.post(reverse("resume_draft", kwargs={"draft": draft.pk}))
    assert desk_side.post(resumed.url, {"privacy": "on"}).status_code == 409  # type: ignore[attr-defined]


def test_the_two_pages_of_a_receipt_differ_in_the_number_alone(device: Client, desk: Desk) -> None:
    new = fill_in(device).replace(Intake.objects.get().receipt, "")
    device.post(reverse("kiosk_wipe"))
    again = fill_in(device)
    number = RegistrationDraft.objects.exclude(data={}).get().data["receipt"]
    cut = [page.split("<h1>")[1].split("data-wipe")[0].split("csrfmiddlewaretoken")[0] for page in (new, again)]
    assert cut[0] == cut[1].replace(number, "")


def test_nobody_there_for_a_minute_and_a_half_is_wiped_by_the_server_too(device: Client) -> None:
    device.post(HOME)
    device.post(step(1), WHO)
    with time_machine.travel(timezone.now() + timedelta(seconds=60)):
        assert "Ci sei ancora?" in device.get(reverse("kiosk_waiting")).content.decode()
        assert device.post(reverse("kiosk_here"), {"goes_on": "1"}).url == step(2)  # type: ignore[attr-defined]
        assert device.post(reverse("kiosk_here")).status_code == 204
    with time_machine.travel(timezone.now() + timedelta(seconds=161)):
        assert device.get(step(1)).url == HOME  # type: ignore[attr-defined]
        assert "cancellato" in device.get(HOME).content.decode()
        assert device.get(reverse("kiosk_waiting")).url == HOME  # type: ignore[attr-defined]
        assert device.post(reverse("kiosk_here")).url == HOME  # type: ignore[attr-defined]


def test_the_next_person_finds_nothing_of_the_one_before(device: Client) -> None:
    device.post(HOME)
    device.post(step(1), WHO)
    device.post(HOME)
    assert "Amina" not in device.get(step(1)).content.decode()
    assert RegistrationDraft.objects.count() == 1


def test_an_ended_kiosk_opens_nothing(device: Client, operator: User) -> None:
    device.post(HOME)
    page = signed_in(operator)
    text, queries = asked(page, reverse("kiosks"))
    assert queries <= 10
    close = reverse("close_kiosk", kwargs={"kiosk": Kiosk.objects.get().pk})
    assert close in text
    assert signed_in(make_operator()).post(close).status_code == 404
    page.post(close)
    assert [device.get(url).status_code for url in (HOME, step(1), reverse("kiosk_waiting"))] == [404] * 3


def test_a_device_that_is_no_kiosk_has_no_such_pages(desk: Desk) -> None:
    pages = ("kiosk_home", "kiosk_waiting", "kiosk_receipt")
    assert [Client().get(reverse(name)).status_code for name in pages] == [404] * 3
    assert Client().get(step(1)).status_code == 404


def test_without_scripts_the_page_leaves_by_itself(device: Client) -> None:
    device.post(HOME)
    assert device.get(step(1))["Refresh"] == f"60; url={reverse('kiosk_waiting')}"
    assert device.post(step(1), {})["Refresh"] == f"60; url={reverse('kiosk_waiting')}"
    assert device.get(reverse("kiosk_waiting"))["Refresh"] == f"30; url={HOME}"
    assert device.post(reverse("kiosk_here"), {"counts": "1"}).status_code == 204
    assert "Refresh" not in device.get(step(1))
