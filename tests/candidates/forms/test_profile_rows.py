"""Each row is judged beside its field, and a search for the occupation judges nothing."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from candidates.forms.profile_rows import (
    EducationForm,
    ExperienceForm,
    LanguageForm,
    LicenceForm,
    SkillForm,
    as_typed,
)
from candidates.models import Education, HeldLicence, LanguageSkill, SkillStatement, WorkExperience
from sportello.reference.models import DrivingLicence, Language, Occupation
from tests.candidates.forms.test_profile import typed
from tests.support.employers import make_skill
from tests.support.personas import make_candidate

pytestmark = pytest.mark.usefixtures("vocabulary")


def a_day(name: str, day: date | None) -> dict[str, str]:
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")} if day else {}


def job(begins: date = date(2020, 2, 3), ends: date | None = None, **fields: Any) -> QueryDict:
    return typed(
        **{"title": "barista", "is_paid": "yes", **a_day("starts_on", begins), **a_day("ends_on", ends), **fields}
    )


def test_the_title_proposes_occupations_and_one_may_be_chosen() -> None:
    barista = ExperienceForm(initial={"title": "barista", "is_paid": "yes"})
    offered: list[tuple[str, Any]] = barista.fields["occupation"].choices  # type: ignore[attr-defined]
    chosen = Occupation.objects.get(pk=offered[0][0])
    form = ExperienceForm(job(occupation=str(chosen.pk)))
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["occupation"], form.cleaned_data["is_paid"]) == (chosen, True)
    unpaid = ExperienceForm(job(is_paid="no", title="qwxzk"))
    assert unpaid.is_valid()
    assert (unpaid.cleaned_data["occupation"], unpaid.cleaned_data["is_paid"]) == (None, False)


def test_words_without_an_occupation_say_so_and_ask_nothing_more() -> None:
    form = ExperienceForm(initial={"title": "qwxzk"})
    assert "occupation" not in form.fields
    assert "altre parole" in str(form.fields["title"].help_text)
    assert "occupation" not in ExperienceForm().fields


@pytest.mark.parametrize(
    ("begins", "ends", "wrong"),
    [
        (date(2020, 2, 3), date(2020, 2, 3), set()),
        (date(2020, 2, 3), date(2020, 2, 2), {"ends_on"}),
        (date(2099, 1, 1), None, {"starts_on"}),
        (date(1929, 12, 31), None, {"starts_on"}),
        (date(2020, 2, 3), date(2099, 1, 1), {"ends_on"}),
    ],
)
def test_days_of_a_job_are_past_and_in_their_order(begins: date, ends: date | None, wrong: set[str]) -> None:
    assert set(ExperienceForm(job(begins, ends)).errors) == wrong


def test_each_form_begins_with_the_row_on_file() -> None:
    person = make_candidate()
    begins = date(2020, 2, 3)
    row = WorkExperience.objects.create(candidate=person, title="Barista", starts_on=begins, is_paid=False)
    form = ExperienceForm(row=row)
    assert [form[name].value() for name in ("title", "is_paid", "starts_on", "ends_on")] == [
        "Barista",
        "no",
        begins,
        None,
    ]
    study = EducationForm(row=Education.objects.create(candidate=person, title="HACCP", year=2020))
    assert (study["title"].value(), study["year"].value()) == ("HACCP", 2020)
    french, licence = Language.objects.get(code="fr"), DrivingLicence.objects.get(code="B")
    spoken = LanguageForm(row=LanguageSkill.objects.create(candidate=person, language=french, level="B2"))
    assert (spoken["language"].value(), spoken["level"].value()) == (french.pk, "B2")
    held = LicenceForm(
        row=HeldLicence.objects.create(profile=person.profile, drivinglicence=licence, expires_on=begins)
    )
    assert (held["drivinglicence"].value(), held["expires_on"].value()) == (licence.pk, begins)


def test_a_study_ends_this_year_at_the_latest() -> None:
    year = timezone.localdate().year
    assert EducationForm(typed(title="HACCP", year=str(year))).is_valid()
    assert set(EducationForm(typed(title="HACCP", year=str(year + 1))).errors) == {"year"}
    assert set(EducationForm(typed(title="", year="1929")).errors) == {"title", "year"}


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [({"level": "B1"}, set()), ({"is_native": "on"}, set()), ({}, {"level"}), ({"level": "D1"}, {"level"})],
)
def test_a_level_is_asked_of_what_is_not_the_own_language(answers: dict[str, str], wrong: set[str]) -> None:
    french = Language.objects.get(code="fr")
    assert set(LanguageForm(typed(language=str(french.pk), **answers)).errors) == wrong


def test_a_row_on_file_stays_the_language_and_the_licence_it_is() -> None:
    person, french = make_candidate(), Language.objects.get(code="fr")
    row = LanguageSkill.objects.create(candidate=person, language=french, level="B2")
    other = Language.objects.get(code="es")
    assert set(LanguageForm(typed(language=str(other.pk), level="B1"), row=row).errors) == {"language"}
    licence, another = (DrivingLicence.objects.get(code=code) for code in ("B", "C"))
    held = HeldLicence.objects.create(profile=person.profile, drivinglicence=licence)
    assert set(LicenceForm(typed(drivinglicence=str(another.pk)), row=held).errors) == {"drivinglicence"}


@pytest.mark.parametrize("for_desk", [True, False])
def test_only_the_desk_confirms_a_skill(for_desk: bool) -> None:
    statement = SkillStatement.objects.create(candidate=make_candidate(), skill=make_skill())
    form = SkillForm(typed(evidence="a casa", evidence_kind="test"), {}, row=statement, for_desk=for_desk)
    assert form.is_valid()
    assert form.cleaned_data.get("evidence_kind", "") == ("test" if for_desk else "")


def test_what_was_typed_comes_back_whole() -> None:
    data = job(date(2020, 2, 3), occupation="")
    kept = as_typed(ExperienceForm(data), data)
    assert (kept["title"], kept["starts_on"], kept["is_paid"]) == ("barista", ["3", "2", "2020"], "yes")
