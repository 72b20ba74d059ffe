"""What an operator writes in a case."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.enums import ContactChannel
from candidates.models import AvailabilityDeclaration, Case
from candidates.services.plan import draft_pact, plan_action
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership
from sportello.accounts.scope import Scope
from sportello.territory.enums import DeskKind
from tests.support.pacts import sign_both
from tests.support.personas import make_candidate, make_case, make_member, make_operator, signed_in
from tests.support.queries import queries_of
from tests.support.territory import make_desk, make_organisation

pytestmark = pytest.mark.usefixtures("vocabulary")

BY = Scope.of_process("tests")
PACT = {"employability_profile": "Magazzino", "search_acts": "Tre candidature", "proof_of_search": "Elenco"}


def test_pact_form_offers_what_the_desk_signs_and_the_rhythm_of_the_rule() -> None:
    for kind, offered in ((DeskKind.TOWN_HALL, ["pip", "local"]), (DeskKind.JOB_CENTRE, ["psp", "pip", "local"])):
        desk = make_desk(kind=kind)
        operator = make_operator(desk)
        case = make_case(desk, operator=operator)
        form = signed_in(operator).get(reverse("edit_pact", kwargs={"case": case.pk})).context["form"]
        assert [value for value, _ in form.fields["kind"].choices] == offered
        assert form["contact_every_days"].value() == 30


def test_new_version_is_written_from_the_one_in_force_and_shows_what_goes_on() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    case = make_case(desk, operator=operator)
    signed = sign_both(draft_pact(case=case, kind="local", responsible=operator, contact_every_days=7, by=BY, **PACT))
    plan_action(pact=signed, text="Corso di sicurezza", due_on=timezone.localdate(), by=BY)
    client = signed_in(operator)
    url = reverse("edit_pact", kwargs={"case": case.pk})
    form = client.get(url).context["form"]
    assert (form["search_acts"].value(), form["contact_every_days"].value()) == ("Tre candidature", 7)
    typed = {**PACT, "kind": "local", "responsible": operator.pk, "contact_every_days": "9"}
    assert client.post(url, typed).status_code == 302
    with queries_of() as queries:
        page = client.get(reverse("pact", kwargs={"case": case.pk}))
    assert "Corso di sicurezza" in page.content.decode()
    assert len(queries) <= 10


def test_declaration_is_recorded_from_the_case_file() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    case = make_case(desk, operator=operator)
    client = signed_in(operator)
    url = reverse("record_declaration", kwargs={"case": case.pk})
    typed = {
        "kind": "insert",
        "provenance": "regional",
        "declared_on_day": "2",
        "declared_on_month": "3",
        "declared_on_year": "2026",
    }
    assert client.post(url, {**typed, "declared_on_year": "2090"}).status_code == 422
    for _ in range(2):
        assert client.post(url, typed).status_code == 302
    assert AvailabilityDeclaration.objects.get().candidate == case.candidate
    page = client.get(reverse("case_file", kwargs={"candidate": case.candidate_id})).content.decode()
    assert "Dichiarazione di disponibilità (DID)" in page


@pytest.mark.parametrize(
    ("who", "allowed"), [("follows", True), ("coordinator", True), ("keeper", True), ("colleague", False)]
)
def test_who_follows_or_leads_hands_the_case_over_to_a_colleague_of_the_desk(who: str, allowed: bool) -> None:
    desk = make_desk()
    follows, colleague = make_operator(desk), make_operator(desk)
    people = {
        "follows": follows,
        "coordinator": make_member(Role.COORDINATOR, desk.managed_by, desk),
        "keeper": make_operator(desk),
        "colleague": colleague,
    }
    Membership.objects.filter(user=people["keeper"]).update(is_admin=True)
    elsewhere = make_operator(make_desk())
    case = make_case(desk, operator=follows)
    client = signed_in(people[who])
    client.post(reverse("reading_reason", kwargs={"candidate": case.candidate_id}), {"purpose": "check"})
    url = reverse("reassign_case", kwargs={"case": case.pk})
    offered = (
        "Affida ad altri" in client.get(reverse("case_file", kwargs={"candidate": case.candidate_id})).content.decode()
    )
    assert offered == allowed
    assert client.get(url).status_code == (200 if allowed else 404)
    if allowed:
        for wrong in (follows, elsewhere):
            assert client.post(url, {"operator": wrong.pk, "reason": "congedo"}).status_code == 422
    client.post(url, {"operator": colleague.pk, "reason": "congedo"})
    assert Case.objects.get().responsible_operator == (colleague if allowed else follows)


def test_taking_in_charge_and_booking_propose_the_desk_of_the_person() -> None:
    first, own = make_desk(name="Assago"), make_desk(name="Segrate")
    agency = make_organisation()
    operator = make_member(Role.OPERATOR, agency, first, own)
    waiting = make_candidate(own)
    followed = make_case(own, operator=operator).candidate
    client = signed_in(operator)
    for url, person in (("take_in_charge", waiting), ("book_appointment", followed)):
        form = client.get(reverse(url, kwargs={"candidate": person.pk})).context["form"]
        assert form["desk"].value() == own.pk


def test_a_contact_offers_its_channels_and_no_empty_one() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    case = make_case(desk, operator=operator)
    form = signed_in(operator).get(reverse("add_contact", kwargs={"case": case.pk})).context["form"]
    assert [value for value, _ in form.fields["channel"].choices] == ContactChannel.values


def test_the_area_is_proposed_confirmed_with_a_reason_and_frozen_with_its_evidence() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    person = make_candidate(desk)
    client = signed_in(operator)
    url = reverse("take_in_charge", kwargs={"candidate": person.pk})
    page = client.get(url)
    assert page.context["form"]["target_area"].value() == "over_45"
    assert "art. 1, comma 1, lettera a)" in page.content.decode()
    typed = {"desk": desk.pk, "target_area": "economic", "isee": "20000"}
    assert client.post(url, typed).status_code == 422
    assert client.post(url, {**typed, "target_reason": "Famiglia seguita dal Comune"}).status_code == 302
    case = Case.objects.get()
    assert (case.target_area, case.target_reason) == ("economic", "Famiglia seguita dal Comune")
    assert case.target_evidence is not None
    assert case.target_evidence["proposed"] == "over_45"
    assert {verdict["area"]: verdict["inputs"] for verdict in case.target_evidence["verdicts"]}["economic"] == {
        "isee": 20000
    }
    file = client.get(reverse("case_file", kwargs={"candidate": person.pk})).content.decode()
    assert "Famiglia seguita dal Comune" in file
    assert "20000" not in file
