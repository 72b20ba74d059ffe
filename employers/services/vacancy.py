"""A vacancy from the first draft to its end; every change of state is locked, checked and logged."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from employers.enums import GIVEN_WITHDRAWALS, WithdrawalReason
from employers.models import Company, Vacancy, VacancyLanguage, VacancySkill, VacancyTransition
from employers.rules import last_end_to_ask, missing_parts
from employers.services.company import lock_company
from employers.services.interest import require_impartial
from employers.services.messages import send_vacancy_decision, send_vacancy_expired, send_vacancy_refresh
from employers.services.wording import check_vacancy, confirm_remarks, require_lawful
from employers.states import EDITABLE, VACANCY_TRANSITIONS, CompanyState, VacancyState
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.reference.models import DrivingLicence
from sportello.reference.rules import parameter


class NotAllowed(Exception):
    """The state of the vacancy or of its company does not permit the change, or a reason is missing."""


class NotEditable(Exception):
    """The text can no longer be changed: the desk is reading it, or citizens are."""


class Incomplete(Exception):
    """The draft lacks something that every ad must say."""


@audit.service("vacancy.draft")
def start_vacancy(*, company: Company, by: Scope, **fields: Any) -> Vacancy:
    """New draft with the answers of the first step. `fields` are the model's. Raises NotAllowed for a company that is closed."""
    # The closing holds the company first: a draft comes before it and ends with the others, or after it and is refused.
    company = lock_company(company)
    if company.state == CompanyState.CLOSED:
        raise NotAllowed
    vacancy = Vacancy.objects.create(company=company, desk_id=company.desk_id, **fields)
    vacancy.refresh_from_db(fields=["number"])
    check_vacancy(vacancy=vacancy, by=by)
    return vacancy


@audit.service("vacancy.edit")
def edit_vacancy(*, vacancy: Vacancy, by: Scope, **fields: Any) -> Vacancy:
    """Change the draft, or what the desk returned. `fields` are the model's. Raises NotEditable."""
    vacancy = _lock_editable(vacancy)
    if (occupation := fields.get("occupation")) is not None and occupation.pk != vacancy.occupation_id:
        # The skills were proposed from the old occupation.
        vacancy.skill_requirements.all().delete()
    for name, value in fields.items():
        setattr(vacancy, name, value)
    vacancy.save()
    check_vacancy(vacancy=vacancy, by=by)
    return vacancy


@audit.service("vacancy.requirements")
def set_requirements(
    *,
    vacancy: Vacancy,
    skills: Mapping[UUID, str],
    languages: Mapping[UUID, str],
    licences: Iterable[DrivingLicence],
    by: Scope,
    **fields: Any,
) -> Vacancy:
    """Replace what is asked: skill id -> relation, language id -> level. Raises NotEditable."""
    vacancy = _lock_editable(vacancy)
    vacancy.skill_requirements.all().delete()
    VacancySkill.objects.bulk_create(
        VacancySkill(vacancy=vacancy, skill_id=pk, relation=relation) for pk, relation in skills.items()
    )
    vacancy.language_requirements.all().delete()
    VacancyLanguage.objects.bulk_create(
        VacancyLanguage(vacancy=vacancy, language_id=pk, level=level) for pk, level in languages.items()
    )
    vacancy.licences.set(licences)
    for name, value in fields.items():
        setattr(vacancy, name, value)
    vacancy.save()
    return vacancy


@audit.service("vacancy.submit")
def submit_vacancy(*, vacancy: Vacancy, by: Scope) -> Vacancy:
    """Hand the draft to the desk. Raises Incomplete, Unlawful, Unexplained, and NotAllowed while the company is not approved."""
    vacancy = _lock(vacancy)
    if vacancy.company.state != CompanyState.APPROVED:
        raise NotAllowed
    if missing_parts(vacancy):
        raise Incomplete
    if VacancyState.SUBMITTED in VACANCY_TRANSITIONS[VacancyState(vacancy.state)]:
        require_lawful(vacancy=vacancy, by=by)
    return _move(vacancy, VacancyState.SUBMITTED, by=by, submitted_at=timezone.now(), moderation_reason="")


@audit.service("vacancy.publish")
def publish_vacancy(*, vacancy: Vacancy, by: Scope, word: str = "") -> Vacancy:
    """Put a submitted vacancy on the board for as many days as the rule says, and tell the company.

    `word` says why the desk accepts what the wording check remarked. One that is published again keeps the day of its first
    publication: the semester that counted it goes on counting it. Raises NotAllowed, ConflictOfInterest, and Unconfirmed for a
    missing word.
    """
    require_impartial(vacancy.company_id, by=by)
    vacancy = _lock(vacancy)
    if vacancy.state != VacancyState.SUBMITTED:
        raise NotAllowed
    confirm_remarks(vacancy=vacancy, word=word, by=by)
    today = timezone.localdate()
    vacancy = _move(
        vacancy,
        VacancyState.PUBLISHED,
        by=by,
        reason=word.strip(),
        published_on=vacancy.published_on or today,
        expires_on=_end_from(today),
    )
    send_vacancy_decision(vacancy=vacancy, by=by)
    return vacancy


@audit.service("vacancy.return")
def return_vacancy(*, vacancy: Vacancy, reason: str, by: Scope) -> Vacancy:
    """Give it back to the company with what to correct. Raises NotAllowed, also without a reason, and ConflictOfInterest."""
    require_impartial(vacancy.company_id, by=by)
    if not reason.strip():
        raise NotAllowed
    vacancy = _move(_lock(vacancy), VacancyState.RETURNED, by=by, reason=reason, moderation_reason=reason)
    send_vacancy_decision(vacancy=vacancy, by=by)
    return vacancy


@audit.service("vacancy.pause")
def pause_vacancy(*, vacancy: Vacancy, by: Scope) -> Vacancy:
    """Take it off the board for a while. Raises NotAllowed."""
    return _move(_lock(vacancy), VacancyState.PAUSED, by=by)


@audit.service("vacancy.resume")
def resume_vacancy(*, vacancy: Vacancy, by: Scope) -> Vacancy:
    """Back on the board until its old end. Raises NotAllowed, also when that day has passed."""
    vacancy = _lock(vacancy)
    if vacancy.state != VacancyState.PAUSED or _is_past(vacancy):
        raise NotAllowed
    return _move(vacancy, VacancyState.PUBLISHED, by=by)


@audit.service("vacancy.confirm")
def confirm_vacancy(*, vacancy: Vacancy, by: Scope) -> Vacancy:
    """The company still looks for somebody: a whole period again from today. Raises NotAllowed."""
    vacancy = _lock(vacancy)
    if vacancy.state != VacancyState.PUBLISHED or _is_past(vacancy):
        raise NotAllowed
    vacancy.expires_on = _end_from(timezone.localdate())
    vacancy.save()
    return vacancy


@audit.service("vacancy.ask_refresh")
def ask_refresh(*, by: Scope) -> int:
    """Ask the companies whose vacancies have long been out whether they still hold; returns how many are waited for."""
    today = timezone.localdate()
    last_end = last_end_to_ask(on=today)
    due = list(
        Vacancy.objects.published()
        .filter(expires_on__lte=last_end)
        .select_related("company__organisation")
        .order_by("expires_on", "pk")
    )
    for vacancy in due:
        send_vacancy_refresh(vacancy=vacancy, by=by)
    return len(due)


@audit.service("vacancy.withdraw")
def withdraw_vacancy(*, vacancy: Vacancy, by: Scope, reason: str = "") -> Vacancy:
    """The company takes it back for good, and says which of GIVEN_WITHDRAWALS is why; nobody asks of one that was never published.

    Raises NotAllowed, also where the reason is missing.
    """
    vacancy = _lock(vacancy)
    if reason not in GIVEN_WITHDRAWALS and (reason or vacancy.was_published):
        raise NotAllowed
    return _move(vacancy, VacancyState.WITHDRAWN, by=by, withdrawal_reason=reason)


@audit.service("vacancy.end_all")
def end_vacancies(*, company: Company, reason: str, by: Scope) -> list[Vacancy]:
    """Withdraw whatever a company has in hand or on the board, for a reason that the log keeps; who calls holds the company."""
    # Also those that are over are held: one that is filled may not come back in this moment.
    held = company.vacancies.select_for_update(of=("self",)).select_related("company__organisation").order_by("pk")
    standing = [v for v in held if VacancyState.WITHDRAWN in VACANCY_TRANSITIONS[VacancyState(v.state)]]
    code = WithdrawalReason.CLOSED
    return [
        _move(vacancy, VacancyState.WITHDRAWN, by=by, reason=reason, withdrawal_reason=code) for vacancy in standing
    ]


@audit.service("vacancy.fill")
def fill_vacancy(*, vacancy: Vacancy, by: Scope) -> Vacancy:
    """All posts are taken. Raises NotAllowed."""
    return _move(_lock(vacancy), VacancyState.FILLED, by=by)


@audit.service("vacancy.reopen")
def reopen_vacancy(*, vacancy: Vacancy, by: Scope) -> Vacancy:
    """A post is free again: back to where it was when it was filled; expired if its last day has passed or the company is closed.

    Raises NotAllowed.
    """
    vacancy = _lock(vacancy)
    if vacancy.state != VacancyState.FILLED:
        raise NotAllowed
    if _is_past(vacancy) or vacancy.company.state == CompanyState.CLOSED:
        return _move(vacancy, VacancyState.EXPIRED, by=by)
    filled = vacancy.transitions.filter(to_state=VacancyState.FILLED).order_by("-at").first()
    return _move(vacancy, VacancyState(filled.from_state) if filled else VacancyState.PUBLISHED, by=by)


@audit.service("vacancy.expire")
def expire_vacancies(*, by: Scope) -> int:
    """Close the vacancies whose last day has passed and tell their companies; returns how many."""
    lapsed = (
        Vacancy.objects.filter(
            state__in=(VacancyState.PUBLISHED, VacancyState.PAUSED), expires_on__lt=timezone.localdate()
        )
        .select_related("company__organisation")
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("pk")
    )
    expired = [_move(vacancy, VacancyState.EXPIRED, by=by) for vacancy in lapsed]
    for vacancy in expired:
        send_vacancy_expired(vacancy=vacancy, by=by)
    return len(expired)


def _lock(vacancy: Vacancy) -> Vacancy:
    # The company is read after the lock: joined to a row that was waited for, it would be as it was before the wait.
    return Vacancy.objects.select_for_update(of=("self",)).prefetch_related("company__organisation").get(pk=vacancy.pk)


def _end_from(day: date) -> date:
    return day + timedelta(days=int(parameter("vacancy_close_days", on=day).value))


def _is_past(vacancy: Vacancy) -> bool:
    return vacancy.expires_on is not None and vacancy.expires_on < timezone.localdate()


def _lock_editable(vacancy: Vacancy) -> Vacancy:
    locked = _lock(vacancy)
    if locked.state not in EDITABLE:
        raise NotEditable
    return locked


def _move(
    vacancy: Vacancy, to: VacancyState, *, by: Scope, reason: str = "", withdrawal_reason: str = "", **fields: Any
) -> Vacancy:
    """Apply one lawful transition to a locked row, with its log entry. Raises NotAllowed."""
    if to not in VACANCY_TRANSITIONS[VacancyState(vacancy.state)]:
        raise NotAllowed
    VacancyTransition.objects.create(
        vacancy=vacancy,
        from_state=vacancy.state,
        to_state=to,
        reason=reason,
        withdrawal_reason=withdrawal_reason,
        actor_id=by.actor_id,
        actor_label=by.actor_label,
    )
    vacancy.state = to
    for name, value in fields.items():
        setattr(vacancy, name, value)
    vacancy.save()
    return vacancy
