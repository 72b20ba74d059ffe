"""What a draft holds, in words."""

from typing import Any

import pytest
from django.utils import timezone

from candidates.models import RegistrationDraft
from candidates.queries.registration import answers, contact_days, summary
from sportello.reference.models import RuleParameter
from tests.support.employers import make_occupation, make_rule, make_skill

pytestmark = pytest.mark.django_db


def draft(**changes: Any) -> RegistrationDraft:
    one, two = make_occupation("barista"), make_occupation("cuoca")
    data: dict[str, dict[str, Any]] = {
        "1": {
            "first_name": "Ada",
            "last_name": "Riva",
            "birth_date": "1990-05-04",
            "tax_code": "",
            "identity_document": "",
        },
        "2": {"residence": "Segrate", "address": "", "phone": "333 1234567", "email": "", "action_code": ""},
        "3": {
            "employment_situation": "jobless",
            "occupations": [str(one.pk), str(two.pk)],
            "hours_wanted": "part_time",
            "max_travel_km": 7,
        },
        "4": {
            "skills": [str(make_skill("Fare il caffè").pk)],
            "education_level": "00000000-0000-4000-8000-000000000001",
            "italian": "B1",
            "other_languages": [],
            "licences": [],
            "contract_types": [],
        },
    }
    for step, fields in changes.items():
        data[step.removeprefix("step_")] |= fields
    return RegistrationDraft.objects.create(data=data, expires_at=timezone.now())


def test_answers_of_a_step_that_was_not_reached_are_empty() -> None:
    found = draft()
    assert answers(found, 2)["residence"] == "Segrate"
    assert answers(found, 5) == {}
    answers(found, 2)["residence"] = "Milano"
    assert answers(found, 2)["residence"] == "Segrate"


def test_what_was_typed_is_told_in_words_and_what_is_empty_is_left_out() -> None:
    lines = [(str(line.label), str(line.text), line.step) for line in summary(draft())]
    assert [line for line in lines if line[0] != "Lavoro cercato"] == [
        ("Nome e cognome", "Ada Riva", 1),
        ("Data di nascita", "4 maggio 1990", 1),
        ("Comune di residenza", "Segrate", 2),
        ("Telefono", "333 1234567", 2),
        ("Oggi", "Non lavoro e cerco un lavoro", 3),
        ("Orario", "Part-time", 3),
        ("Distanza massima", "7 km", 3),
        ("Che cosa sai fare", "Fare il caffè", 4),
        ("Italiano", "B1", 4),
    ]
    wanted = next(text for label, text, _ in lines if label == "Lavoro cercato")
    assert sorted(wanted.split(", ")) == ["barista", "cuoca"]


def test_a_permit_is_told_only_of_whom_it_concerns() -> None:
    def labels(found: RegistrationDraft) -> list[str]:
        return [str(line.text) for line in summary(found) if "Permesso" in str(line.label)]

    assert (labels(draft()), labels(draft(step_2={"work_permit_until": "2027-01-02"}))) == ([], ["2 gennaio 2027"])


def test_the_promise_of_a_call_is_the_rule_in_force() -> None:
    make_rule("first_contact_days")
    for days in (5, 6):
        RuleParameter.objects.filter(key="first_contact_days").update(value=days)
        assert contact_days() == days
