"""What the demonstration shows of gender equality."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.models import AdvisoryRequest, GenderEqualityCertificate, ReadinessChecklist, TenderCriterion
from employers.queries.certificates import REGISTER, register
from employers.render.readiness import shown_readiness
from employers.render.tender import checks_of
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.queries import scope_of
from tests.workspaces.services.demo.conftest import TODAY

pytestmark = pytest.mark.usefixtures("village")


def test_every_view_of_the_register_has_something_to_show() -> None:
    by = scope_of(User.objects.get(email__startswith="operatore@"))
    found = {view: register(by, view=view, on=TODAY, near_days=60).count() for view in REGISTER}
    assert min(found.values()) >= 1, found
    own = Membership.objects.get(role=Role.COMPANY, user__email__startswith="impresa@").organisation
    assert GenderEqualityCertificate.objects.valid_on(TODAY).filter(company__organisation=own).count() == 1


def test_every_file_opens() -> None:
    for paper in GenderEqualityCertificate.objects.order_by("pk"):
        with paper.file.open("rb") as opened:
            assert opened.read(5) == b"%PDF-"


def test_one_tender_is_confirmed_with_three_bidders_and_one_is_open() -> None:
    over, coming = TenderCriterion.objects.order_by("deadline")
    assert [(check.standing.value, check.points > 0) for check in checks_of(over)] == [
        ("valid", True),
        ("self_declared", False),
        ("expired", False),
    ]
    checked = next(check for check in checks_of(over) if check.standing == "expired")
    assert checked.seen is not None
    assert checked.seen["expires_on"] == timezone.localdate(over.deadline) - timedelta(days=1)
    assert (bool(over.confirmed_at), coming.confirmed_at) == (True, None)


def test_the_punto_parita_has_a_meeting_with_its_checklist() -> None:
    meeting = AdvisoryRequest.objects.get(state="confirmed")
    checklist = ReadinessChecklist.objects.get(company=meeting.company_id)
    found = shown_readiness(checklist, on=TODAY)
    assert (found.next_area, [area.percent is None for area in found.areas]) == ("care", [False] * 5 + [True])
    assert set(AdvisoryRequest.objects.values_list("state", flat=True)) == {"asked", "confirmed", "closed"}
