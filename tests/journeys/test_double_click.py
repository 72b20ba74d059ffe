"""A button pressed twice registers one person."""

from typing import Any

import pytest
from django.urls import reverse

from candidates.models import Candidate, Intake, RegistrationDraft
from candidates.services.registration import send_assisted
from sportello.reference.models import EducationLevel, Occupation
from sportello.reference.services.curated import load_curated
from tests.support.personas import make_operator, scope, signed_in
from tests.support.races import while_it_waits
from tests.support.territory import make_desk, make_municipality


@pytest.mark.django_db(transaction=True)
def test_person_without_tax_code_is_registered_once() -> None:
    load_curated()
    segrate = make_municipality(name="Segrate")
    operator = make_operator(make_desk(municipality=segrate))
    client = signed_in(operator)
    url = client.post(reverse("assisted_registration_start")).url  # type: ignore[attr-defined]
    birth = {"birth_date_day": "10", "birth_date_month": "12", "birth_date_year": "1985"}
    steps: tuple[dict[str, Any], ...] = (
        {
            "first_name": "Amina",
            "last_name": "Rossi",
            "sex": "F",
            "identity_document": "AB1",
            "citizenship": "XX",
            **birth,
        },
        {"residence": "Segrate", "phone": "333 1234567"},
        {
            "employment_situation": "jobless",
            "wanted": "muratore",
            "occupations": [str(Occupation.objects.get(code="bricklayer").pk)],
            "years": "4",
            "hours_wanted": "any",
            "max_travel_km": "15",
        },
        {"education_level": str(EducationLevel.objects.order_by("position")[0].pk), "italian": "B1"},
    )
    for data in steps:
        url = client.post(url, data).url  # type: ignore[attr-defined]
    draft = RegistrationDraft.objects.get()
    answers: list[Any] = []
    while_it_waits(
        lambda: send_assisted(draft=draft, by=scope(operator)),
        lambda: answers.append(client.post(url, {"privacy": "on"})),
    )
    assert (Candidate.objects.count(), Intake.objects.count()) == (1, 1)
    assert answers[0].url == reverse("assisted_receipt", kwargs={"candidate": Candidate.objects.get().pk})
