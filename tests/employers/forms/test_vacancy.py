"""The steps of a vacancy: what is asked, and what stays when something is wrong."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.forms import BaseForm
from django.utils.datastructures import MultiValueDict

from employers.forms.vacancy import (
    MAX_SKILLS,
    ConditionsForm,
    ConfirmForm,
    JobForm,
    MotivesForm,
    RequirementsForm,
    ReturnForm,
)
from employers.rules import wording_findings
from employers.services.wording import check_vacancy
from employers.states import VacancyState
from sportello.accounts.scope import Scope
from sportello.reference.models import Language
from tests.support.employers import make_company, make_contract_type, make_occupation, make_skill, make_vacancy

pytestmark = pytest.mark.django_db


def job(**fields: str) -> JobForm:
    company = make_company()
    data = {
        "title": "Barista",
        "description": "Prepari i caffè",
        "workplace": str(company.workplaces.get().pk),
        "posts": "1",
    }
    return JobForm({**data, **fields}, company=company)


def test_the_occupation_is_confirmed_among_those_that_the_title_proposes() -> None:
    barista = make_occupation("barista")
    form = job(occupation=str(barista.pk))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["occupation"] == barista
    assert job().errors == {"occupation": ["Conferma il mestiere: scegline uno tra quelli proposti."]}
    assert job(occupation="inventato").errors == {"occupation": ["Scegli tra i mestieri proposti."]}
    lost = job(title="Astronauta")
    assert lost.errors == {"occupation": ["Non troviamo un mestiere sicuro: prova con altre parole."]}
    assert lost["description"].value() == "Prepari i caffè"


def test_the_title_proposes_whatever_its_gender_and_its_typing_errors() -> None:
    occupation = make_occupation("magazziniere")
    make_occupation("saldatore")
    form = job(title="Magaziniera o magazziniere (m/f)")
    assert form.fields["occupation"].choices == [(str(occupation.pk), "magazziniere")]  # type: ignore[attr-defined]


def test_a_title_that_names_no_job_asks_for_other_words() -> None:
    make_occupation("magazziniere")
    form = job(title="Xyzzy qwerty")
    assert form.fields["occupation"].help_text == "Non troviamo un mestiere sicuro: prova con altre parole."


def test_another_companys_workplace_cannot_be_chosen() -> None:
    form = job(occupation=str(make_occupation("barista").pk), workplace=str(make_company().workplaces.get().pk))
    assert set(form.errors) == {"workplace"}


def conditions(**fields: str | list[str]) -> ConditionsForm:
    data = {
        "contract_type": str(make_contract_type().pk),
        "hours_kind": "full_time",
        "weekly_hours": "40",
        "pay_min": "1500",
        "pay_max": "1800",
        "pay_period": "month",
    }
    sent = MultiValueDict(
        {name: value if isinstance(value, list) else [value] for name, value in {**data, **fields}.items()}
    )
    return ConditionsForm(sent, instance=make_vacancy(state=VacancyState.DRAFT))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, set()),
        ({"pay_max": "1500"}, set()),
        ({"pay_max": "1499"}, {"pay_max"}),
        ({"pay_min": ""}, {"pay_min"}),
        ({"weekly_hours": "49"}, {"weekly_hours"}),
        ({"hours_kind": "", "pay_period": ""}, {"hours_kind", "pay_period"}),
        ({"contract_type": ""}, {"contract_type"}),
    ],
)
def test_conditions_are_whole_and_possible(fields: dict[str, str], wrong: set[str]) -> None:
    form = conditions(**fields)
    assert set(form.errors) == wrong
    assert form["pay_max"].value() == fields.get("pay_max", "1800")


def test_the_bands_of_the_week_are_kept_in_its_order_and_none_is_no_answer() -> None:
    said = conditions(bands=["6-night", "1-morning"])
    assert said.is_valid(), said.errors
    assert said.cleaned_data["bands"] == ["1-morning", "6-night"]
    silent = conditions()
    assert silent.is_valid()
    assert silent.cleaned_data["bands"] == []
    assert conditions(bands=["8-night"]).errors == {"bands": ["Scegli tra le risposte proposte."]}


def requirements(**fields: Any) -> RequirementsForm:
    asked = make_skill("Usare il muletto")
    vacancy = make_vacancy(state=VacancyState.DRAFT, skills=[asked])
    return RequirementsForm(
        {"years_experience": "0", f"skill_{asked.pk}": "optional", **fields} if fields else None, instance=vacancy
    )


def test_a_skill_asked_before_stands_first_with_its_weight() -> None:
    form = requirements()
    assert form[f"skill_{form.skill_ids[0]}"].value() == "essential"


def test_skills_and_languages_asked_are_told_with_their_weight() -> None:
    italian, _ = Language.objects.get_or_create(code="it", defaults={"label": "italiano", "position": 900})
    other = Language.objects.create(code="xx", label="prova", position=901)
    form = requirements(italian="B1", other_language=str(other.pk), other_level="A2")
    assert form.is_valid(), form.errors
    assert form.skills() == {form.skill_ids[0]: "optional"}
    assert form.languages() == {italian.pk: "B1", other.pk: "A2"}
    nothing = requirements(italian="")
    assert nothing.is_valid()
    assert nothing.languages() == {}


def test_another_language_needs_its_level() -> None:
    other = Language.objects.create(code="xx", label="prova", position=901)
    form = requirements(other_language=str(other.pk))
    assert form.errors == {"other_level": ["Scegli il livello dell'altra lingua."]}
    assert form["other_language"].value() == str(other.pk)


def test_the_page_proposes_no_more_skills_than_are_read() -> None:
    occupation = make_occupation(skills=[make_skill() for _ in range(MAX_SKILLS + 3)])
    form = RequirementsForm(instance=make_vacancy(state=VacancyState.DRAFT, occupation=occupation))
    assert len(form.skill_ids) == MAX_SKILLS


def test_a_return_says_what_to_correct() -> None:
    assert set(ReturnForm({"reason": " "}).errors) == {"reason"}


def test_findings_stand_beside_the_text_that_holds_them() -> None:
    form = job(title="Cercasi ragazza", occupation=str(make_occupation("barista").pk))
    assert form.is_valid(), form.errors
    assert form.has_unlawful_words()
    found = {name: [f.words for f in form.fields[name].findings] for name in form.worded}  # type: ignore[attr-defined]
    assert found == {"title": ["Cercasi ragazza"], "description": []}
    assert not job().has_unlawful_words()


def test_each_soft_remark_wants_its_motive_and_the_desk_its_word() -> None:
    vacancy = make_vacancy(title="Commesso", description="Solo donne")
    check_vacancy(vacancy=vacancy, by=Scope.of_process("tests"))
    soft = vacancy.remarks.get(level="soft")
    assert set(MotivesForm({}, vacancy=vacancy).errors) == {str(soft.pk)}
    form = MotivesForm({str(soft.pk): "Scena"}, vacancy=vacancy)
    assert form.is_valid()
    assert form.motives() == {soft.pk: "Scena"}
    assert set(ConfirmForm({"word": ""}).errors) == {"word"}


def test_no_form_of_the_portal_asks_for_past_pay() -> None:
    """Art. 5 dir. (UE) 2023/970: names, labels and helps of all fields of all forms are read as ads are."""
    for room in ("candidates", "employers", "matching", "reports", "sportello"):
        for path in sorted((Path(settings.BASE_DIR) / room).rglob("forms/*.py")):
            import_module(".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts))
    asked = {
        f"{form.__module__}.{form.__qualname__}.{name}": f"{name.replace('_', ' ')}\n{field.label or ''}\n{field.help_text}"
        for form in subclasses(BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if form.__module__.split(".")[0] in {"candidates", "employers", "matching", "reports", "sportello"}
    }
    assert any(name.endswith("ConditionsForm.pay_min") for name in asked)
    past = {
        name
        for name, text in asked.items()
        if any(finding.kind == "past_pay" for finding in wording_findings(text))
        or re.search(r"(?:past|previous|last|current)_(?:pay|salary)", name)
    }
    assert past == set()


def subclasses(cls: type[BaseForm]) -> set[type[BaseForm]]:
    return {cls} | {found for sub in cls.__subclasses__() for found in subclasses(sub)}
