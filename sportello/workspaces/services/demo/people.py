"""People of the demonstration: who they are, what they can do, what they look for."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from candidates.enums import EmploymentSituation, HoursWanted, SkillSource
from candidates.models import (
    AvailabilityWindow,
    Candidate,
    DesiredOccupation,
    HeldLicence,
    LanguageSkill,
    Profile,
    SkillStatement,
    WorkExperience,
)
from candidates.rules import age_on
from sportello.core.text import search_key, sort_key
from sportello.reference.models import Occupation, Skill
from sportello.territory.enums import Sex
from sportello.territory.models import Municipality
from sportello.workspaces.services.demo.companies import WEEKS
from sportello.workspaces.services.demo.draw import Deck, Draw, Weighted, lines, table
from sportello.workspaces.services.demo.tax_code import tax_code
from sportello.workspaces.services.demo.territory import Territory
from sportello.workspaces.services.demo.vocabulary import Vocabulary
from sportello.workspaces.services.rows import Rows

_OLD_EMPLOYERS = ("Gamma", "Lombarda", "del Naviglio", "Adda", "Martesana", "Est", "2000", "Service")

_DRIVERS = ("8332", "8331")
"""ISCO-08 groups whose people hold a licence for lorries or buses."""


@dataclass(frozen=True)
class Origin:
    """Where a person comes from; `citizenship` in the three values that the statistics need."""

    key: str
    citizenship: str
    language: str
    birth_place: str
    cadastral_code: str


@dataclass(frozen=True)
class Person:
    """A person on file since `registered_on`, with the first of the occupations they look for.

    `wishes` and `skills` are the labels that a service pact copies.
    """

    candidate: Candidate
    occupation: Occupation
    registered_on: date
    age: int
    wishes: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)

    @property
    def residence(self) -> Municipality:
        return self.candidate.residence


class People:
    """Makes believable people, one at a time, each with a tax code of their own."""

    def __init__(self, draw: Draw, territory: Territory, vocabulary: Vocabulary) -> None:
        self._draw = draw
        self._vocabulary = vocabulary
        self._names = {(row["origin"], row["kind"]): tuple(row["names"].split(";")) for row in table("names")}
        origins = {
            Origin(row["origin"], row["citizenship"], row["language"], row["birth_place"], row["cadastral_code"]): int(
                row["weight"]
            )
            for row in table("origins")
        }
        self._origins = Weighted(draw, origins)
        self._residences = Weighted(draw, dict(zip(territory.members, territory.weights, strict=True)))
        self._situations = Deck(
            draw,
            {
                EmploymentSituation.JOBLESS: 60,
                EmploymentSituation.NEVER_EMPLOYED: 8,
                EmploymentSituation.LOSING_JOB: 7,
                EmploymentSituation.EMPLOYED: 20,
                EmploymentSituation.STUDENT: 5,
            },
        )
        self._hours = Deck(draw, {HoursWanted.ANY: 5, HoursWanted.FULL_TIME: 3, HoursWanted.PART_TIME: 2})
        self._weeks = Deck(draw, {"": 6, "working_days": 1, "mornings": 1})
        self._sources = Deck(draw, {SkillSource.SELF: 7, SkillSource.OPERATOR: 2, SkillSource.CERTIFICATE: 1})
        self._evidence = {
            SkillSource.SELF: "",
            SkillSource.OPERATOR: _("Verificata nel colloquio"),
            SkillSource.CERTIFICATE: _("Attestato mostrato allo sportello"),
        }
        self._taken: set[str] = set()

    def add(
        self,
        rows: Rows,
        *,
        registered_on: date,
        occupation: Occupation | None = None,
        residence: Municipality | None = None,
        **fields: Any,
    ) -> Person:
        """Collect one person with profile, wishes, skills, languages and past jobs; `fields` overrule the candidate's."""
        occupation = occupation or self._vocabulary.trades.next().occupations.next()
        candidate, origin = self._candidate(registered_on, residence or self._residences.next(), fields)
        age = age_on(candidate.birth_date, registered_on)
        rows.add(candidate)
        person = Person(candidate, occupation, registered_on, age)
        self._add_profile(rows, person)
        self._add_wishes(rows, person)
        self._add_languages(rows, person, origin)
        self._add_experiences(rows, person)
        return person

    def _candidate(
        self, registered_on: date, residence: Municipality, fields: dict[str, Any]
    ) -> tuple[Candidate, Origin]:
        draw = self._draw
        origin = self._origins.next()
        sex = fields.pop("sex", None) or (Sex.FEMALE if draw.chance(0.53) else Sex.MALE)
        first_name = fields.pop("first_name", None) or draw.one(self._names[origin.key, sex])
        last_name = fields.pop("last_name", None) or draw.one(self._names[origin.key, "L"])
        born, code = self._birth(registered_on, last_name, first_name, sex, origin)
        mailbox = f"{search_key(first_name)}.{search_key(last_name)}".replace(" ", "")
        values: dict[str, Any] = {
            "email": f"{mailbox}{len(self._taken)}@posta.example" if draw.chance(0.85) else "",
            "phone": f"+3934{draw.number(10_000_000, 99_999_999)}",
            "employment_situation": self._situations.next(),
            **fields,
        }
        registered_at = draw.moment(registered_on)
        candidate = Candidate(
            id=draw.id(),
            first_name=first_name,
            last_name=last_name,
            sort_key=sort_key(last_name, first_name),
            search_key=search_key(f"{last_name} {first_name}"),
            tax_code=code,
            sex=sex,
            birth_date=born,
            birth_place=origin.birth_place,
            citizenship=origin.citizenship,
            address=f"{draw.one(lines('streets'))} {draw.number(1, 90)}",
            residence=residence,
            created_at=registered_at,
            confirmed_at=registered_at,
            **values,
        )
        return candidate, origin

    def _birth(
        self, registered_on: date, last_name: str, first_name: str, sex: str, origin: Origin
    ) -> tuple[date, str]:
        """A birth date of working age whose tax code nobody has yet, and that code."""
        while True:
            age = self._draw.number(17, 62)
            born = self._draw.day(
                registered_on - timedelta(days=int(365.25 * (age + 1)) - 1),
                registered_on - timedelta(days=int(365.25 * age) + 1),
            )
            code = tax_code(
                last_name=last_name,
                first_name=first_name,
                sex=sex,
                born=born,
                cadastral_code=origin.cadastral_code,
            )
            if code not in self._taken:
                self._taken.add(code)
                return born, code

    def _add_profile(self, rows: Rows, person: Person) -> None:
        draw, vocabulary = self._draw, self._vocabulary
        isco, candidate = person.occupation.isco08, person.candidate
        licences = ["B"] if draw.chance(0.7) else []
        if isco in _DRIVERS:
            licences = ["B", "C", "CE", "CQC_GOODS"] if isco == "8332" else ["B", "D", "CQC_PEOPLE"]
        elif isco in ("8344", "9333") and draw.chance(0.5):
            licences.append("FORKLIFT")
        contracts = ["PERMANENT", "FIXED_TERM"]
        if draw.chance(0.5):
            contracts.append("AGENCY")
        if person.age < 30:
            contracts += ["APPRENTICESHIP", "INTERNSHIP"]
        permit = None
        if candidate.citizenship == "XX" and draw.chance(0.6):
            permit = draw.today + timedelta(days=draw.number(30, 700))
        profile = rows.add(
            Profile(
                id=draw.id(),
                candidate=candidate,
                education_level=vocabulary.education[self._education(isco)],
                max_travel_km=draw.one((5, 10, 15, 20, 20, 25, 30, 40)),
                hours_wanted=self._hours.next(),
                has_vehicle=bool(licences) and draw.chance(0.7),
                available_from=person.registered_on + timedelta(days=draw.one((0, 0, 0, 15, 30))),
                work_permit_until=permit,
            )
        )
        if week := self._weeks.next():
            for key in WEEKS[week]:
                day, band = key.split("-")
                rows.add(AvailabilityWindow(id=draw.id(), candidate=candidate, weekday=int(day), band=band))
        for code in licences:
            rows.add(HeldLicence(id=draw.id(), profile=profile, drivinglicence=vocabulary.licences[code]))
        for code in contracts:
            rows.add(Profile.contract_types.through(profile=profile, contracttype=vocabulary.contracts[code]))

    def _education(self, isco: str) -> str:
        """A title that people of that ISCO-08 group often have."""
        common = {
            "1": ("upper-secondary-technical", "bachelor", "master"),
            "2": ("bachelor", "master", "master"),
            "3": ("upper-secondary-technical", "higher-technical-diploma", "bachelor"),
            "4": ("upper-secondary-technical", "upper-secondary-general", "bachelor"),
            "9": ("lower-secondary", "lower-secondary", "vocational-qualification", "foreign-unrecognised"),
        }
        usual = ("lower-secondary", "vocational-qualification", "vocational-diploma", "upper-secondary-vocational")
        return self._draw.one(common.get(isco[0], usual))

    def _add_wishes(self, rows: Rows, person: Person) -> None:
        draw, candidate = self._draw, person.candidate
        wanted = {person.occupation: draw.number(0, max(0, min(25, person.age - 19)))}
        while draw.chance(0.4) and len(wanted) < 3:
            wanted.setdefault(self._vocabulary.trades.next().occupations.next(), draw.number(0, 4))
        skills: dict[Any, Skill] = {}
        for position, (occupation, years) in enumerate(wanted.items()):
            rows.add(
                DesiredOccupation(
                    id=draw.id(), candidate=candidate, occupation=occupation, years=years, position=position
                )
            )
            person.wishes.append(occupation.label)
            known = self._vocabulary.skills[occupation.pk]
            skills |= {skill.pk: skill for skill in draw.some(known[:12], 6 if position == 0 else 3)}
        for skill in skills.values():
            person.skills.append(skill.label)
            source = self._sources.next()
            rows.add(
                SkillStatement(
                    id=draw.id(),
                    candidate=candidate,
                    skill=skill,
                    source=source,
                    evidence=self._evidence[source],
                )
            )

    def _add_languages(self, rows: Rows, person: Person, origin: Origin) -> None:
        draw = self._draw
        levels = {"it": "C2" if origin.key == "it" else draw.one(("A2", "B1", "B1", "B2", "C1"))}
        if origin.key != "it":
            levels[origin.language] = "C2"
        if draw.chance(0.45):
            levels.setdefault("en", draw.one(("A2", "B1", "B1", "B2", "C1")))
        for code, level in levels.items():
            rows.add(
                LanguageSkill(
                    id=draw.id(),
                    candidate=person.candidate,
                    language=self._vocabulary.languages[code],
                    level=level,
                    is_native=level == "C2",
                )
            )

    def _add_experiences(self, rows: Rows, person: Person) -> None:
        """Past jobs one after the other, backwards from the registration."""
        draw, candidate = self._draw, person.candidate
        if candidate.employment_situation == EmploymentSituation.NEVER_EMPLOYED:
            return
        working = candidate.employment_situation in (EmploymentSituation.EMPLOYED, EmploymentSituation.LOSING_JOB)
        ends_on = None if working else person.registered_on - timedelta(days=draw.number(10, 500))
        adult = candidate.birth_date + timedelta(days=int(365.25 * 17))
        for position in range(draw.number(1, 3)):
            last = ends_on or person.registered_on
            starts_on = last - timedelta(days=draw.number(90, 1800))
            if starts_on <= adult:
                return
            trade = self._vocabulary.trades.next()
            occupation = person.occupation if position == 0 else trade.occupations.next()
            title = occupation.label_feminine if candidate.sex == Sex.FEMALE else occupation.label_masculine
            rows.add(
                WorkExperience(
                    id=draw.id(),
                    candidate=candidate,
                    occupation=occupation,
                    title=(title[:1].upper() + title[1:])[:150],
                    employer=f"{draw.one(trade.words)} {draw.one(_OLD_EMPLOYERS)}",
                    starts_on=starts_on,
                    ends_on=ends_on,
                )
            )
            ends_on = starts_on - timedelta(days=draw.number(5, 200))
