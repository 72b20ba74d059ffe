"""The control room keeps the pacts; everybody reads them."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sportello.accounts.enums import Role
from sportello.pacts.models import PactMembership
from sportello.pacts.services import pact as service
from sportello.territory.enums import OrganisationKind
from tests.core.test_files import PDF
from tests.pacts.services.test_pact import BY, found
from tests.support.personas import make_member, signed_in
from tests.support.territory import make_municipality, make_organisation

pytestmark = pytest.mark.django_db

DEED = {
    "deed_no": "12/2018",
    "deed_date_day": "1",
    "deed_date_month": "2",
    "deed_date_year": "2018",
    "joined_on_day": "1",
    "joined_on_month": "3",
    "joined_on_year": "2018",
}


@pytest.fixture
def control_room() -> Client:
    return signed_in(make_member(Role.CONTROL_ROOM, make_organisation(kind=OrganisationKind.AGENCY)))


@pytest.fixture
def invited() -> PactMembership:
    return service.invite_municipality(pact=found(), municipality=make_municipality(name="Pioltello"), by=BY)


def test_the_copy_of_a_deed_is_kept_and_handed_out_as_a_download(
    control_room: Client, client: Client, invited: PactMembership
) -> None:
    deed = SimpleUploadedFile("C:\\documenti\\Rossi Maria.pdf", PDF)
    answer = control_room.post(reverse("member_sign", args=[invited.pk]), {**DEED, "deed_file": deed})
    assert answer.status_code == 302
    invited.refresh_from_db()
    assert (invited.joined_on, "Rossi" in str(invited.deed_file)) == (date(2018, 3, 1), False)
    copy = client.get(reverse("member_deed", args=[invited.pk]))
    assert copy.getvalue() == PDF
    assert copy["Content-Type"] == "application/pdf"
    assert copy["Content-Disposition"] == 'attachment; filename="atto-122018-pioltello.pdf"'
    assert copy["X-Content-Type-Options"] == "nosniff"


def test_a_file_that_is_no_pdf_is_refused_beside_its_field_and_nothing_typed_is_lost(
    control_room: Client, invited: PactMembership
) -> None:
    deed = SimpleUploadedFile("atto.pdf", b"<script>alert(1)</script>", content_type="application/pdf")
    answer = control_room.post(reverse("member_sign", args=[invited.pk]), {**DEED, "deed_file": deed})
    form = answer.context["form"]
    assert (answer.status_code, form.errors) == (422, {"deed_file": ["Questo file non va bene: serve un file PDF."]})
    assert form["deed_no"].value() == "12/2018"
    invited.refresh_from_db()
    assert invited.joined_on is None


def test_without_a_copy_there_is_nothing_to_download(
    control_room: Client, client: Client, invited: PactMembership
) -> None:
    assert control_room.post(reverse("member_sign", args=[invited.pk]), DEED).status_code == 302
    assert client.get(reverse("member_deed", args=[invited.pk])).status_code == 404


def test_a_name_that_makes_no_address_is_refused_beside_its_field(control_room: Client) -> None:
    answer = control_room.post(reverse("pact_new"), {"name": "!!!"})
    assert answer.context["form"].errors["name"] == ["Scrivi un nome con qualche lettera."]


def test_an_exit_before_the_accession_is_refused_beside_its_field(control_room: Client) -> None:
    member = found().memberships.get()
    other = service.sign_membership(
        membership=service.invite_municipality(pact=member.pact, municipality=make_municipality(), by=BY),
        deed_no="2",
        deed_date=date(2018, 2, 1),
        joined_on=date(2018, 3, 1),
        by=BY,
    )
    data = {"left_on_day": "1", "left_on_month": "2", "left_on_year": "2018", "reason": "Delibera"}
    answer = control_room.post(reverse("member_withdraw", args=[other.pk]), data)
    assert (answer.status_code, answer.context["form"].errors) == (
        422,
        {"left_on": ["L'uscita viene prima dell'ingresso."]},
    )
