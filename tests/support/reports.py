"""Registers of a desk for the report: people and what happened to them, in bulk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise
from typing import Any

from django.utils import timezone

from candidates.enums import ContactChannel, EmploymentSituation, IntakeChannel
from candidates.models import Appointment, Candidate, Case, Contact, DisclosureRequest, Intake
from employers.models import Company, CompanyVisit, Vacancy, Workplace
from matching.models import Placement, Referral, ReferralTransition
from matching.states import PlacementState
from reports.indicators.counting import counted, spells_of
from reports.indicators.measures import MEASURES, Window
from reports.indicators.survival import Spells
from reports.models import Figure, FrozenArea, ReportIssue, SemesterFreeze
from reports.protect import Area, Cell, Geography
from reports.queries.areas import Places, Territory
from reports.queries.issues import issues_of, municipalities_of
from reports.rules import Semester
from reports.services.issue import open_issue
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core.text import search_key, sort_key
from sportello.pacts.models import TerritorialPact
from sportello.pacts.services import pact as pacts
from sportello.reference.models import ContractType, Occupation, RuleParameter, Sector, TaxonomyVersion
from sportello.territory.enums import OrganisationKind, Sex
from sportello.territory.models import Desk, Municipality, MunicipalityResidents
from tests.support.personas import make_user, scope
from tests.support.territory import make_desk, make_municipality, make_organisation

_numbers = count(1)


def make_rules() -> None:
    """The disclosure rules as the reference file gives them."""
    for key, value in (
        ("disclosure_threshold", 5),
        ("small_denominator", 20),
        ("dominance_least_employers", 3),
        ("dominance_largest_share", 75),
        ("disclosure_threshold_disability", 10),
        ("first_contact_days", 15),
        ("referral_answer_days", 7),
    ):
        RuleParameter.objects.get_or_create(
            key=key, defaults={"value": value, "valid_from": date(2020, 1, 1), "citation": "Prova", "indicative": True}
        )


def make_contract_type(code: str, *, is_employment: bool) -> ContractType:
    return ContractType.objects.get_or_create(
        code=code, defaults={"label": code.title(), "is_employment": is_employment, "position": next(_numbers) % 30_000}
    )[0]


def make_pact(members: Sequence[Municipality], **fields: Any) -> TerritorialPact:
    """A pact from 2025 to 2028 led by the first member, all in force from its first day."""
    start = date(2025, 1, 1)
    pact = pacts.found_pact(
        **{
            "slug": f"patto-{next(_numbers)}",
            "kind": "pact",
            "name": "Patto Sud-Est Milano",
            "lead": members[0],
            "starts_on": start,
            "ends_on": date(2028, 12, 31),
            "deed_no": "12",
            "deed_date": start,
            "by": scope(make_user()),
            **fields,
        }
    )
    for member in members[1:]:
        membership = pacts.invite_municipality(pact=pact, municipality=member, by=scope(make_user()))
        pacts.sign_membership(
            membership=membership, deed_no="12", deed_date=start, joined_on=start, by=scope(make_user())
        )
    return pact


@dataclass
class Register:
    """A desk and its register; every method writes rows in bulk and returns them."""

    place: Municipality = field(default_factory=make_municipality)
    desk: Desk = field(init=False)

    def __post_init__(self) -> None:
        self.desk = make_desk(municipality=self.place, serves=[self.place])

    def people(self, number: int, sex: Sex, *, born: date = date(1985, 3, 4)) -> list[Candidate]:
        """Registered people, without any event."""
        names = [f"Inventata{next(_numbers)}" for _ in range(number)]
        return Candidate.objects.bulk_create(
            Candidate(
                first_name="Persona",
                last_name=name,
                sort_key=sort_key(name, "Persona"),
                search_key=search_key(f"{name} Persona"),
                sex=sex,
                birth_date=born,
                residence=self.place,
                employment_situation=EmploymentSituation.JOBLESS,
            )
            for name in names
        )

    def intakes(self, people: Sequence[Candidate], on: date) -> list[Intake]:
        return Intake.objects.bulk_create(
            Intake(candidate=person, channel=IntakeChannel.DESK, desk=self.desk, residence=self.place, received_on=on)
            for person in people
        )

    def cases(self, people: Sequence[Candidate], on: date) -> list[Case]:
        return Case.objects.bulk_create(
            Case(candidate=person, desk=self.desk, residence=self.place, opened_on=on) for person in people
        )

    def placements(
        self, people: Sequence[Candidate], on: date, *, code: str = "FIXED_TERM", state: str = PlacementState.VERIFIED
    ) -> list[Placement]:
        kind = make_contract_type(code, is_employment=code not in ("INTERNSHIP", "CIVIL_SERVICE"))
        verified = state == PlacementState.VERIFIED
        return Placement.objects.bulk_create(
            Placement(
                candidate=person,
                employer_name=f"Impresa {next(_numbers)}",
                desk=self.desk,
                residence=self.place,
                contract_type=kind,
                starts_on=on,
                state=state,
                notice_code=f"UNILAV-{next(_numbers)}" if verified else "",
                verified_at=timezone.now() if verified else None,
                rejection_reason="Prova" if state == PlacementState.REJECTED else "",
            )
            for person in people
        )

    def company(self) -> Company:
        number = next(_numbers)
        sector, _ = Sector.objects.get_or_create(code="10", defaults={"label": "Alimentari", "level": 2})
        return Company.objects.create(
            organisation=make_organisation(kind=OrganisationKind.COMPANY),
            vat_number=f"{number:011d}",
            sector=sector,
            size_band="micro",
            contact_name="Referente",
            contact_email="impresa@example.org",
            desk=self.desk,
        )

    def visit(self, company: Company, on: date) -> CompanyVisit:
        return CompanyVisit.objects.create(
            company=company, visited_on=on, kind="on_site", desk=self.desk, municipality=self.place
        )

    def vacancy(self, company: Company, on: date | None, posts: int) -> Vacancy:
        taxonomy, _ = TaxonomyVersion.objects.get_or_create(source="curated", version="test")
        occupation, _ = Occupation.objects.get_or_create(
            code="prova", defaults={"uri": "prova", "isco08": "9999", "label": "prova", "version": taxonomy}
        )
        workplace, _ = Workplace.objects.get_or_create(company=company, name="Sede", municipality=self.place)
        return Vacancy.objects.create(
            company=company,
            workplace=workplace,
            desk=self.desk,
            title="Lavoro",
            occupation=occupation,
            description="Lavoro",
            contract_type=make_contract_type("FIXED_TERM", is_employment=True),
            posts=posts,
            hours_kind="full_time",
            weekly_hours=40,
            pay_min=1200,
            pay_max=1500,
            pay_period="month",
            state="published" if on else "draft",
            published_on=on,
            expires_on=on + timedelta(days=60) if on else None,
        )


def moment(day: date, hour: int = 9) -> datetime:
    """That hour of the day in Italian time."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def appointment(register: Register, person: Candidate, starts: datetime, state: str) -> Appointment:
    return Appointment.objects.create(
        candidate=person,
        desk=register.desk,
        residence=register.place,
        operator=make_user(),
        starts_at=starts,
        ends_at=starts + timedelta(minutes=30),
        state=state,
        reason="Incontro",
    )


def contact(
    register: Register, person: Candidate, day: date, channel: ContactChannel = ContactChannel.PHONE
) -> Contact:
    return Contact.objects.create(
        candidate=person,
        desk=register.desk,
        residence=register.place,
        channel=channel,
        happened_on=day,
        reason="Prova",
    )


def window() -> Window:
    """The first semester of 2026."""
    return Window(date(2026, 1, 1), date(2026, 6, 30), first_contact_days=15, referral_answer_days=7)


def places_of(*registers: Register) -> Places:
    """The municipalities of some registers, and all of them together."""
    codes = {register.place.pk: register.place.istat_code for register in registers}
    singles = {code: Area(code, frozenset([code])) for code in codes.values()}
    territories = {register.place.istat_code: register.place for register in registers}
    return Places(Geography(singles, (Area("whole", frozenset(singles)),)), codes, territories, {})


def counts_in(register: Register, *keys: str) -> dict[Cell, int]:
    """Every count of a register, or those of the measures that are named."""
    places = places_of(register)
    return {
        cell: n
        for measure in MEASURES
        if measure.key in keys or not keys
        for cell, n in counted(measure, window(), places)[register.place.istat_code].items()
    }


def lasted_in(register: Register, key: str) -> Spells:
    """How long the units of a measure lasted in a register."""
    (measure,) = (measure for measure in MEASURES if measure.key == key)
    return spells_of(measure, window(), places_of(register)).get(register.place.istat_code, {})


def outcomes_in(counts: dict[Cell, int], measure: str, table: str = "outcome") -> dict[str, int]:
    return {cell.member: n for cell, n in counts.items() if (cell.measure, cell.dimension) == (measure, table)}


def refer(person: Candidate, vacancy: Vacancy, path: Sequence[str]) -> Referral:
    """A person sent towards a vacancy on the last day of the semester, by these steps after the question."""
    disclosure, _ = DisclosureRequest.objects.get_or_create(
        candidate=person, organisation=vacancy.company.organisation, defaults={"regarding": "Offerta"}
    )
    referral = Referral.objects.create(
        vacancy=vacancy,
        candidate=person,
        disclosure=disclosure,
        state=path[-1],
        created_at=moment(date(2026, 6, 30)),
        refusal_reason="skills" if path[-1] == "refused" else "",
    )
    for number, (before, after) in enumerate(pairwise(["consent_asked", *path])):
        ReferralTransition.objects.create(
            referral=referral,
            from_state=before,
            to_state=after,
            actor_label="prova",
            at=moment(date(2026, 6, 30)) + timedelta(minutes=number),
        )
    return referral


def segrate_quarter() -> Register:
    """A first semester of 431 people, 220 women and 211 men as the press printed, with 68 contracts; every person is invented."""
    make_rules()
    register = Register(make_municipality(name="Segrate", istat_code="015205"))
    day = date(2026, 2, 10)
    women = register.people(220, Sex.FEMALE, born=date(1979, 5, 1))
    men = register.people(211, Sex.MALE, born=date(1992, 7, 9))
    register.intakes([*women, *men], day)
    register.cases([*women[:90], *men[:110]], day + timedelta(days=5))
    register.placements([*women[:33], *men[:35]], day + timedelta(days=40))
    register.placements(men[40:52], day + timedelta(days=60), code="INTERNSHIP")
    register.placements(women[50:60], day + timedelta(days=50), state=PlacementState.DECLARED)
    return register


def registered_pact() -> TerritorialPact:
    """A pact of seven municipalities, of which one has few people and one none."""
    make_rules()
    codes = ["015205", "015175", "015171", "015159", "015060", "015189", "015070"]
    names = [
        "Segrate",
        "Pioltello",
        "Peschiera Borromeo",
        "Pantigliate",
        "Cassina de' Pecchi",
        "Rodano",
        "Cernusco sul Naviglio",
    ]
    registers = [Register(make_municipality(name=n, istat_code=c)) for n, c in zip(names, codes, strict=True)]
    for i, register in enumerate(registers):
        for sex, n in ((Sex.FEMALE, 60), (Sex.MALE, 70)):
            MunicipalityResidents.objects.create(
                municipality=register.place, year=2023, sex=sex, age_band="35-44", count=n * 100 + i
            )
    for i, register in enumerate(registers[:-1]):
        ages = [date(2004, 1, 1), date(1994, 1, 1), date(1979, 1, 1), date(1964, 1, 1)]
        people = [
            person
            for n, born in enumerate(ages)
            for sex in Sex
            for person in register.people(1 if i == 5 and n < 2 else (0 if i == 5 else 9 + 2 * i + n), sex, born=born)
        ]
        register.intakes(people, date(2026, 2, 3))
        register.cases(people[::2], date(2026, 2, 20))
        register.placements(people[::5], date(2026, 5, 4))
        register.placements(people[1::11], date(2026, 5, 4), code="INTERNSHIP")
        firm = register.company()
        register.visit(firm, date(2026, 3, 3))
        register.vacancy(firm, date(2026, 3, 10), 3 + i)
    return make_pact([register.place for register in registers])


def make_edition(territory: Territory, semester: str, **totals: tuple[int | None, int | None] | int) -> ReportIssue:
    """A published edition with these totals, in the place of the version before; (None, None) is suppressed."""
    chosen = Semester.parse(semester)
    same = issues_of(territory).filter(year=chosen.year, half=chosen.half)
    same.update(state=IssueState.SUPERSEDED)
    issue = open_issue(territory=territory, year=chosen.year, half=chosen.half, by=Scope.of_process("tests"))
    freeze = SemesterFreeze.objects.create(
        year=chosen.year,
        half=chosen.half,
        version=SemesterFreeze.objects.filter(year=chosen.year, half=chosen.half).count() + 1,
        data_cut=issue.data_cut,
    )
    named: dict[str, Any] = {issue.kind: territory}
    area = FrozenArea.objects.create(
        freeze=freeze,
        kind=issue.kind,
        istat_codes=[place.istat_code for place in municipalities_of(territory, issue.data_cut)],
        **named,
    )
    for key, total in totals.items():
        numerator, denominator = total if isinstance(total, tuple) else (total, None)
        Figure.objects.create(
            area=area, indicator=key, numerator=numerator, denominator=denominator, suppressed=numerator is None
        )
    now = timezone.now()
    SemesterFreeze.objects.filter(pk=freeze.pk).update(frozen_at=now)
    ReportIssue.objects.filter(pk=issue.pk).update(
        state=IssueState.PUBLISHED, area=area, frozen_at=now, published_at=now
    )
    issue.refresh_from_db()
    return issue
