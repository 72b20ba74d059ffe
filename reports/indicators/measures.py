"""What is counted: each measure is one set-based question over events, with the residence stored on the event."""

from dataclasses import replace
from datetime import date, timedelta

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from candidates.enums import DeclarationKind, TargetArea
from candidates.models import Appointment, AvailabilityDeclaration, Contact, Intake, ServiceDelivered, ServicePact
from candidates.models import Case as CareCase
from candidates.states import AppointmentState, CaseClosing, PactState
from employers.models import CompanyVisit, Vacancy, VacancyTransition
from employers.states import VacancyState
from matching.models import Placement, ReferralTransition
from matching.states import PlacementState, ReferralState
from reports.indicators.careers import (
    CONTRACTS,
    FOUND,
    INTERNSHIPS,
    MONTHS,
    WORKED,
    followed,
    found_or_gone,
    found_within,
    jobs,
    searches,
)
from reports.indicators.contracts import HOURS, OTHER_HOURS, contracts, employers_of, internships, people_placed
from reports.indicators.conversations import AFAR, conversations
from reports.indicators.endings import ENDS, WHY, ended, withdrawn_by
from reports.indicators.events import (
    Cohort,
    Duration,
    Events,
    Measure,
    Window,
    business_rows,
    fact_rows,
    person_rows,
)
from reports.indicators.occupations import MONTHS_OF_SEMESTER, open_posts, wanted
from reports.indicators.paths import (
    AGES,
    BETWEEN,
    SEXES,
    WAYS,
    by_age,
    by_sex,
    each_step,
    matched,
    people_referred,
    referrals,
)
from reports.indicators.replies import ANSWERED, answers, asked, sent, within
from reports.indicators.skills import skill_posts, skilled
from reports.indicators.training import course_editions
from reports.rules import Dimension

__all__ = ["MEASURES", "Measure", "Window"]


def _intakes(window: Window) -> Events:
    return person_rows(Intake, "received_on", window)


def _registrations(window: Window) -> Events:
    """The same, by whether the person had registered before the window: whoever comes twice in it came once."""
    before = Intake.objects.filter(candidate=OuterRef("candidate"), received_on__lt=window.start)
    arrival = Case(When(Exists(before), then=Value("again")), default=Value("first"), output_field=CharField())
    return person_rows(Intake, "received_on", window, arrival=arrival)


def _users(window: Window) -> Events:
    """Whoever arrived, spoke with the desk, came to an appointment or was taken in charge."""
    seen = Q(state=AppointmentState.SEEN)
    return _intakes(window).union(
        person_rows(Contact, "happened_on", window),
        person_rows(Appointment, "starts_at__date", window, seen),
        person_rows(CareCase, "opened_on", window),
        all=True,
    )


def _cases(window: Window) -> Events:
    return person_rows(CareCase, "opened_on", window, unit="pk")


def _open_cases(window: Window) -> Events:
    """Cases that somebody follows at the end of the last day, by the area and by whether they are open for over a year."""
    still = Q(closed_on__isnull=True) | Q(closed_on__gt=window.end)
    ever = replace(window, start=date.min)
    area = Coalesce(NullIf("target_area", Value("")), Value("none"), output_field=CharField())
    year_ago = window.end - timedelta(days=MONTHS["12"])
    since = Case(When(opened_on__lt=year_ago, then=Value("long")), default=Value("recent"), output_field=CharField())
    return person_rows(CareCase, "opened_on", ever, still, outcome=area, since=since)


def _closed_cases(window: Window) -> Events:
    placed = Q(closing=CaseClosing.PLACED)
    outcome = Case(When(placed, then=Value("placed")), default=Value("other"), output_field=CharField())
    return person_rows(CareCase, "closed_on", window, unit="pk", outcome=outcome)


def _arrivals(window: Window) -> Events:
    """Registrations whose time for an answer has run out within the window; some still wait on the last day."""
    first, last = window.before(window.first_contact_days)
    arrived = Intake.objects.annotate(observed=Value(window.end))
    return person_rows(
        arrived, "received_on", replace(window, start=first, end=last), unit="pk", observed=F("observed")
    )


def _answers(window: Window) -> Events:
    """Days on which the desk spoke with people."""
    since = replace(window, start=window.before(window.first_contact_days)[0])
    spoken = Contact.objects.filter(happened_on__range=since.days)
    met = Appointment.objects.filter(state=AppointmentState.SEEN, starts_at__range=since.moments)
    return fact_rows(spoken, "happened_on", whose="candidate_id").union(
        fact_rows(met, "starts_at__date", whose="candidate_id"), all=True
    )


def _in_time(window: Window) -> dict[str, int]:
    return {"in_time": window.first_contact_days}


def _declarations(window: Window) -> Events:
    """Declarations given; validations and revocations of one already given are not counted again."""
    return person_rows(AvailabilityDeclaration, "declared_on", window, Q(kind=DeclarationKind.INSERT), unit="pk")


def _service_pacts(window: Window) -> Events:
    """Pacts signed, also those that a new version has replaced since; a case's own new versions count once."""
    signed = ~Q(state=PactState.DRAFT)
    return person_rows(ServicePact, "signed_on", window, signed, unit="case_id", through="case__")


def _appointments(window: Window) -> Events:
    """Those that came due: held, or missed with an excuse or without."""
    words = {AppointmentState.SEEN: "kept", AppointmentState.EXCUSED: "excused", AppointmentState.NO_SHOW: "no_show"}
    outcome = Case(*(When(state=state, then=Value(word)) for state, word in words.items()), output_field=CharField())
    return person_rows(Appointment, "starts_at__date", window, Q(state__in=words), unit="pk", outcome=outcome)


def _services(window: Window) -> Events:
    """Services given to people, by their kind."""
    return person_rows(
        ServiceDelivered, "delivered_on", window, unit="pk", through="case__", place="residence_id", outcome=_KIND
    )


def _people_served(window: Window) -> Events:
    """Each person once for each kind of service that they had."""
    return person_rows(
        ServiceDelivered.objects.annotate(pair=Concat(Cast("case__candidate_id", CharField()), _KIND)),
        "delivered_on",
        window,
        unit="pair",
        through="case__",
        place="residence_id",
        outcome=_KIND,
    )


_KIND = F("service__code")


def _companies_met(window: Window) -> Events:
    # One that was met before it registered is the same company afterwards.
    met = Coalesce("company_id", "target__company_id", "target_id")
    visits = CompanyVisit.objects.filter(visited_on__range=window.days).annotate(met=met)
    return business_rows(visits, "visited_on", "municipality_id", "met", Value(1))


def _posts(window: Window) -> Events:
    published = Vacancy.objects.filter(published_on__range=window.days)
    return business_rows(published, "published_on", "workplace__municipality_id", "pk", F("posts"))


def _vacancies(window: Window) -> Events:
    published = Vacancy.objects.filter(published_on__range=window.days)
    return business_rows(
        published, "published_on", "workplace__municipality_id", "pk", Value(1), observed=Value(window.end)
    )


def _fills(window: Window) -> Events:
    """Until a company offers the job, somebody starts, or it is filled otherwise. One that was withdrawn or ran out is not observed
    any longer."""
    last = window.moments[1]
    offered = ReferralTransition.objects.filter(to_state__in=(ReferralState.OFFER, ReferralState.HIRED), at__lte=last)
    started = Placement.objects.filter(state=PlacementState.VERIFIED, vacancy__isnull=False, starts_on__lte=window.end)
    moved = VacancyTransition.objects.filter(at__lte=last)
    filled = moved.filter(to_state=VacancyState.FILLED)
    closed = moved.filter(to_state__in=(VacancyState.WITHDRAWN, VacancyState.EXPIRED))
    return fact_rows(offered, "at__date", whose="referral__vacancy_id").union(
        fact_rows(started, "starts_on", whose="vacancy_id"),
        fact_rows(filled, "at__date", whose="vacancy_id"),
        fact_rows(closed, "at__date", whose="vacancy_id", ends=False),
        all=True,
    )


_BY_SEX = (Dimension.SEX,)
AREAS = (*TargetArea.values, "none")
_CASES = ("cases_opened", "service_pacts", "closed_cases")
_CAREERS = ("in_work", "worked", "not_yet")
_WORKED = Cohort(jobs, (WORKED[0], *WORKED))
MEASURES = (
    Measure("users", _users, (Dimension.SEX, Dimension.AGE)),
    Measure(
        "registrations",
        _registrations,
        (Dimension.SEX, Dimension.AGE),
        tables={Dimension.ARRIVAL: ("again", "first")},
        part_of="users",
    ),
    Measure(
        "conversations",
        conversations,
        outcomes=("in_person", "afar"),
        refined={"afar": AFAR},
        only_with="users",
        sums_weights=True,
    ),
    Measure("cases_opened", _cases, _BY_SEX, sums_weights=True, only_with="users"),
    Measure("declarations", _declarations, _BY_SEX, sums_weights=True),
    Measure("service_pacts", _service_pacts, _BY_SEX),
    Measure("closed_cases", _closed_cases, _BY_SEX, outcomes=("placed", "other"), sums_weights=True),
    Measure(
        "open_cases",
        _open_cases,
        _BY_SEX,
        outcomes=AREAS,
        tables={Dimension.SINCE: ("long", "recent")},
        declares_disability=True,
        told_with=_CASES,
        # Whoever is in charge for a year was when the semester began.
        leaves={"long": {"open_cases": 1, "cases_opened": -1, "closed_cases": 1}},
    ),
    Measure(
        "first_contacts",
        _arrivals,
        outcomes=("in_time", "late"),
        duration=Duration(_answers, quantiles=(50, 90), within=_in_time),
    ),
    Measure("followed_3", followed(91), outcomes=_CAREERS, cohort=Cohort(jobs, _CAREERS)),
    Measure("followed_6", followed(182), outcomes=_CAREERS, cohort=Cohort(jobs, _CAREERS)),
    Measure("followed_12", followed(365), outcomes=_CAREERS, cohort=Cohort(jobs, _CAREERS)),
    Measure("followed_6_by_sex", followed(182, by_sex), outcomes=each_step(SEXES, WORKED), cohort=_WORKED),
    Measure("followed_6_by_age", followed(182, by_age), outcomes=each_step(AGES, WORKED), cohort=_WORKED),
    Measure(
        "searches",
        searches,
        outcomes=FOUND,
        duration=Duration(found_or_gone, quantiles=(25, 50, 75), marks=MONTHS, within=found_within),
    ),
    Measure("people_referred", people_referred, outcomes=WAYS, refined=BETWEEN),
    Measure("referrals", referrals, outcomes=WAYS, refined=BETWEEN, only_with="people_referred", sums_weights=True),
    Measure("served_people", _people_served, (Dimension.SERVICE,), declares_disability=True),
    Measure(
        "services",
        _services,
        (Dimension.SERVICE,),
        only_with="served_people",
        sums_weights=True,
        declares_disability=True,
    ),
    # A person who wants a job of two groups is looked for in both: one unit for each.
    Measure("wanted", wanted, (Dimension.OCCUPATION,), sums_weights=True, heaviest=MONTHS_OF_SEMESTER),
    Measure("open_posts", open_posts, (Dimension.OCCUPATION,), sums_weights=True, is_public=True),
    Measure("skill_posts", skill_posts, (Dimension.SKILL,), sums_weights=True, is_public=True, only_wide=True),
    Measure("skilled", skilled, (Dimension.SKILL,), part_of="open_cases", only_wide=True),
    # One table for all the groups: apart, each would tell what another hides.
    Measure("matched_by_sex", matched(by_sex), outcomes=each_step(SEXES), sums_weights=True),
    Measure("matched_by_age", matched(by_age), outcomes=each_step(AGES), sums_weights=True),
    Measure("people_placed", people_placed, _BY_SEX, employers=employers_of(CONTRACTS, counted="candidate")),
    # Both or neither: where one hid alone, the other would be the least or the most that it can be.
    Measure(
        "contracts",
        contracts,
        _BY_SEX,
        outcomes=("permanent", "temporary"),
        refined={"temporary": ("long", "short"), "other": OTHER_HOURS},
        tables={Dimension.HOURS: HOURS},
        employers=employers_of(CONTRACTS),
        only_with="people_placed",
        told_with=("people_placed",),
        sums_weights=True,
    ),
    Measure("internships", internships, _BY_SEX, employers=employers_of(INTERNSHIPS), sums_weights=True),
    Measure("appointments_due", _appointments, outcomes=("kept", "excused", "no_show"), sums_weights=True),
    Measure("companies_met", _companies_met),
    # Vacancies are adverts that anybody may read and count.
    Measure("vacancies", _vacancies, is_public=True, duration=Duration(_fills, quantiles=(50,))),
    Measure("posts", _posts, sums_weights=True, is_public=True),
    # Which one left the board and how, anybody may follow; why its company took it back, nobody.
    Measure(
        "vacancies_ended",
        ended,
        outcomes=ENDS,
        refined=WHY,
        employers=withdrawn_by,
        sums_weights=True,
        is_public=True,
    ),
    Measure(
        "answers_due",
        sent,
        outcomes=ANSWERED,
        employers=asked,
        duration=Duration(answers, quantiles=(50,), within=within),
    ),
    Measure("course_editions", course_editions, is_public=True),
    Measure("course_seats", course_editions, sums_weights=True, is_public=True),
)
