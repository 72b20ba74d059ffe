"""The forms of a profile begin with what is on file and keep what was typed."""

from datetime import date

import pytest
from django.http import QueryDict

from candidates.forms.profile import AbilitiesForm, AboutForm, AvailabilityForm, ContactsForm, TitleForm, WishesForm
from candidates.models import AvailabilityWindow, Candidate, DesiredOccupation, SkillStatement, WorkExperience
from sportello.reference.models import EducationLevel, Occupation, Skill
from tests.support.personas import make_candidate, make_user

pytestmark = pytest.mark.usefixtures("vocabulary")


def typed(**fields: str | list[str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in fields.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_contacts_begin_with_the_file_and_a_town_misspelt_stays_as_typed() -> None:
    person = make_candidate(address="Via Po 2")
    assert ContactsForm(candidate=person)["address"].value() == "Via Po 2"
    form = ContactsForm(typed(residence="Nessun Posto", address="Via Adda 1", phone="333 1234567"), candidate=person)
    assert "residence" in form.errors
    assert (form["residence"].value(), form["address"].value()) == ("Nessun Posto", "Via Adda 1")


@pytest.mark.parametrize(("citizenship", "is_asked"), [("IT", False), ("XX", True)])
def test_a_permit_is_asked_of_whom_it_concerns(citizenship: str, is_asked: bool) -> None:
    assert ("work_permit_until" in ContactsForm(candidate=make_candidate(citizenship=citizenship)).fields) == is_asked


def test_who_has_an_account_keeps_an_address() -> None:
    with_account, without = make_candidate(user=make_user()), make_candidate()
    assert ContactsForm(candidate=with_account).fields["email"].required
    assert not ContactsForm(candidate=without).fields["email"].required


def wishing() -> tuple[Candidate, str]:
    person = make_candidate()
    wish = DesiredOccupation.objects.create(
        candidate=person, occupation=Occupation.objects.get(code="bricklayer"), years=4
    )
    return person, str(wish.occupation_id)


def test_each_chosen_occupation_has_its_years_beside_it() -> None:
    person, bricklayer = wishing()
    assert WishesForm(candidate=person)[f"years_{bricklayer}"].value() == 4
    answers = {"employment_situation": "employed", "hours_wanted": "any", "max_travel_km": "7"}
    form = WishesForm(typed(occupations=[bricklayer], **answers, **{f"years_{bricklayer}": "5"}), candidate=person)
    assert form.is_valid(), form.errors
    assert form.experience == {bricklayer: 5}
    wrong = WishesForm(typed(occupations=[bricklayer], **answers, **{f"years_{bricklayer}": "61"}), candidate=person)
    assert set(wrong.errors) == {f"years_{bricklayer}"}
    assert (wrong[f"years_{bricklayer}"].value(), wrong["max_travel_km"].value()) == ("61", "7")


def test_an_occupation_that_does_not_exist_cannot_be_wished() -> None:
    person, _bricklayer = wishing()
    for invented in ("00000000-0000-4000-8000-000000000000", "' OR 1=1"):
        form = WishesForm(typed(occupations=[invented]), candidate=person)
        assert "occupations" in form.errors


def test_a_skill_on_file_stays_on_the_page_though_no_occupation_proposes_it() -> None:
    person = make_candidate()
    skill = Skill.objects.order_by("pk").first()
    assert skill is not None
    choices: list[tuple[str, str]] = AbilitiesForm(candidate=person).fields["skills"].choices  # type: ignore[attr-defined]
    assert str(skill.pk) not in dict(choices)
    SkillStatement.objects.create(candidate=person, skill=skill)
    form = AbilitiesForm(candidate=person)
    assert dict(form.fields["skills"].choices) == {str(skill.pk): skill.label}  # type: ignore[attr-defined]
    assert form["skills"].value() == [str(skill.pk)]


def test_words_become_skills_to_tick_and_what_was_ticked_stays() -> None:
    person = make_candidate()
    ticked = Skill.objects.get(code="accounting")
    form = AbilitiesForm(candidate=person, initial={"other": "fare compagnia", "skills": [str(ticked.pk)]})
    offered = dict(form.fields["skills"].choices)  # type: ignore[attr-defined]
    assert {str(Skill.objects.get(code="accompany-people").pk), str(ticked.pk)} <= offered.keys()
    assert form["skills"].value() == [str(ticked.pk)]
    nothing = AbilitiesForm(candidate=person, initial={"other": "qwxzk"})
    assert "prova con altre parole" in str(nothing.fields["other"].help_text)


def test_years_of_the_history_are_proposed_and_overwrite_nothing() -> None:
    person, bricklayer = wishing()
    carer = Occupation.objects.get(code="home-care-aide")
    for pk in (bricklayer, carer.pk):
        WorkExperience.objects.create(
            candidate=person, title="x", occupation_id=pk, starts_on=date(2010, 1, 1), ends_on=date(2012, 12, 31)
        )
    form = WishesForm(candidate=person, initial={"occupations": [bricklayer, str(carer.pk)]})
    assert (form[f"years_{bricklayer}"].value(), form[f"years_{carer.pk}"].value()) == (4, 3)
    for pk in (bricklayer, carer.pk):
        assert form.fields[f"years_{pk}"].help_text == "Dai lavori che hai scritto risultano 3 anni."


def test_the_week_is_a_table_with_what_is_on_file_ticked() -> None:
    person = make_candidate()
    AvailabilityWindow.objects.create(candidate=person, weekday=2, band="evening")
    form = AvailabilityForm(candidate=person)
    assert form["windows"].value() == ["2-evening"]
    sent = AvailabilityForm(typed(windows=["7-night", "1-morning"]), candidate=person)
    assert sent.is_valid()
    assert sent.cleaned_data["windows"] == [(1, "morning"), (7, "night")]
    assert not AvailabilityForm(typed(windows=["8-night"]), candidate=person).is_valid()


def test_own_words_and_title_begin_with_the_file() -> None:
    person = make_candidate(birth_place="Dakar")
    level = EducationLevel.objects.get(code="bachelor")
    person.profile.about, person.profile.education_level = "Cucino.", level
    about, title = AboutForm(candidate=person), TitleForm(candidate=person)
    assert (about["birth_place"].value(), about["about"].value()) == ("Dakar", "Cucino.")
    assert title["education_level"].value() == level.pk
    assert "education_level" in TitleForm(typed(education_level=""), candidate=person).errors
