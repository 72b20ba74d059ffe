"""A whole vacancy as a program sends it, read through the forms of the pages, so that both doors have one law."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from employers.api.board import AskedLanguage, WeekBand
from employers.enums import HoursKind, PayPeriod
from employers.forms.vacancy import MAX_SKILLS, ConditionsForm, JobForm
from employers.models import Company, Vacancy
from employers.services.delivery import VacancyContent
from sportello.core.api import Code, Problem
from sportello.core.db import Model
from sportello.reference.enums import SkillRelation
from sportello.reference.models import ContractType, DrivingLicence, EducationLevel, Language, Occupation, Skill

M = TypeVar("M", bound=Model)

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)]

PLACES = {
    "contract_type": "contract",
    "hours_kind": "hours.kind",
    "weekly_hours": "hours.weekly",
    "bands": "hours.bands",
    "schedule": "hours.schedule",
    "pay_min": "pay.minimum",
    "pay_max": "pay.maximum",
    "pay_period": "pay.period",
}
"""Field of the form -> its place in the body, where the two differ."""


class SkillAsked(Schema):
    """A skill by our code."""

    model_config = ConfigDict(extra="forbid")

    code: Code
    relation: SkillRelation


class HoursIn(Schema):
    """Hours a week, in which parts of the week, and on which days in your words."""

    model_config = ConfigDict(extra="forbid")

    kind: HoursKind
    weekly: Annotated[Decimal, Field(gt=0, le=168)]
    bands: Annotated[list[WeekBand], Field(max_length=28)] = []
    schedule: Line = ""


class PayIn(Schema):
    """Gross pay in euro: the range is compulsory in every ad (directive EU 2023/970)."""

    model_config = ConfigDict(extra="forbid")

    minimum: Annotated[Decimal, Field(gt=0, lt=10_000_000)]
    maximum: Annotated[Decimal, Field(gt=0, lt=10_000_000)]
    period: PayPeriod


class VacancyIn(Schema):
    """A whole vacancy. The codes are those of `/occupations` and `/vocabularies`, the workplace one of `/company/workplaces`."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "title": "Magazziniera o magazziniere",
                    "occupation": "magazziniere",
                    "description": "Prepari gli ordini e carichi i furgoni.",
                    "workplace": "6f2c1f5e-6a1f-4d0e-9d7c-0b7d3f2a9c11",
                    "posts": 2,
                    "contract": "PERMANENT",
                    "hours": {"kind": "full_time", "weekly": "40", "schedule": "da lunedì a venerdì, 8-17"},
                    "pay": {"minimum": "1500", "maximum": "1800", "period": "month"},
                    "languages": [{"code": "it", "level": "A2"}],
                }
            ]
        },
    )

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=150)]
    occupation: Code
    description: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000)]
    workplace: UUID
    posts: Annotated[int, Field(ge=1, le=5000)] = 1
    contract: Code
    hours: HoursIn
    pay: PayIn
    collective_agreement_code: Annotated[str, StringConstraints(max_length=10)] = ""
    education: Code | None = None
    years_experience: Annotated[int, Field(ge=0, le=32767)] = 0
    skills: Annotated[list[SkillAsked], Field(max_length=MAX_SKILLS)] = []
    languages: Annotated[list[AskedLanguage], Field(max_length=10)] = []
    licences: Annotated[list[Code], Field(max_length=20)] = []


def checked(body: VacancyIn, company: Company, vacancy: Vacancy | None) -> VacancyContent:
    """What the body says, for the services. Raises Problem 422 with what is wrong, field by field."""
    errors: dict[str, list[str]] = {}
    occupation = _coded(Occupation, body.occupation, "body.occupation", errors)
    contract = _coded(ContractType, body.contract, "body.contract", errors)
    education = _coded(EducationLevel, body.education, "body.education", errors) if body.education else None
    skills = _all_coded(Skill, [asked.code for asked in body.skills], "body.skills.{}.code", errors)
    languages = _all_coded(Language, [asked.code for asked in body.languages], "body.languages.{}.code", errors)
    licences = _all_coded(DrivingLicence, body.licences, "body.licences.{}", errors)
    forms = (
        JobForm(
            {
                **body.model_dump(include={"title", "description", "workplace", "posts"}),
                "occupation": str(occupation.pk) if occupation else "",
            },
            company=company,
            instance=vacancy,
        ),
        ConditionsForm(
            {
                "contract_type": contract.pk if contract else "",
                "hours_kind": body.hours.kind,
                "weekly_hours": body.hours.weekly,
                "bands": body.hours.bands,
                "schedule": body.hours.schedule,
                "pay_min": body.pay.minimum,
                "pay_max": body.pay.maximum,
                "pay_period": body.pay.period,
                "collective_agreement_code": body.collective_agreement_code,
            },
            instance=vacancy,
        ),
    )
    for form in forms:
        for name, found in form.errors.items():
            place = f"body.{PLACES.get(name, name)}"
            errors.setdefault(place, [str(message) for message in found])
    try:
        years = Vacancy._meta.get_field("years_experience").clean(body.years_experience, None)
    except ValidationError as error:
        errors["body.years_experience"] = list(error.messages)
    if errors:
        raise Problem(422, errors=errors)
    return VacancyContent(
        fields={
            **forms[0].cleaned_data,
            **forms[1].cleaned_data,
            "education_level": education,
            "years_experience": years,
        },
        skills={skill.pk: asked.relation for skill, asked in zip(skills, body.skills, strict=True)},
        languages={language.pk: asked.level for language, asked in zip(languages, body.languages, strict=True)},
        licences=tuple(licences),
    )


def _coded(model: type[M], code: str, place: str, errors: dict[str, list[str]]) -> M | None:
    found = _all_coded(model, [code], place, errors)
    return found[0] if found else None


def _all_coded(model: type[M], codes: list[str], place: str, errors: dict[str, list[str]]) -> list[M]:
    """The rows that the codes name, in their order; what is unknown goes into `errors`, and then there are none."""
    rows: Mapping[Any, M] = {row.code: row for row in model._default_manager.filter(code__in=codes)}  # type: ignore[attr-defined]
    unknown = [(n, code) for n, code in enumerate(codes) if code not in rows]
    for n, code in unknown:
        errors[place.format(n)] = [_("Codice sconosciuto: %(code)s.") % {"code": code}]
    return [] if unknown else [rows[code] for code in codes]
