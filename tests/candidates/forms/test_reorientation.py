"""A desk and a motive; a no with its reason."""

import pytest

from candidates.forms.reorientation import AnswerForm, AskForm
from sportello.territory.models import Desk
from tests.support.territory import make_desk


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"accepts": "si"}, []),
        ({"accepts": "no", "answer": "Siamo al completo"}, []),
        ({"accepts": "no"}, ["answer"]),
        ({}, ["accepts"]),
    ],
)
def test_a_no_says_why(typed: dict[str, str], errors: list[str]) -> None:
    assert [*AnswerForm(typed).errors] == errors


@pytest.mark.django_db
def test_only_an_offered_desk_is_asked() -> None:
    offered, other = make_desk(), make_desk()
    desks = Desk.objects.filter(pk=offered.pk)
    assert AskForm({"desk": offered.pk, "motive": "M"}, desks=desks).is_valid()
    assert [*AskForm({"desk": other.pk, "motive": ""}, desks=desks).errors] == ["desk", "motive"]
