"""What a desk types, and what the catalogue is asked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.http import QueryDict
from django.utils import timezone

from sportello.accounts.scope import Scope
from sportello.programmes.forms.training import CancelForm, CatalogueForm, CourseForm, EditionForm
from sportello.programmes.models import Course
from sportello.programmes.queries.training import CourseSearch
from tests.support.employers import make_skill
from tests.support.personas import make_operator, scope
from tests.support.programmes import make_course, make_edition, make_training_body
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def test_an_empty_search_narrows_nothing_and_a_misspelt_town_empties_nothing() -> None:
    assert CatalogueForm(None).search() == CourseSearch()
    form = CatalogueForm({"dove": "Xyzzyland", "gratis": "on", "km": "5"})
    assert not form.is_valid()
    assert form.search() == CourseSearch(only_free=True, km=5)


def test_a_skill_may_be_asked_by_its_id() -> None:
    skill = make_skill()
    form = CatalogueForm({"competenza": str(skill.pk), "cosa": "muletto", "presto": "on"})
    assert form.is_valid()
    assert (form.skill, form.search().skill, form.search().words, form.search().only_soon) == (
        skill,
        skill.pk,
        "muletto",
        True,
    )


def typed(by: Scope, **changed: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"title": "Muletto", "summary": "Si guida.", "hours": "12", "mode": "presence", "cost": "120,50"})
    data["desk"] = str(next(iter(by.desk_ids)))
    for name, value in changed.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def course_form(by: Scope, instance: Course | None = None, **changed: Any) -> CourseForm:
    return CourseForm(typed(by, **changed), instance=instance, by=by)


def test_a_course_has_its_price_in_cents_and_its_skills_by_their_ids() -> None:
    by, body, skill = scope(make_operator()), make_training_body(), make_skill()
    form = course_form(by, provider=str(body.pk), skills=[str(skill.pk)])
    assert form.is_valid(), form.errors
    assert (form.cleaned_data["cost_cents"], form.cleaned_data["skills"]) == (12_050, [skill.pk])
    assert set(form.cleaned_data) == {
        "title",
        "provider",
        "desk",
        "summary",
        "hours",
        "mode",
        "is_funded",
        "skills",
        "cost_cents",
    }


def test_words_propose_skills_beside_those_chosen() -> None:
    by, chosen, meant = scope(make_operator()), make_skill("Saldare"), make_skill("Usare il muletto")
    course = make_course([chosen], cost_cents=990)
    form = CourseForm(None, instance=course, by=by, initial={"words": "muletto", "skills": [str(chosen.pk)]})
    assert form.fields["skills"].choices == [(str(chosen.pk), "Saldare"), (str(meant.pk), "Usare il muletto")]  # type: ignore[attr-defined]
    assert str(form["cost"].value()) == "9.9"
    unknown = CourseForm(None, instance=None, by=by, initial={"words": "xyzzy qwerty"})
    assert unknown.fields["words"].help_text == "Nessuna proposta sicura: prova con un'altra parola."


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"skills": []}, "skills"),
        ({"cost": "-1"}, "cost"),
        ({"hours": "0"}, "hours"),
        ({"provider": ""}, "provider"),
        ({"desk": "theirs"}, "desk"),
    ],
)
def test_what_is_missing_or_of_another_desk_is_refused(changed: dict[str, Any], refused: str) -> None:
    by, body, skill = scope(make_operator()), make_training_body(), make_skill()
    if changed.get("desk"):
        changed = {"desk": str(make_desk().pk)}
    form = course_form(by, **{"provider": str(body.pk), "skills": [str(skill.pk)], **changed})
    assert list(form.errors) == [refused]


def edition_data(**changed: Any) -> dict[str, Any]:
    starts = timezone.localdate() + timedelta(days=30)
    days = {
        "starts_on": starts,
        "ends_on": starts + timedelta(days=9),
        "enrol_until": starts - timedelta(days=1),
        **{name: day for name, day in changed.items() if isinstance(day, date)},
    }
    plain = {name: value for name, value in changed.items() if not isinstance(value, date)}
    data = {"schedule": "sabato", "seats": "9", "enrol_by": "desk", "municipality": "Prova", "address": "Via Scuole 2"}
    for name, day in days.items():
        data |= boxes(name, day)
    return data | plain


FAR = timezone.localdate() + timedelta(days=300)


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({}, []),
        ({"ends_on": timezone.localdate()}, ["ends_on"]),
        ({"enrol_until": FAR}, ["enrol_until"]),
        ({"enrol_by": "phone"}, ["phone"]),
        ({"enrol_by": "phone", "phone": "02 1234567"}, []),
        ({"enrol_by": "url"}, ["url"]),
        ({"enrol_by": "url", "url": "https://corsi.example/"}, []),
        ({"municipality": ""}, ["municipality"]),
        ({"address": ""}, ["address"]),
        ({"seats": "0"}, ["seats"]),
    ],
)
def test_an_edition_is_told_whole(changed: dict[str, Any], refused: list[str]) -> None:
    make_municipality(name="Prova")
    form = EditionForm(edition_data(**changed), course=make_course(), instance=None)
    assert list(form.errors) == refused
    if changed.get("phone"):
        assert form.cleaned_data["phone"] == "+39021234567"


def test_an_edition_online_has_no_place_to_tell() -> None:
    course = make_course(mode="online")
    form = EditionForm(edition_data(), course=course, instance=make_edition(course))
    assert form.is_valid(), form.errors
    assert {"municipality", "address"}.isdisjoint(form.cleaned_data)


def test_who_cancels_says_why() -> None:
    assert list(CancelForm({"reason": " "}).errors) == ["reason"]
    assert CancelForm({"reason": "Pochi iscritti"}).is_valid()
