"""What a program sends passes the rules of the form."""

from typing import Any
from uuid import uuid4

import pytest

from employers.api.content import VacancyIn, checked
from employers.models import Company
from sportello.core.api import Problem
from sportello.reference.models import DrivingLicence, Language
from tests.support.employers import make_company, make_contract_type, make_occupation, make_skill, make_vacancy

pytestmark = pytest.mark.django_db


def body(company: Company, **changed: Any) -> VacancyIn:
    return VacancyIn.model_validate(
        {
            "title": "Magazziniera o magazziniere",
            "occupation": make_occupation().code,
            "description": "Prepari gli ordini.",
            "workplace": str(company.workplaces.get().pk),
            "contract": make_contract_type().code,
            "hours": {"kind": "full_time", "weekly": 40, "schedule": "lun-ven"},
            "pay": {"minimum": 1500, "maximum": 1800, "period": "month"},
            **changed,
        }
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"pay": {"minimum": 2000, "maximum": 1000, "period": "month"}}, "body.pay.maximum"),
        ({"hours": {"kind": "full_time", "weekly": 60}}, "body.hours.weekly"),
        ({"occupation": "boh"}, "body.occupation"),
        ({"contract": "BOH"}, "body.contract"),
        ({"workplace": str(uuid4())}, "body.workplace"),
        ({"years_experience": 60}, "body.years_experience"),
        ({"licences": ["Z"]}, "body.licences.0"),
        ({"skills": [{"code": "boh", "relation": "essential"}]}, "body.skills.0.code"),
        ({"title": "con un nullo \x00"}, "body.title"),
    ],
    ids=["pay", "hours", "occupation", "contract", "workplace", "years", "licence", "skill", "null"],
)
def test_the_rules_of_the_form_hold(changed: dict[str, Any], field: str) -> None:
    company = make_company()
    with pytest.raises(Problem) as raised:
        checked(body(company, **changed), company, None)
    assert (raised.value.status, [error["field"] for error in raised.value.errors]) == (422, [field])


def test_codes_become_rows_in_their_order() -> None:
    company = make_company()
    licences = [DrivingLicence.objects.create(code=code, label=code, position=1) for code in ("C", "B")]
    italian = Language.objects.create(code="it", label="Italiano", position=1)
    skill = make_skill()
    found = checked(
        body(
            company,
            licences=["C", "B"],
            languages=[{"code": "it", "level": "B1"}],
            skills=[{"code": skill.code, "relation": "optional"}],
        ),
        company,
        None,
    )
    assert (found.licences, found.languages, found.skills) == (
        tuple(licences),
        {italian.pk: "B1"},
        {skill.pk: "optional"},
    )


def test_another_companys_workplace_is_unknown() -> None:
    company, other = make_company(), make_company()
    with pytest.raises(Problem):
        checked(body(other), company, None)


def test_a_draft_is_checked_as_a_new_one_is() -> None:
    draft = make_vacancy(state="draft")
    found = checked(body(draft.company, posts=7), draft.company, draft)
    assert found.fields["posts"] == 7
