"""The preview says what the act then does."""

import pytest
from django.utils import timezone

from employers.enums import Fate, SuccessionKind
from employers.queries.succession import FATES, fate
from matching.queries.succession import ENDS, LABELS, preview
from matching.services.succession import pass_on_company
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core.models import Message
from tests.support.employers import make_company, make_company_user, make_vacancy
from tests.support.equality import make_advice, make_certificate
from tests.support.matching import make_referral
from tests.support.queries import queries_of

BY = Scope.of_process("tests")


def test_what_is_told_is_sorted_and_what_ends_has_a_rule_of_its_own() -> None:
    assert LABELS.keys() <= FATES.keys()
    assert {fate(name, kind) for name in ENDS for kind in SuccessionKind} == {Fate.OWN}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", SuccessionKind)
def test_as_many_are_told_as_was_said(kind: SuccessionKind) -> None:
    company, successor = make_company(), make_company()
    vacancy = make_vacancy(company)
    for state in (ReferralState.SENT, ReferralState.HIRED, ReferralState.REFUSED):
        make_referral(vacancy, state=state)
    make_certificate(company)
    make_company_user(company)
    is_same = kind == SuccessionKind.DUPLICATE
    with queries_of() as queries:
        found = preview(company, successor, kind)
    assert len(queries) == 3
    stays = [("Certificati e autodichiarazioni di parità", 1), ("Persone che lavorano per l'impresa", 1)]
    passes = [("Offerte, con le candidature", 1), ("Sedi di lavoro", 1)]
    assert [(str(label), n) for label, n in found.passes] == passes + (stays if is_same else [])
    assert [(str(label), n) for label, n in found.stays] == ([] if is_same else stays)
    assert (found.ends, found.told, found.asked, found.is_refused) == ([], 2, 0 if is_same else 2, False)
    pass_on_company(company=company, successor=successor, kind=kind, since=timezone.localdate(), motive="Atto", by=BY)
    assert Message.objects.filter(kind="employer_changed").count() == found.told


@pytest.mark.django_db
def test_of_the_requests_to_the_equality_desk_the_open_one_passes_and_the_closed_ones_only_where_the_company_is_the_same() -> (
    None
):
    company, successor = make_company(), make_company()
    make_advice(company)
    make_advice(company, state="withdrawn")
    label = str(LABELS["employers.AdvisoryRequest.company"])

    def told(kind: SuccessionKind) -> list[int]:
        found = preview(company, successor, kind)
        return [sum(n for said, n in group if str(said) == label) for group in (found.passes, found.stays)]

    assert {kind: told(kind) for kind in SuccessionKind} == {"takeover": [1, 1], "duplicate": [2, 0]}


@pytest.mark.django_db
def test_two_open_requests_are_said_before() -> None:
    company, successor = make_company(), make_company()
    make_advice(company)
    make_advice(successor)
    assert preview(company, successor, SuccessionKind.TAKEOVER).is_refused
