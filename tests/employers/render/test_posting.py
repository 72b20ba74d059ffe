"""A vacancy as search engines read it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from employers.render.posting import job_posting
from sportello.reference.models import EducationLevel
from tests.support.employers import make_company, make_contract_type, make_skill, make_vacancy
from tests.support.territory import make_desk, make_municipality

pytestmark = pytest.mark.django_db

URL = "https://esempio.it/offerte/1/"


def posting(**fields: Any) -> dict[str, Any]:
    return job_posting(make_vacancy(**fields), url=URL)


def test_a_posting_says_what_search_engines_ask() -> None:
    company = make_company(
        make_desk(municipality=make_municipality(name="Melzo")), name="Forno Rossi", website="https://forno.example"
    )
    vacancy = make_vacancy(
        company,
        skills=[make_skill("Impastare")],
        published_on=date(2026, 11, 2),
        expires_on=date(2026, 12, 2),
        years_experience=2,
        posts=3,
        education_level=EducationLevel.objects.create(code="D", label="Diploma", isced=3, eqf=4, position=1),
    )
    assert job_posting(vacancy, url=URL) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "Magazziniera o magazziniere",
        "description": "<p>Prepari gli ordini.</p>",
        "identifier": {"@type": "PropertyValue", "name": "Sportello Lavoro", "value": vacancy.reference},
        "url": URL,
        "datePosted": date(2026, 11, 2),
        "validThrough": date(2026, 12, 2),
        "employmentType": ["FULL_TIME"],
        "hiringOrganization": {
            "@type": "Organization",
            "name": "Forno Rossi",
            "sameAs": "https://forno.example",
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": "Via Po 2",
                "addressLocality": "Melzo",
                "addressRegion": vacancy.workplace.municipality.province_code,
                "addressCountry": "IT",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {"@type": "QuantitativeValue", "minValue": 1500.0, "maxValue": 1800.0, "unitText": "MONTH"},
        },
        "workHours": "40 h",
        "totalJobOpenings": 3,
        "occupationalCategory": "ISCO-08 4321 magazziniere",
        "skills": ["Impastare"],
        "directApply": True,
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
        "qualifications": "Diploma",
    }


@pytest.mark.parametrize(
    ("contract", "hours", "types"),
    [
        ("PERMANENT", "part_time", ["PART_TIME"]),
        ("FIXED_TERM", "full_time", ["FULL_TIME", "TEMPORARY"]),
        ("INTERNSHIP", "part_time", ["PART_TIME", "INTERN"]),
        ("ON_CALL", "part_time", ["PART_TIME", "PER_DIEM"]),
    ],
)
def test_contract_and_hours_become_their_kinds(contract: str, hours: str, types: list[str]) -> None:
    found = posting(contract_type=make_contract_type(contract), hours_kind=hours, weekly_hours=Decimal("20.5"))
    assert (found["employmentType"], found["workHours"]) == (types, "20.5 h")


def test_markup_in_the_text_is_text() -> None:
    assert posting(description="<b>Oggi</b>")["description"] == "<p>&lt;b&gt;Oggi&lt;/b&gt;</p>"
