"""Setting somebody aside: who is in the list, for a reason, and nothing else moves."""

import pytest

from matching.models import Override, Proposal
from matching.services.override import NotRanked, ReasonNeeded, set_aside
from matching.services.referral import refer
from matching.services.run import run_match
from matching.states import OverrideKind, OverrideReason
from sportello.accounts.scope import Scope
from tests.support.employers import make_vacancy
from tests.support.matching import make_person
from tests.support.personas import make_operator, scope

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_it_is_kept_beside_the_run_with_who_and_why() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    run = run_match(vacancy=vacancy, by=BY)
    actor = scope(make_operator(vacancy.desk))
    kept = set_aside(
        vacancy=vacancy, candidate=person, reason=OverrideReason.UNWILLING, motive=" Non vuole turni. ", by=actor
    )
    assert (kept.run, kept.kind, kept.rank, kept.rule) == (run, OverrideKind.SET_ASIDE, 1, "")
    assert (kept.reason, kept.motive) == (OverrideReason.UNWILLING, "Non vuole turni.")
    assert (kept.actor_id, kept.actor_label) == (actor.actor_id, actor.actor_label)
    assert Proposal.objects.filter(run=run, candidate=person).exists()


def test_without_a_reason_of_its_kind_nothing_is_kept() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    run_match(vacancy=vacancy, by=BY)
    for reason, motive in ((OverrideReason.TALKED, "Ha parlato"), (OverrideReason.UNWILLING, "  ")):
        with pytest.raises(ReasonNeeded):
            set_aside(vacancy=vacancy, candidate=person, reason=reason, motive=motive, by=BY)
    assert not Override.objects.exists()


def test_only_who_is_in_the_newest_list_and_was_not_proposed() -> None:
    vacancy = make_vacancy()
    person = make_person(vacancy)
    with pytest.raises(NotRanked):
        set_aside(vacancy=vacancy, candidate=person, reason=OverrideReason.UNREACHED, motive="Tre telefonate", by=BY)
    run_match(vacancy=vacancy, by=BY)
    refer(vacancy=vacancy, candidate=person, by=BY)
    with pytest.raises(NotRanked):
        set_aside(vacancy=vacancy, candidate=person, reason=OverrideReason.UNREACHED, motive="Tre telefonate", by=BY)
