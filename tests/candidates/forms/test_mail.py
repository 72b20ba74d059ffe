"""A person rejects for a person's reasons, not for those that the portal recognises."""

import pytest

from candidates.forms.mail import RejectMailForm


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"rejection": "spam"}, []),
        ({"rejection": "other", "note": "x" * 300}, []),
        ({"rejection": "other", "note": "x" * 301}, ["note"]),
        ({"rejection": "bounce"}, ["rejection"]),
        ({"rejection": "auto_reply"}, ["rejection"]),
        ({}, ["rejection"]),
    ],
)
def test_each_fault_stands_beside_its_field(said: dict[str, str], wrong: list[str]) -> None:
    assert list(RejectMailForm(said).errors) == wrong
