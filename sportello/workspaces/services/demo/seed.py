"""The demonstration as a whole: from an empty portal to a territory at work for two years."""

import gc
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import cycle

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from candidates.enums import AppointmentMode
from candidates.models import Candidate, Case, ReceptionHours
from candidates.states import CaseClosing
from employers.models import Vacancy
from employers.states import CompanyState, VacancyState
from matching.engine.constraints import Rule
from matching.states import OverrideReason, ReferralState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs
from sportello.territory.enums import Sex
from sportello.territory.models import Desk, Organisation
from sportello.workspaces.services.demo.casework import Casework, Stay
from sportello.workspaces.services.demo.changes import add_changes, add_colleagues
from sportello.workspaces.services.demo.companies import Companies, Firm, Openings
from sportello.workspaces.services.demo.draw import Deck, Draw
from sportello.workspaces.services.demo.equality import COMPANIES, Equality
from sportello.workspaces.services.demo.logins import OPERATOR_DESKS, make_logins
from sportello.workspaces.services.demo.people import People, Person
from sportello.workspaces.services.demo.placing import Placing
from sportello.workspaces.services.demo.scouting import add_settlements, add_targets
from sportello.workspaces.services.demo.territory import Territory, make_territory
from sportello.workspaces.services.demo.training import Training
from sportello.workspaces.services.demo.vocabulary import Vocabulary, read_vocabulary
from sportello.workspaces.services.rows import Rows

_BATCH = 2000
"""People made before their rows are written: memory stays bounded however many there are."""

_OPERATOR_CASES = 60

_PIPELINE = (
    ReferralState.SENT,
    ReferralState.VIEWED,
    ReferralState.INTERVIEW,
    ReferralState.OFFER,
    ReferralState.REFUSED,
    ReferralState.SENT,
    ReferralState.INTERVIEW,
    ReferralState.CONSENT_ASKED,
    ReferralState.VIEWED,
    ReferralState.DECLINED,
    ReferralState.WITHDRAWN,
    ReferralState.OBSOLETE,
)
"""States of the people whom the demonstration company has before it."""

_DECIDED = {0: Rule.DISTANCE, 3: Rule.HOURS}
"""Which of them a choice of their own would have excluded, had the operator not asked them again."""


@dataclass(frozen=True)
class Scale:
    """How many people and vacancies."""

    people: int
    vacancies: int


SCALES = {
    "village": Scale(200, 30),
    "territory": Scale(3_000, 400),
    "metropolis": Scale(100_000, 10_000),
}


class NotADemonstration(Exception):
    """The portal serves real people: nothing may be invented in it."""


class PeopleOnFile(Exception):
    """People or bodies are on file that the demonstration did not make."""


def is_seeded() -> bool:
    """Whether the demonstration is already there. Raises NotADemonstration, PeopleOnFile."""
    if not settings.DEMO_MODE:
        raise NotADemonstration
    if User.objects.filter(email__in=list(settings.DEMO_LOGINS)).exists():
        return True
    if Candidate.objects.exists() or Organisation.objects.exists():
        raise PeopleOnFile
    return False


@audit.service("seed")
def seed_demo(*, scale: Scale, seed: int, today: date, by: Scope) -> None:
    """Write everything in one transaction; the same arguments on the same vocabularies give the same rows.

    Raises NotADemonstration, PeopleOnFile, and TerritoryMissing when places or vocabularies are not loaded.
    """
    if is_seeded():
        return
    # Millions of rows and no circles among them: the collector frees nothing and takes a third of the time.
    gc.disable()
    try:
        Story(Draw(seed=seed, today=today), scale).tell()
    finally:
        gc.enable()
    # By a worker: the first page does not wait for the printing.
    jobs.enqueue("sportello.workspaces.tasks.publish_demo_reports", today.isoformat(), key=today.isoformat())
    transaction.on_commit(_take_stock)


def _take_stock() -> None:
    """Tell the planner how many rows there are, and that their indexes alone may answer; else this waits for autovacuum."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class Story:
    """Joins people, companies and desks into two years of events."""

    def __init__(self, draw: Draw, scale: Scale) -> None:
        self._draw = draw
        self._scale = scale
        self._rows = Rows()
        self._vocabulary: Vocabulary = read_vocabulary(draw)
        # About a hundred and fifty open cases each, as at a busy desk.
        self._territory: Territory = make_territory(draw, self._rows, operators=scale.people // 300)
        self._companies = Companies(draw, self._territory, self._vocabulary)
        self._people = People(draw, self._territory, self._vocabulary)
        self._casework = Casework(draw, self._territory)
        self._placing = Placing(draw, self._territory, self._vocabulary)
        self._openings = Openings()
        self._closings = Deck(
            draw,
            {
                CaseClosing.PLACED: 7,
                CaseClosing.MOVED: 1,
                CaseClosing.GAVE_UP: 2,
                CaseClosing.UNREACHABLE: 2,
                CaseClosing.OTHER: 1,
            },
        )

    def tell(self) -> None:
        """Companies first, then the people of the demonstration logins, then everybody else."""
        firm = self._companies.add_firm(self._rows, state=CompanyState.APPROVED, desk=self._territory.desk("segrate"))
        users = make_logins(self._draw, self._rows, self._territory, firm)
        equality = Equality(draw=self._draw, rows=self._rows)
        offered = self._make_vacancies(firm, equality)
        self._rows.write()
        equality.confirm(users["comune"])
        Training(self._draw, self._rows, self._territory).tell(self._vocabulary, (job.occupation for job in offered))
        self._tell_citizen(users["cittadina"], users["operatore"], offered)
        told = 1 + self._tell_operator(users["operatore"], offered)
        self._draw.random.shuffle(self._openings.filled)
        for number in range(told, self._scale.people):
            self._tell_person()
            if number % _BATCH == 0:
                self._rows.write()
        self._receive(users["operatore"])
        add_settlements(self._rows, self._draw, self._territory, firm.company)
        add_targets(self._rows, self._draw, firm.company, users["operatore"])
        add_colleagues(self._rows, self._draw, firm)
        bought = self._companies.add_firm(self._rows, state=CompanyState.APPROVED, desk=firm.company.desk)
        add_changes(self._rows, self._draw, self._territory, firm, bought)
        self._rows.write()

    def _receive(self, operator: User) -> None:
        """The demonstration operator receives at one desk every morning, so that people find hours to book."""
        for weekday in range(1, 6):
            self._rows.add(
                ReceptionHours(
                    id=self._draw.id(),
                    operator=operator,
                    desk=self._territory.desk("segrate"),
                    weekday=weekday,
                    begins=time(9),
                    ends=time(12),
                    minutes=30,
                    mode=AppointmentMode.IN_PERSON,
                    valid_from=self._draw.today - timedelta(days=90),
                )
            )

    def _make_vacancies(self, firm: Firm, equality: Equality) -> list[Vacancy]:
        """All companies and vacancies. Returns those that the demonstration company has published."""
        approved = [firm]
        for _number in range(max(12, self._scale.vacancies // 4)):
            other = self._companies.add_firm(self._rows)
            if other.company.state == CompanyState.APPROVED:
                approved.append(other)
        certifiable = [one.company for one in approved[:COMPANIES]]
        equality.tell(certifiable, self._territory.bodies["Segrate"])
        states = (
            VacancyState.PUBLISHED,
            VacancyState.PUBLISHED,
            VacancyState.PUBLISHED,
            VacancyState.FILLED,
            VacancyState.DRAFT,
            VacancyState.SUBMITTED,
        )
        own = [self._companies.add_vacancy(self._rows, firm, self._openings, state=state) for state in states]
        for _number in range(len(own), self._scale.vacancies):
            self._companies.add_vacancy(self._rows, self._draw.one(approved), self._openings)
        return [vacancy for vacancy in own if vacancy.state == VacancyState.PUBLISHED]

    def _tell_citizen(self, user: User, operator: User, offered: list[Vacancy]) -> None:
        """A woman of Segrate with a signed pact, an appointment, an interview ahead and a question to answer."""
        draw, desk = self._draw, self._territory.desk("segrate")
        registered_on = draw.today - timedelta(days=70)
        person = self._people.add(
            self._rows,
            registered_on=registered_on,
            occupation=offered[0].occupation,
            residence=desk.municipality,
            user=user,
            email=user.email,
            first_name=user.first_name,
            last_name=user.last_name,
            sex=Sex.FEMALE,
        )
        self._casework.add_intake(self._rows, person, desk, operator)
        stay = Stay(registered_on + timedelta(days=4))
        case = self._casework.add_case(self._rows, person, desk, operator, stay, plan="signed")
        self._casework.book(self._rows, case)
        since = draw.today - timedelta(days=6)
        own = offered[0].company
        others = [vacancy for group in self._openings.open.values() for vacancy in group if vacancy.company != own]
        for vacancy, state in ((offered[0], ReferralState.CONSENT_ASKED), (others[0], ReferralState.INTERVIEW)):
            referral = self._placing.refer(
                self._rows, case, vacancy, state, first=since, last=draw.today - timedelta(days=1)
            )
            if state == ReferralState.CONSENT_ASKED:
                motive = _("Al colloquio ha raccontato lavori che nel profilo non ci sono ancora.")
                self._placing.decide(self._rows, referral, case, OverrideReason.TALKED, motive)

    def _tell_operator(self, operator: User, offered: list[Vacancy]) -> int:
        """The caseload of the demonstration operator, with today's appointments. Returns how many people it took."""
        draw = self._draw
        desks = [self._territory.desk(slug) for slug in OPERATOR_DESKS]
        states, vacancies = iter(_PIPELINE), cycle(offered)
        number = min(_OPERATOR_CASES - 1, self._scale.people // 4)
        for position in range(number):
            desk = desks[position % len(desks)]
            vacancy = next(vacancies)
            state = next(states, None)
            registered_on = draw.today - timedelta(days=draw.number(40, 300))
            served = [place for place in self._territory.members if self._territory.nearest[place.pk] == desk]
            person = self._people.add(
                self._rows,
                registered_on=registered_on,
                occupation=vacancy.occupation if state else None,
                residence=draw.one(served),
            )
            self._casework.add_intake(self._rows, person, desk, operator)
            opened_on = registered_on + timedelta(days=draw.number(1, 12))
            case = self._casework.add_case(self._rows, person, desk, operator, Stay(opened_on))
            if position % 9 == 0:
                self._casework.book_today(self._rows, case, position // 9)
            elif position % 4 == 0:
                self._casework.book(self._rows, case)
            if state:
                first = draw.today - timedelta(days=draw.number(8, 20))
                last = draw.today - timedelta(days=draw.number(1, 5))
                referral = self._placing.refer(self._rows, case, vacancy, state, first=first, last=last)
                if position in _DECIDED:
                    motive = _("Al telefono ha detto che ora accetta anche questo.")
                    rule = _DECIDED[position].value
                    self._placing.decide(self._rows, referral, case, OverrideReason.ACCEPTS, motive, rule=rule)
        return number

    def _tell_person(self) -> None:
        """One more person: hired through the desk, or with a story of their own."""
        draw = self._draw
        if self._openings.filled and draw.chance(0.25):
            self._tell_hired(*self._openings.filled.pop())
            return
        days = int(760 * draw.random.random() ** 1.4)
        registered_on = draw.today - timedelta(days=days)
        person = self._people.add(self._rows, registered_on=registered_on)
        desk, operator = self._received(person)
        if days < 12 and draw.chance(0.6):
            return
        opened_on = min(draw.today, registered_on + timedelta(days=draw.number(0, 14)))
        closes = draw.chance(0.1 if days < 60 else 0.45 if days < 300 else 0.75)
        if not closes:
            case = self._casework.add_case(self._rows, person, desk, operator, Stay(opened_on))
            if draw.chance(0.3):
                self._casework.book(self._rows, case)
            self._propose(case, person)
            return
        closed_on = draw.day(min(draw.today, opened_on + timedelta(days=10)), draw.today)
        stay = Stay(opened_on, closed_on, self._closings.next())
        case = self._casework.add_case(self._rows, person, desk, operator, stay)
        if stay.closing == CaseClosing.PLACED:
            self._placing.found_alone(self._rows, case, person, closed_on)

    def _received(self, person: Person) -> tuple[Desk, User]:
        """The desk nearest to the person, where they arrive, and one of its operators."""
        desk = self._territory.nearest[person.residence.pk]
        operator = self._draw.one(self._territory.operators[desk.pk])
        self._casework.add_intake(self._rows, person, desk, operator)
        return desk, operator

    def _propose(self, case: Case, person: Person) -> None:
        """Up to two open vacancies of the person's occupation."""
        draw = self._draw
        suitable = self._openings.open.get(person.occupation.pk, ())
        for vacancy in draw.some(suitable, 2) if draw.chance(0.5) else ():
            earliest = max(case.opened_on, vacancy.published_on or case.opened_on)
            first = draw.day(earliest, draw.today)
            self._placing.refer(self._rows, case, vacancy, self._placing.states.next(), first=first, last=draw.today)

    def _tell_hired(self, vacancy: Vacancy, hired_on: date) -> None:
        """Somebody who arrived before the vacancy was published and got one of its posts."""
        draw = self._draw
        published_on = vacancy.published_on or hired_on
        registered_on = published_on - timedelta(days=draw.number(15, 120))
        person = self._people.add(self._rows, registered_on=registered_on, occupation=vacancy.occupation)
        desk, operator = self._received(person)
        opened_on = registered_on + timedelta(days=draw.number(0, 14))
        internship = vacancy.contract_type is not None and not vacancy.contract_type.is_employment
        # An internship is not employment: the case goes on.
        stay = Stay(opened_on) if internship else Stay(opened_on, hired_on, CaseClosing.PLACED)
        case = self._casework.add_case(self._rows, person, desk, operator, stay)
        self._placing.hire(self._rows, case, vacancy, hired_on)
