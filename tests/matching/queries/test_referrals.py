"""Referrals as each side sees them; the name only with the yes in force."""

import pytest
from django.http import Http404
from django.utils import timezone

from candidates.states import DisclosureState
from matching.models import Placement
from matching.queries import referrals as queries
from matching.states import NAMELESS_REFERRALS, ReferralState
from tests.support.employers import make_company, make_company_user, make_skill, make_vacancy
from tests.support.matching import make_placement, make_referral
from tests.support.personas import make_operator, scope
from tests.support.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize("answer", DisclosureState)
def test_the_name_needs_the_yes_and_an_application_that_lives_or_ended_well(
    state: ReferralState, answer: DisclosureState
) -> None:
    referral = make_referral(state=ReferralState.SENT)
    referral.state, referral.disclosure.state = state, answer
    disclosed = answer == DisclosureState.GRANTED and state not in NAMELESS_REFERRALS
    assert queries.is_disclosed(referral) == disclosed
    assert [row.name for row in queries.pipeline_rows([referral], named=True)] == [
        str(referral.candidate) if disclosed else ""
    ]
    # Who only reads is told no name.
    assert [row.name for row in queries.pipeline_rows([referral], named=False)] == [""]


def test_without_a_name_there_is_neither_contact_nor_free_text() -> None:
    person = make_referral().candidate
    person.profile.about = "Mi chiamo Amina"
    person.profile.save()
    person.skill_statements.create(skill=make_skill("Usare il muletto"))
    named, nameless = queries.own_applicant(person), queries.applicant(person, disclosed=False)
    assert (named.name, named.email, named.about) == (str(person), person.email, "Mi chiamo Amina")
    assert (nameless.name, nameless.email, nameless.phone, nameless.about) == ("", "", "", "")
    assert nameless.skills == named.skills == ("Usare il muletto",)


@pytest.mark.parametrize("count", [1, 3])
def test_an_applicant_is_four_queries_whatever_they_can_do(count: int) -> None:
    person = make_referral().candidate
    for _ in range(count):
        person.skill_statements.create(skill=make_skill())
    with queries_of() as asked:
        assert len(queries.applicant(person, disclosed=True).skills) == count
    assert len(asked) == 4


def test_lists_take_the_same_queries_for_one_and_three() -> None:
    vacancy = make_vacancy()
    person = make_referral(vacancy).candidate
    costs = []
    for more in (0, 2):
        for _ in range(more):
            make_referral(vacancy)
            make_referral(make_vacancy(), person)
        with queries_of() as asked:
            own = [
                (r.vacancy.company.organisation.name, r.disclosure.state, list(r.transitions.all()))
                for r in queries.own_referrals(person)
            ]
            pipeline = queries.pipeline_rows(list(queries.pipeline(vacancy)), named=True)
        costs.append(len(asked))
    assert (len(own), len(pipeline), costs) == (3, 3, [3, 3])


def test_what_is_of_others_does_not_exist() -> None:
    referral, other = make_referral(), make_referral()
    mine = scope(make_company_user(referral.vacancy.company))
    desk = scope(make_operator(referral.vacancy.desk))
    assert queries.own_referral(referral.candidate, referral.pk) == referral
    assert queries.visible_referral(desk, referral.pk) == referral
    assert queries.company_referral(mine, referral.pk) == referral
    stranger = scope(make_company_user(make_company()))
    with pytest.raises(Http404):
        queries.own_referral(referral.candidate, other.pk)
    with pytest.raises(Http404):
        queries.visible_referral(desk, other.pk)
    for actor, pk in ((mine, other.pk), (stranger, referral.pk)):
        with pytest.raises(Http404):
            queries.company_referral(actor, pk)


@pytest.mark.parametrize("state", [ReferralState.CONSENT_ASKED, ReferralState.DECLINED])
def test_the_company_does_not_learn_of_a_question(state: ReferralState) -> None:
    referral = make_referral(state=state)
    with pytest.raises(Http404):
        queries.company_referral(scope(make_company_user(referral.vacancy.company)), referral.pk)
    assert not queries.pipeline(referral.vacancy).exists()


def test_the_company_reads_the_last_reason_why_a_hire_was_not_confirmed() -> None:
    referral = make_referral(state=ReferralState.OFFER)
    actor = scope(make_company_user(referral.vacancy.company))
    assert queries.company_referral(actor, referral.pk).rejection_reason is None  # type: ignore[attr-defined]
    for reason in ("Prima", "Dopo"):
        made = make_placement(
            referral.vacancy,
            candidate=referral.candidate,
            state="rejected",
            rejection_reason=reason,
            verified_at=timezone.now(),
        )
        Placement.objects.filter(pk=made.pk).update(referral=referral)
    assert queries.company_referral(actor, referral.pk).rejection_reason == "Dopo"  # type: ignore[attr-defined]
