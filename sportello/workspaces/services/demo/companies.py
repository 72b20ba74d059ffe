"""Companies of the demonstration with their workplaces, vacancies in every state, and the desk's visits to them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from stdnum import luhn

from employers.enums import ClosingReason, HoursKind, PayPeriod, SettlementState, SizeBand, VisitKind, WithdrawalReason
from employers.models import (
    Company,
    CompanyTransition,
    CompanyVisit,
    Vacancy,
    VacancyLanguage,
    VacancySkill,
    VacancyTransition,
    Workplace,
)
from employers.states import CompanyState, VacancyState
from sportello.core.text import sort_key
from sportello.reference.enums import SkillRelation
from sportello.reference.models import Occupation
from sportello.territory.enums import WEEK_BANDS, DayBand, OrganisationKind
from sportello.territory.models import Desk, Municipality, Organisation
from sportello.workspaces.services.demo.draw import Deck, Draw, Weighted, at, lines, table
from sportello.workspaces.services.demo.territory import Territory
from sportello.workspaces.services.demo.vocabulary import Trade, Vocabulary
from sportello.workspaces.services.rows import Rows

_REVENUE_OFFICE = "015"
"""Office of Milan in a VAT number."""

_YEARLY_PAY = {
    "1": (38, 60),
    "2": (27, 44),
    "3": (25, 36),
    "4": (22, 30),
    "5": (19, 25),
    "6": (19, 24),
    "7": (22, 31),
    "8": (22, 29),
    "9": (18, 23),
}
"""First digit of ISCO-08 -> believable gross yearly pay, thousands of euro, full time."""

_VACANCY_DAYS = 60

_PATHS: dict[VacancyState, tuple[VacancyState, ...]] = {
    VacancyState.DRAFT: (),
    VacancyState.SUBMITTED: (VacancyState.SUBMITTED,),
    VacancyState.RETURNED: (VacancyState.SUBMITTED, VacancyState.RETURNED),
    VacancyState.PUBLISHED: (VacancyState.SUBMITTED, VacancyState.PUBLISHED),
    VacancyState.PAUSED: (VacancyState.SUBMITTED, VacancyState.PUBLISHED, VacancyState.PAUSED),
    VacancyState.FILLED: (VacancyState.SUBMITTED, VacancyState.PUBLISHED, VacancyState.FILLED),
    VacancyState.EXPIRED: (VacancyState.SUBMITTED, VacancyState.PUBLISHED, VacancyState.EXPIRED),
    VacancyState.WITHDRAWN: (VacancyState.SUBMITTED, VacancyState.PUBLISHED, VacancyState.WITHDRAWN),
}
"""How a vacancy that starts as a draft came to its state."""


WEEKS = {
    "working_days": [key for key, day, band in WEEK_BANDS if day <= 5 and band in (DayBand.MORNING, DayBand.AFTERNOON)],
    "mornings": [key for key, day, band in WEEK_BANDS if day <= 5 and band == DayBand.MORNING],
    "to_saturday": [key for key, day, band in WEEK_BANDS if day <= 6 and band in (DayBand.MORNING, DayBand.AFTERNOON)],
    "shifts": [key for key, _day, _band in WEEK_BANDS],
}


@dataclass(frozen=True)
class Firm:
    """A company with what its vacancies need."""

    company: Company
    workplaces: tuple[Workplace, ...]
    trade: Trade

    @property
    def label(self) -> str:
        return f"company @ {self.company.organisation.name}"


@dataclass
class Openings:
    """Where people can go: published vacancies by occupation, and the posts of filled ones still without a name."""

    open: dict[Any, list[Vacancy]] = field(default_factory=lambda: defaultdict(list))
    filled: list[tuple[Vacancy, date]] = field(default_factory=list)


class Companies:
    """Makes companies and what they offer."""

    def __init__(self, draw: Draw, territory: Territory, vocabulary: Vocabulary) -> None:
        self._draw = draw
        self._territory = territory
        self._vocabulary = vocabulary
        self._places = Weighted(draw, dict(zip(territory.members, territory.weights, strict=True)))
        self._last_names = [
            name
            for row in table("names")
            if (row["origin"], row["kind"]) == ("it", "L")
            for name in row["names"].split(";")
        ]
        self._states = Deck(
            draw,
            {CompanyState.APPROVED: 9, CompanyState.SUBMITTED: 1, CompanyState.REJECTED: 1, CompanyState.CLOSED: 1},
        )
        self._vacancy_states = Deck(
            draw,
            {
                VacancyState.PUBLISHED: 12,
                VacancyState.FILLED: 5,
                VacancyState.DRAFT: 1,
                VacancyState.SUBMITTED: 1,
                VacancyState.RETURNED: 1,
                VacancyState.PAUSED: 1,
                VacancyState.EXPIRED: 1,
                VacancyState.WITHDRAWN: 4,
            },
        )
        why = WithdrawalReason
        self._withdrawals = Deck(draw, {why.NO_CANDIDATES: 5, why.FOUND_ELSEWHERE: 2, why.NO_NEED: 2, why.OTHER: 1})
        self._sizes = Deck(draw, {SizeBand.MICRO: 5, SizeBand.SMALL: 5, SizeBand.MEDIUM: 3, SizeBand.LARGE: 1})
        self._settlements = Deck(
            draw, {SettlementState.PRESENT: 9, SettlementState.OPENING: 1, SettlementState.PLANNED: 1}
        )
        self._visit_kinds = Deck(draw, {VisitKind.ON_SITE: 3, VisitKind.DESK: 1, VisitKind.REMOTE: 1})
        self._vat_numbers: set[str] = set()
        self._names: set[str] = set()

    def add_firm(self, rows: Rows, *, state: CompanyState | None = None, desk: Desk | None = None) -> Firm:
        """Collect one company with its workplaces, its transitions and the visits it received."""
        draw = self._draw
        trade = self._vocabulary.trades.next()
        state = state or self._states.next()
        place = desk.municipality if desk else self._places.next()
        desk = desk or self._territory.nearest[place.pk]
        name = self._name(trade)
        organisation = rows.add(
            Organisation(
                id=draw.id(),
                kind=OrganisationKind.COMPANY,
                name=name,
                sort_key=sort_key(name),
                municipality=place,
            )
        )
        registered_on = draw.day(draw.today - timedelta(days=760), draw.today - timedelta(days=120))
        if state == CompanyState.SUBMITTED:
            registered_on = draw.today - timedelta(days=draw.number(1, 6))
        decided = state != CompanyState.SUBMITTED
        company = rows.add(
            Company(
                id=draw.id(),
                organisation=organisation,
                vat_number=self._vat_number(),
                sector=trade.sector,
                size_band=self._sizes.next(),
                settlement_state=self._settlements.next(),
                description=_("%(sector)s, a %(place)s e nei Comuni vicini.")
                % {"sector": trade.sector.label, "place": place.name},
                contact_name=_("Ufficio del personale"),
                contact_email=f"personale{len(self._names)}@impresa.example",
                contact_phone=f"02 9{draw.number(100000, 999999)}",
                desk=desk,
                state=state,
                registered_on=registered_on,
                decided_at=at(registered_on + timedelta(days=2), 600) if decided else None,
                decision_reason=self._reason(state) if state == CompanyState.REJECTED else "",
                closed_on=min(draw.today, registered_on + timedelta(days=62)) if state == CompanyState.CLOSED else None,
                closing_reason=ClosingReason.CEASED if state == CompanyState.CLOSED else "",
            )
        )
        workplaces = tuple(
            self._add_workplace(rows, company, place, number) for number in range(draw.one((1, 1, 1, 2)))
        )
        self._log_company(rows, company)
        self._add_visits(rows, company, place)
        return Firm(company, workplaces, trade)

    def _name(self, trade: Trade) -> str:
        while True:
            draw = self._draw
            name = f"{draw.one(trade.words)} {draw.one(self._last_names)} {draw.one(('S.r.l.', 'S.r.l.', 'S.n.c.', 'S.p.A.'))}"
            if name in self._names:
                name = f"{draw.one(self._last_names)} & {name}"
            if name not in self._names:
                self._names.add(name)
                return name

    def _vat_number(self) -> str:
        while True:
            signs = f"{self._draw.number(1_000_000, 9_999_999)}{_REVENUE_OFFICE}"
            number = signs + str(luhn.calc_check_digit(signs))
            if number not in self._vat_numbers:
                self._vat_numbers.add(number)
                return number

    @staticmethod
    def _reason(state: CompanyState) -> str:
        return {
            CompanyState.REJECTED: _("La partita IVA risulta cessata: scrivici se non è così."),
            CompanyState.CLOSED: str(ClosingReason.CEASED.label),
        }.get(state, "")

    def _add_workplace(self, rows: Rows, company: Company, home: Municipality, number: int) -> Workplace:
        draw = self._draw
        place = home if number == 0 else self._places.next()
        return rows.add(
            Workplace(
                id=draw.id(),
                company=company,
                name=_("Sede") if number == 0 else _("Sede di %(place)s") % {"place": place.name},
                municipality=place,
                address=f"{draw.one(lines('streets'))} {draw.number(1, 120)}",
                **self._point(place),
            )
        )

    def _point(self, place: Municipality) -> dict[str, float]:
        """A point around the centre, as two companies in three say it."""
        draw = self._draw
        if place.latitude is None or place.longitude is None or draw.chance(0.33):
            return {}
        north, east = (draw.number(-60, 60) / 10_000 for _axis in range(2))
        return {"latitude": round(place.latitude + north, 5), "longitude": round(place.longitude + east, 5)}

    def _log_company(self, rows: Rows, company: Company) -> None:
        if company.state == CompanyState.SUBMITTED:
            return
        steps = [company.state]
        if company.state == CompanyState.CLOSED:
            steps = [CompanyState.APPROVED, CompanyState.CLOSED]
        before, day = CompanyState.SUBMITTED, company.registered_on + timedelta(days=2)
        for step in steps:
            rows.add(
                CompanyTransition(
                    id=self._draw.id(),
                    company=company,
                    from_state=before,
                    to_state=step,
                    reason=self._reason(CompanyState(step)),
                    actor_label=f"operator @ {self._territory.agency.name}",
                    at=at(day, 600),
                )
            )
            before, day = CompanyState(step), min(self._draw.today, day + timedelta(days=60))

    def _add_visits(self, rows: Rows, company: Company, place: Municipality) -> None:
        draw = self._draw
        operators = self._territory.operators[company.desk.pk]
        notes = (
            _("Cercano personale per i prossimi mesi. Abbiamo spiegato come si pubblica un'offerta."),
            _("Visita in sede: ci hanno mostrato i reparti. Interessati a un tirocinio."),
            _("Abbiamo rivisto insieme il testo dell'offerta e la retribuzione."),
        )
        for _visit in range(draw.one((0, 1, 1, 2, 3))):
            kind = self._visit_kinds.next()
            rows.add(
                CompanyVisit(
                    id=draw.id(),
                    company=company,
                    visited_on=draw.day(company.registered_on, draw.today),
                    kind=kind,
                    desk=company.desk,
                    municipality=company.desk.municipality if kind == VisitKind.DESK else place,
                    operator=draw.one(operators),
                    notes=draw.one(notes),
                )
            )

    def add_vacancy(self, rows: Rows, firm: Firm, openings: Openings, *, state: VacancyState | None = None) -> Vacancy:
        """Collect one vacancy of an approved company with its requirements and transitions; open ones enter `openings`."""
        draw = self._draw
        state = state or self._vacancy_states.next()
        occupation = firm.trade.occupations.next()
        contract = self._contract(occupation)
        hours = HoursKind.PART_TIME if draw.chance(0.3) else HoursKind.FULL_TIME
        low, high, period = self._pay(occupation, contract, hours)
        schedule, week = draw.one(
            (
                (_("Dal lunedì al venerdì"), "mornings" if hours == HoursKind.PART_TIME else "working_days"),
                (_("Su turni"), "shifts"),
                (_("Dal lunedì al sabato a rotazione"), "to_saturday"),
            )
        )
        created_on, published_on, expires_on, last_on = self._dates(state)
        vacancy = rows.add(
            Vacancy(
                id=draw.id(),
                company=firm.company,
                workplace=draw.one(firm.workplaces),
                desk=firm.company.desk,
                title=(occupation.label[:1].upper() + occupation.label[1:])[:150],
                occupation=occupation,
                description=self._description(occupation),
                contract_type=self._vocabulary.contracts[contract],
                posts=draw.one((1, 1, 1, 2, 3)),
                hours_kind=hours,
                weekly_hours=Decimal(draw.one((20, 24, 25, 30)) if hours == HoursKind.PART_TIME else 40),
                bands=WEEKS[week],
                schedule=schedule,
                pay_min=low,
                pay_max=high,
                pay_period=period,
                years_experience=draw.one((0, 0, 0, 1, 2, 3)),
                state=state,
                created_at=at(created_on, 600),
                submitted_at=at(created_on, 660) if state != VacancyState.DRAFT else None,
                moderation_reason=_("Manca l'orario di lavoro: aggiungilo e rimanda.")
                if state == VacancyState.RETURNED
                else "",
                published_on=published_on,
                expires_on=expires_on,
            )
        )
        self._add_requirements(rows, vacancy)
        self._log_vacancy(rows, firm, vacancy, (created_on, published_on or created_on, last_on))
        if state == VacancyState.PUBLISHED:
            openings.open[occupation.pk].append(vacancy)
        elif state == VacancyState.FILLED:
            openings.filled += [(vacancy, last_on)] * vacancy.posts
        return vacancy

    def _contract(self, occupation: Occupation) -> str:
        usual = ("PERMANENT", "FIXED_TERM", "FIXED_TERM", "FIXED_TERM", "AGENCY", "APPRENTICESHIP", "INTERNSHIP")
        return self._draw.one(usual[:3] if occupation.isco08[0] in "12" else usual)

    def _pay(self, occupation: Occupation, contract: str, hours: HoursKind) -> tuple[Decimal, Decimal, PayPeriod]:
        """Internships have their monthly allowance, part-timers and agency workers an hourly pay, the others a yearly one."""
        draw = self._draw
        if contract == "INTERNSHIP":
            low = draw.one((500, 600, 700))
            return Decimal(low), Decimal(low + draw.one((0, 100, 200))), PayPeriod.MONTH
        first, last = _YEARLY_PAY[occupation.isco08[0]]
        low = draw.number(first, first + (last - first) // 2)
        high = low + draw.number(1, (last - first) // 2)
        if hours == HoursKind.PART_TIME or contract == "AGENCY":
            # Hours paid in a year of full time.
            return Decimal(low * 1000) // 2080, Decimal(high * 1000) // 2080 + 1, PayPeriod.HOUR
        return Decimal(low * 1000), Decimal(high * 1000), PayPeriod.YEAR

    def _dates(self, state: VacancyState) -> tuple[date, date | None, date | None, date]:
        """Days of writing, of publication, of expiry, and of the last change."""
        draw, today = self._draw, self._draw.today
        if _PATHS[state][1:2] != (VacancyState.PUBLISHED,):
            written = today - timedelta(days=draw.number(1, 20))
            return written, None, None, written
        if state in (VacancyState.PUBLISHED, VacancyState.PAUSED):
            published = today - timedelta(days=draw.number(0, _VACANCY_DAYS - 5))
        else:
            published = today - timedelta(days=draw.number(_VACANCY_DAYS + 5, 720))
        expires = published + timedelta(days=_VACANCY_DAYS)
        last = expires if state == VacancyState.EXPIRED else published + timedelta(days=draw.number(15, 45))
        return published - timedelta(days=draw.number(1, 4)), published, expires, min(last, today)

    def _description(self, occupation: Occupation) -> str:
        skills = [skill.label for skill in self._vocabulary.skills[occupation.pk][:4]]
        return _("Cerchiamo una persona per questo lavoro: %(occupation)s. Si occuperà di: %(skills)s.") % {
            "occupation": occupation.label,
            "skills": "; ".join(skill if skill[:2].isupper() else skill[:1].lower() + skill[1:] for skill in skills),
        }

    def _add_requirements(self, rows: Rows, vacancy: Vacancy) -> None:
        draw = self._draw
        for skill in draw.some(self._vocabulary.skills[vacancy.occupation.pk][:10], 5):
            relation = SkillRelation.ESSENTIAL if draw.chance(0.6) else SkillRelation.OPTIONAL
            rows.add(VacancySkill(id=draw.id(), vacancy=vacancy, skill=skill, relation=relation))
        rows.add(
            VacancyLanguage(
                id=draw.id(), vacancy=vacancy, language=self._vocabulary.languages["it"], level=draw.one(("A2", "B1"))
            )
        )
        isco = vacancy.occupation.isco08
        licence = {"8332": "CE", "8331": "D", "8322": "B", "8344": "FORKLIFT"}.get(isco)
        if licence:
            rows.add(Vacancy.licences.through(vacancy=vacancy, drivinglicence=self._vocabulary.licences[licence]))

    def _log_vacancy(self, rows: Rows, firm: Firm, vacancy: Vacancy, days: tuple[date, date, date]) -> None:
        before = VacancyState.DRAFT
        desk = f"operator @ {self._territory.agency.name}"
        for number, step in enumerate(_PATHS[VacancyState(vacancy.state)]):
            by_desk = step in (VacancyState.PUBLISHED, VacancyState.RETURNED, VacancyState.EXPIRED)
            rows.add(
                VacancyTransition(
                    id=self._draw.id(),
                    vacancy=vacancy,
                    from_state=before,
                    to_state=step,
                    reason=vacancy.moderation_reason if step == VacancyState.RETURNED else "",
                    withdrawal_reason=self._withdrawals.next() if step == VacancyState.WITHDRAWN else "",
                    actor_label=desk if by_desk else firm.label,
                    at=at(days[number], 660 + 15 * number),
                )
            )
            before = step
