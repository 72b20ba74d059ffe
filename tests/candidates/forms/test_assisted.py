"""What the telephone's last step offers; the walk-in's page is proved where it is sent."""

import pytest
from pytest_django import Settings

from candidates.forms.assisted import PhoneConfirmForm, WalkInForm

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.mark.parametrize(
    ("driver", "email", "phone", "offered"),
    [
        ("console", "a@example.org", "+393331234567", ["email", "sms"]),
        ("", "a@example.org", "+393331234567", ["email"]),
        ("console", "", "+393331234567", ["sms"]),
    ],
)
def test_a_receipt_is_offered_only_where_it_can_arrive(
    driver: str, email: str, phone: str, offered: list[str], settings: Settings
) -> None:
    settings.SMS_DRIVER = driver
    form = PhoneConfirmForm(email=email, phone=phone)
    assert [key for key, _label in form.fields["receipt_by"].choices] == offered  # type: ignore[attr-defined]


def test_without_a_contact_no_receipt_is_asked() -> None:
    assert list(PhoneConfirmForm(email="", phone="").fields) == ["privacy"]


def test_a_walk_in_is_asked_thirteen_things_in_this_order() -> None:
    assert list(WalkInForm().fields) == [
        "first_name",
        "last_name",
        "birth_date",
        "sex",
        "tax_code",
        "citizenship",
        "residence",
        "phone",
        "email",
        "no_contact",
        "employment_situation",
        "reason",
        "privacy",
    ]
