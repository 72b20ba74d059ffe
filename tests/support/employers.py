"""Companies and vacancies for tests, with the few words of the vocabularies that they need."""

import itertools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from employers.enums import Confidence, HoursKind, PayPeriod, SizeBand
from employers.models import Company, Settlement, TargetCompany, Vacancy, VacancySkill, WorkforceForecast, Workplace
from employers.states import CompanyState, VacancyState
from sportello.accounts.enums import Part, Role
from sportello.accounts.models import Membership, User
from sportello.core.text import search_key, sort_key
from sportello.reference.enums import LabelKind, SkillKind, SkillRelation, TaxonomySource
from sportello.reference.models import (
    ContractType,
    Occupation,
    OccupationLabel,
    OccupationSkill,
    RuleParameter,
    Sector,
    Skill,
    SkillLabel,
    TaxonomyVersion,
)
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Desk
from tests.support.personas import make_member
from tests.support.territory import make_desk, make_municipality, make_organisation

_numbers = itertools.count(1)


def make_rule(key: str = "vacancy_close_days", value: Any = 90) -> RuleParameter:
    """A rule in force for ever, in the place of those that the law has dated."""
    RuleParameter.objects.filter(key=key).exclude(valid_from=date(2020, 1, 1)).delete()
    rule, _ = RuleParameter.objects.get_or_create(
        key=key, valid_from=date(2020, 1, 1), defaults={"value": value, "citation": "Prova"}
    )
    return rule


def taxonomy() -> TaxonomyVersion:
    """The one edition of the vocabulary, loaded now: what is added to it is found."""
    version, created = TaxonomyVersion.objects.get_or_create(source=TaxonomySource.CURATED, version="test")
    if not created:
        version.save(update_fields=["loaded_at"])
    return version


def make_skill(label: str = "") -> Skill:
    """A skill with its Italian name."""
    number = next(_numbers)
    label = label or f"Competenza {number}"
    skill = Skill.objects.create(
        code=f"skill-{number}",
        uri=f"urn:skill:{number}",
        kind=SkillKind.values[0],
        label=label,
        sort_key=sort_key(label),
        version=taxonomy(),
    )
    SkillLabel.objects.create(skill=skill, kind=LabelKind.values[0], text=label, search_key=search_key(label))
    return skill


def make_occupation(label: str = "magazziniere", *, isco08: str = "4321", skills: Any = ()) -> Occupation:
    """An occupation with its Italian name and essential skills."""
    number = next(_numbers)
    occupation = Occupation.objects.create(
        code=f"occupation-{number}",
        uri=f"urn:occupation:{number}",
        isco08=isco08,
        label_masculine=label,
        label_feminine=label,
        label=label,
        sort_key=sort_key(label),
        version=taxonomy(),
    )
    OccupationLabel.objects.create(
        occupation=occupation, kind=LabelKind.values[0], text=label, search_key=search_key(label)
    )
    OccupationSkill.objects.bulk_create(
        OccupationSkill(occupation=occupation, skill=skill, relation=SkillRelation.ESSENTIAL) for skill in skills
    )
    return occupation


def make_contract_type(code: str = "PERMANENT") -> ContractType:
    """A kind of contract."""
    found, _ = ContractType.objects.get_or_create(
        code=code, defaults={"label": code.title(), "is_employment": True, "position": next(_numbers) % 30_000}
    )
    return found


def make_sector() -> Sector:
    """Restaurants."""
    found, _ = Sector.objects.get_or_create(
        code="56.1", defaults={"label": "Attività di ristoranti e di ristorazione mobile", "level": 3}
    )
    return found


def make_company(desk: Desk | None = None, **fields: Any) -> Company:
    """An approved company with one workplace in the desk's municipality."""
    number = next(_numbers)
    desk = desk or make_desk()
    name = fields.pop("name", f"Impresa {number:03d}")
    if "organisation" not in fields:
        fields["organisation"] = make_organisation(
            kind=OrganisationKind.COMPANY, name=name, municipality=desk.municipality
        )
    values: dict[str, Any] = {
        "vat_number": f"{number:011d}",
        "sector": make_sector(),
        "size_band": SizeBand.SMALL,
        "contact_name": "Carla Capo",
        "contact_email": f"impresa{number}@example.org",
        "desk": desk,
        "state": CompanyState.APPROVED,
        **fields,
    }
    company = Company.objects.create(**values)
    Workplace.objects.create(company=company, name="Sede", municipality=desk.municipality, address="Via Po 2")
    return company


def closing_of(state: str) -> dict[str, Any]:
    """What the database wants beside the state of a company: since when and why it is closed, nothing for the others."""
    return {"closed_on": timezone.localdate(), "closing_reason": "other"} if state == CompanyState.CLOSED else {}


def make_company_user(company: Company, part: Part = Part.DECIDES) -> User:
    """Somebody who signs in for a company."""
    user = make_member(Role.COMPANY, company.organisation)
    marks = {"is_admin": part.may_administer, "decides": part.may_decide}
    Membership.objects.filter(user=user).update(**marks)
    return user


def make_vacancy(company: Company | None = None, *, skills: Any = (), **fields: Any) -> Vacancy:
    """A published vacancy, valid for a month from today; `skills` are demanded as essential."""
    company = company or make_company()
    today = timezone.localdate()
    values: dict[str, Any] = {
        "desk": company.desk,
        "workplace": company.workplaces.get(),
        "title": "Magazziniera o magazziniere",
        "description": "Prepari gli ordini.",
        "contract_type": make_contract_type(),
        "hours_kind": HoursKind.FULL_TIME,
        "weekly_hours": Decimal("40"),
        "pay_min": Decimal("1500"),
        "pay_max": Decimal("1800"),
        "pay_period": PayPeriod.MONTH,
        "state": VacancyState.PUBLISHED,
        "submitted_at": timezone.now(),
        "published_on": today,
        "expires_on": today + timedelta(days=30),
        **fields,
    }
    values.setdefault("occupation", None)
    values["occupation"] = values["occupation"] or make_occupation()
    vacancy = Vacancy.objects.create(company=company, **values)
    VacancySkill.objects.bulk_create(
        VacancySkill(vacancy=vacancy, skill=skill, relation=SkillRelation.ESSENTIAL) for skill in skills
    )
    vacancy.refresh_from_db(fields=["number"])
    return vacancy


def make_settlement(**fields: Any) -> Settlement:
    """A place of work that opens within the year."""
    today = timezone.localdate()
    values: dict[str, Any] = {
        "name": f"Centro {next(_numbers)}",
        "opens_from": today,
        "opens_to": today + timedelta(days=200),
        **fields,
    }
    values.setdefault("municipality", None)
    values["municipality"] = values["municipality"] or make_municipality()
    return Settlement.objects.create(**values)


def make_forecast(settlement: Settlement | None = None, **fields: Any) -> WorkforceForecast:
    """Ten people, from today."""
    values: dict[str, Any] = {
        "settlement": settlement or make_settlement(),
        "headcount": 10,
        "needed_on": timezone.localdate(),
        "source": "Accordo di programma",
        "confidence": Confidence.MEDIUM,
        "made_on": timezone.localdate(),
        **fields,
    }
    values.setdefault("occupation", None)
    values["occupation"] = values["occupation"] or make_occupation()
    return WorkforceForecast.objects.create(**values)


def make_target(owner: User, desk: Desk, **fields: Any) -> TargetCompany:
    """A company to be won in the desk's municipality."""
    name = fields.pop("name", f"Bersaglio {next(_numbers)}")
    return TargetCompany.objects.create(name=name, municipality=desk.municipality, desk=desk, owner=owner, **fields)
