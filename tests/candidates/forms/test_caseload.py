"""The choices of the filters, and what a batch asks."""

import pytest

from candidates.forms.caseload import AssignForm, FilterForm, SavedViewForm, TagForm
from sportello.accounts.models import User
from sportello.territory.models import Desk
from tests.support.personas import make_operator
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_filters_offer_what_the_actor_may_choose() -> None:
    desk = make_desk(name="Segrate")
    operator = make_operator(desk)
    form = FilterForm(desks=Desk.objects.all(), operators=[operator], tags=["marzo"])
    offered = {name: [value for value, _label in form.fields[name].choices] for name in form.fields if name != "vista"}  # type: ignore[attr-defined]
    assert offered["sportello"] == ["", str(desk.pk)]
    assert offered["responsabile"] == ["", "nessuno", str(operator.pk)]
    assert offered["etichetta"] == ["", "marzo"]


def test_a_batch_wants_its_words() -> None:
    operator = make_operator()
    assert TagForm({"what": "metti", "name": "marzo"}).is_valid()
    assert sorted(TagForm({}).errors) == ["name", "what"]
    people = User.objects.all()
    assert AssignForm({"operator": operator.pk, "reason": "congedo"}, operators=people).is_valid()
    assert sorted(AssignForm({}, operators=people).errors) == ["operator", "reason"]
    assert list(SavedViewForm({"name": "x" * 41}).errors) == ["name"]
