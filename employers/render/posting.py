"""A vacancy in the words of other people's programs: schema.org."""

from typing import Any

from django.utils.html import linebreaks

from employers.enums import HoursKind, PayPeriod
from employers.models import Vacancy

_UNITS = {PayPeriod.YEAR: "YEAR", PayPeriod.MONTH: "MONTH", PayPeriod.HOUR: "HOUR"}
_HOURS = {HoursKind.FULL_TIME: "FULL_TIME", HoursKind.PART_TIME: "PART_TIME"}
_CONTRACTS = {
    "FIXED_TERM": "TEMPORARY",
    "SEASONAL": "TEMPORARY",
    "AGENCY": "TEMPORARY",
    "INTERNSHIP": "INTERN",
    "ON_CALL": "PER_DIEM",
    "SELF_EMPLOYED": "CONTRACTOR",
}
"""What schema.org says of a contract beside its hours; of the others it knows nothing."""


def job_posting(vacancy: Vacancy, *, url: str) -> dict[str, Any]:
    """The published vacancy as schema.org's JobPosting, for search engines. Reads what `queries.vacancies.whole` brings."""
    place, company = vacancy.workplace, vacancy.company
    posting: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": vacancy.title,
        "description": linebreaks(vacancy.description, autoescape=True),
        "identifier": {"@type": "PropertyValue", "name": "Sportello Lavoro", "value": vacancy.reference},
        "url": url,
        "datePosted": vacancy.published_on,
        "validThrough": vacancy.expires_on,
        "employmentType": _employment_types(vacancy),
        "hiringOrganization": {"@type": "Organization", "name": company.organisation.name},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "streetAddress": place.address,
                "addressLocality": place.municipality.name,
                "addressRegion": place.municipality.province_code,
                "addressCountry": "IT",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "EUR",
            "value": {
                "@type": "QuantitativeValue",
                "minValue": float(vacancy.pay_min or 0),
                "maxValue": float(vacancy.pay_max or 0),
                "unitText": _UNITS[PayPeriod(vacancy.pay_period)],
            },
        },
        "workHours": f"{vacancy.weekly_hours:f} h",
        "totalJobOpenings": vacancy.posts,
        "occupationalCategory": f"ISCO-08 {vacancy.occupation.isco08} {vacancy.occupation.label}",
        "skills": [asked.skill.label for asked in vacancy.skill_requirements.all()],
        "directApply": True,
    }
    if company.website:
        posting["hiringOrganization"]["sameAs"] = company.website
    if vacancy.years_experience:
        posting["experienceRequirements"] = {
            "@type": "OccupationalExperienceRequirements",
            "monthsOfExperience": 12 * vacancy.years_experience,
        }
    if vacancy.education_level:
        posting["qualifications"] = vacancy.education_level.label
    return posting


def _employment_types(vacancy: Vacancy) -> list[str]:
    contract = vacancy.contract_type.code if vacancy.contract_type else ""
    return [_HOURS[HoursKind(vacancy.hours_kind)], *([_CONTRACTS[contract]] if contract in _CONTRACTS else [])]
