"""Nobody decides for a company in which they have a part, whatever door the decision comes through."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

import employers.services
import matching.services
from employers.models import Company, DeclaredInterest, Vacancy
from employers.services import certificate, closing, company, passage, succession, vacancy
from employers.services.interest import (
    AlreadyDeclared,
    ConflictOfInterest,
    NotYours,
    declare_interest,
    end_interest,
    hand_over,
    require_impartial,
)
from employers.states import CompanyState, VacancyState
from matching.services import closing as ends
from matching.services import override, placement, referral
from matching.services import passage as passages
from matching.services import succession as successions
from matching.services.run import run_match
from matching.states import OverrideReason
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_rule, make_vacancy
from tests.support.equality import make_certificate, make_surveillance
from tests.support.matching import make_person, make_placement
from tests.support.personas import make_member, make_operator, make_user, scope
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def _decided(state: str = CompanyState.SUBMITTED) -> Company:
    return make_company(state=state)


def _sent() -> Vacancy:
    return make_vacancy(state=VacancyState.SUBMITTED)


def _closed() -> Company:
    return make_company(state=CompanyState.CLOSED, closed_on=timezone.localdate(), closing_reason="other")


def _proposed(vacancy: Vacancy) -> dict[str, Any]:
    return {"vacancy": vacancy, "candidate": make_person(vacancy)}


def _ranked() -> dict[str, Any]:
    proposed = _proposed(make_vacancy())
    run_match(vacancy=proposed["vacancy"], by=BY)
    return proposed


def _elsewhere() -> dict[str, Any]:
    return {"desk": make_desk(), "reason": "Ha cambiato sede"}


def _to_another() -> dict[str, Any]:
    return {"successor": _decided("approved"), "kind": "takeover", "since": timezone.localdate(), "motive": "Atto"}


TODAY = timezone.localdate
CLOSING = {"reason": "ceased"}
GOOD = {"verified": True, "reason": ""}
REVOKED = {"revoked_on": timezone.localdate(), "reason": "Tolto"}

# Each verb of the desk that decides for a company -> what it decides on, and the rest that it is told.
DECIDES: dict[Callable[..., Any], Callable[[], dict[str, Any]]] = {
    company.decide_company: lambda: {"company": _decided(), "approved": True},
    vacancy.publish_vacancy: lambda: {"vacancy": _sent()},
    vacancy.return_vacancy: lambda: {"vacancy": _sent(), "reason": "Orari?"},
    closing.close_company: lambda: {"company": _decided("approved"), "closed_on": TODAY(), **CLOSING},
    closing.reopen_company: lambda: {"company": _closed(), "reason": "Ha ripreso"},
    ends.end_company: lambda: {"company": _decided("approved"), "closed_on": TODAY(), **CLOSING},
    passage.pass_company: lambda: {"company": _decided("approved"), **_elsewhere()},
    passages.hand_on_company: lambda: {"company": _decided("approved"), **_elsewhere()},
    succession.succeed_company: lambda: {"company": _decided("approved"), **_to_another()},
    successions.pass_on_company: lambda: {"company": _decided("approved"), **_to_another()},
    referral.refer: lambda: _proposed(make_vacancy()),
    override.set_aside: lambda: {**_ranked(), "reason": OverrideReason.UNREACHED, "motive": "Tre telefonate"},
    certificate.decide_certificate: lambda: {"certificate": make_certificate(make_company(), state="entered"), **GOOD},
    certificate.revoke_certificate: lambda: {"certificate": make_certificate(make_company()), **REVOKED},
    certificate.note_surveillance: lambda: {
        "surveillance": make_surveillance(make_certificate(make_company()), TODAY()),
        "done_on": TODAY(),
    },
    placement.verify_placement: lambda: {"placement": make_placement(), "notice_code": "COB1"},
    placement.reject_placement: lambda: {"placement": make_placement(), "reason": "Mai cominciato"},
}

# The verbs of the company itself, of the person, of the clock, and those that only write down what happened.
DECIDES_NOTHING = {
    # The adviser answers a question; the desk that holds a certificate in its hands is asked in its own test.
    "employers.services.advice": None,
    "employers.services.certificate": {"enter_certificate", "remind_companies"},
    "employers.services.quota": None,
    "employers.services.tender": None,
    "employers.services.alerts": None,
    "employers.services.delivery": None,
    "employers.services.interest": None,
    "employers.services.messages": None,
    "employers.services.settlement": None,
    "employers.services.target": None,
    "employers.services.wording": None,
    "employers.services.company": {
        "register_company",
        "send_registration",
        "update_company",
        "add_workplace",
        "edit_workplace",
        "log_visit",
    },
    "employers.services.vacancy": {
        "start_vacancy",
        "edit_vacancy",
        "set_requirements",
        "submit_vacancy",
        "pause_vacancy",
        "resume_vacancy",
        "confirm_vacancy",
        "ask_refresh",
        "withdraw_vacancy",
        "end_vacancies",
        "fill_vacancy",
        "reopen_vacancy",
        "expire_vacancies",
    },
    "matching.services.case": None,
    "matching.services.messages": None,
    "matching.services.run": None,
    "matching.services.segment": None,
    "matching.services.silence": None,
    "matching.services.strategy": None,
    "matching.services.placement": {"hire", "follow_up"},
    "matching.services.referral": {
        "express_interest",
        "answer_referral",
        "withdraw_referral",
        "move_referral",
        "reopen_referral",
    },
}


def _verbs() -> set[str]:
    """Every recorded service of the two rooms, by its full name."""
    found = set()
    for package in (employers.services, matching.services):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            for name, made in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
                if made.__module__ == module.name and hasattr(made, "__wrapped__") and not name.startswith("_"):
                    found.add(f"{module.name}.{name}")
    return found


def test_every_verb_is_known_to_decide_or_not() -> None:
    """Who adds one says here whether the desk decides by it for a company."""
    decide = {f"{verb.__module__}.{verb.__name__}" for verb in DECIDES}
    known = {
        name
        for name in _verbs()
        for module, names in DECIDES_NOTHING.items()
        if name.rpartition(".")[0] == module and (names is None or name.rpartition(".")[2] in names)
    }
    assert (_verbs() - known, known & decide) == (decide, set())


def _company_of(asked: dict[str, Any]) -> Company:
    if "company" in asked:
        return asked["company"]  # type: ignore[no-any-return]
    if "surveillance" in asked:
        return asked["surveillance"].certificate.company  # type: ignore[no-any-return]
    return (asked.get("vacancy") or asked.get("certificate") or asked["placement"]).company  # type: ignore[no-any-return]


def _desk_person(found: Company) -> User:
    return make_operator(found.desk)


@pytest.mark.parametrize("verb", DECIDES, ids=lambda verb: verb.__name__)
@pytest.mark.parametrize("tie", ["declared", "member"])
def test_who_has_a_part_is_refused_and_a_colleague_is_not(verb: Callable[..., Any], tie: str) -> None:
    make_rule()
    asked = DECIDES[verb]()
    found = _company_of(asked)
    tied, colleague = _desk_person(found), _desk_person(found)
    if tie == "declared":
        declare_interest(user=tied, company=found, motive="Parente", by=BY)
    else:
        Membership.objects.create(user=tied, organisation=found.organisation, role=Role.COMPANY)
    with pytest.raises(ConflictOfInterest):
        verb(by=scope(tied), **asked)
    verb(by=scope(colleague), **asked)


def test_a_tie_that_ended_or_to_another_company_hinders_nobody() -> None:
    tied, found = make_operator(), make_company()
    declare_interest(user=tied, company=make_company(), motive="Parente", by=BY)
    old = declare_interest(user=tied, company=found, motive="Socia", by=BY)
    with pytest.raises(ConflictOfInterest):
        require_impartial(found.pk, by=scope(tied))
    end_interest(interest=old, by=BY)
    require_impartial(found.pk, by=scope(tied))
    require_impartial(found.pk, by=BY)
    former = Membership.objects.create(user=tied, organisation=found.organisation, role=Role.COMPANY)
    Membership.objects.filter(pk=former.pk).update(ended_at=timezone.now())
    require_impartial(found.pk, by=scope(tied))


def test_each_declares_their_own_and_who_coordinates_that_of_their_people() -> None:
    found = make_company()
    me, stranger = make_operator(found.desk), make_user()
    leader = make_member(Role.COORDINATOR, found.desk.managed_by, found.desk)
    mine = declare_interest(user=me, company=found, motive="Parente", by=scope(me))
    assert mine.declared_by == me
    with pytest.raises(AlreadyDeclared):
        declare_interest(user=me, company=found, motive="Parente", by=scope(leader))
    for user, by in ((leader, me), (stranger, leader)):
        with pytest.raises(NotYours):
            declare_interest(user=user, company=found, motive="Parente", by=scope(by))
    with pytest.raises(NotYours):
        end_interest(interest=mine, by=scope(me))
    ended = end_interest(interest=mine, by=scope(leader))
    assert (ended.ended_by, DeclaredInterest.objects.count()) == (leader, 1)


def test_a_colleague_is_written_to_once_a_day() -> None:
    found = make_company(name="Forno Bianchi")
    colleague = make_operator(found.desk)
    for _ in range(2):
        hand_over(company=found, to=colleague, by=BY)
    message = Message.objects.get()
    assert (message.recipient, "Forno Bianchi" in message.subject) == (colleague.email, True)
