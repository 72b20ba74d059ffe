"""What each step of the registration accepts."""

import pytest
from django.http import QueryDict

from candidates.forms.registration import MAX_LANGUAGES, SkillsForm
from sportello.reference.models import EducationLevel, Language

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
