"""Who hands a company over says to whom and why."""

import pytest

from employers.forms.passage import PassageForm
from sportello.territory.enums import DeskState
from tests.support.employers import make_company, make_target
from tests.support.personas import make_operator
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


def test_open_desks_are_offered_but_the_companys_own() -> None:
    company, other = make_company(), make_desk()
    make_desk(state=DeskState.CLOSED)
    form = PassageForm(company=company)
    assert (list(form.fields["desk"].queryset), list(form.fields)) == ([other], ["desk", "reason"])  # type: ignore[attr-defined]
    assert set(PassageForm({}, company=company).errors) == {"desk", "reason"}


def test_one_to_be_won_goes_to_a_person_of_the_new_desk() -> None:
    company, desk = make_company(), make_desk()
    old, new = make_operator(company.desk), make_operator(desk)
    make_target(old, company.desk, company=company)
    told = {"desk": str(desk.pk), "reason": "Vicina"}
    for owner in ("", str(old.pk)):
        assert set(PassageForm({**told, "owner": owner}, company=company).errors) == {"owner"}
    form = PassageForm({**told, "owner": str(new.pk)}, company=company)
    assert form.is_valid()
    assert form.cleaned_data == {"desk": desk, "owner": new, "reason": "Vicina"}
