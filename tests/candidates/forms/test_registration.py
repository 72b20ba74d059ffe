"""What each step of the registration accepts."""

from typing import Any

import pytest
from django.http import QueryDict

from candidates.forms.registration import MAX_LANGUAGES, JobForm, SkillsForm
from sportello.reference.models import EducationLevel, Language, Occupation

pytestmark = pytest.mark.usefixtures("vocabulary")


def skills_form(*languages: Language) -> SkillsForm:
    level = EducationLevel.objects.first()
    assert level is not None
    data = QueryDict(mutable=True)
    data.update({"education_level": str(level.pk), "italian": "B1"})
    data.setlist("other_languages", [str(language.pk) for language in languages])
    return SkillsForm(data, occupation_ids=[])


def test_two_languages_can_be_ticked() -> None:
    spoken = list(Language.objects.exclude(code="it").order_by("position")[:2])
    form = skills_form(*spoken)
    assert form.is_valid(), form.errors
    assert list(form.cleaned_data["other_languages"].order_by("position")) == spoken


def test_italian_has_its_own_question_and_the_page_stays_short() -> None:
    offered = skills_form().fields["other_languages"].queryset  # type: ignore[attr-defined]
    assert offered.count() == MAX_LANGUAGES
    assert not offered.filter(code="it").exists()
    assert not skills_form(Language.objects.get(code="it")).is_valid()


UNSURE = "Non troviamo un mestiere sicuro: prova con altre parole."


def searched(**asked: Any) -> JobForm:
    """The step about work after "Cerca"."""
    return JobForm(initial={"wanted": "", "occupations": [], **asked})


@pytest.mark.parametrize("words", ["donna delle pulizie", "Cerco lavoro: addeta pulizzie", "pulizie uffici part time"])
def test_words_propose_some_occupations_and_none_is_chosen(words: str) -> None:
    form = searched(wanted=words)
    offered = [pk for pk, _ in form.fields["occupations"].choices]  # type: ignore[attr-defined]
    assert offered[0] == str(Occupation.objects.get(code="building-cleaner").pk)
    assert 1 <= len(offered) <= 8
    assert [widget.data["selected"] for widget in form["occupations"].subwidgets] == [False] * len(offered)
    assert form.fields["occupations"].help_text == ""


def test_without_a_safe_proposal_the_page_says_so_and_keeps_what_was_chosen() -> None:
    chosen = Occupation.objects.get(code="bricklayer")
    form = searched(wanted="xyzzy qwerty", occupations=[str(chosen.pk)])
    assert form.fields["wanted"].help_text == UNSURE
    assert form.fields["occupations"].choices == [(str(chosen.pk), chosen.label)]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("", "Scrivi sopra che lavoro cerchi e premi «Cerca»."),
        ("muratore", "Scegli almeno un mestiere tra quelli proposti."),
        ("xyzzy qwerty", UNSURE),
    ],
)
def test_who_chose_nothing_is_told_what_to_do(wanted: str, sentence: str) -> None:
    form = JobForm(QueryDict(f"wanted={wanted}"))
    assert form.errors["occupations"] == [sentence]
