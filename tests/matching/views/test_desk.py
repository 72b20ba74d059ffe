"""Matches, referrals and placements at the desk."""

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from candidates.models import Case, DesiredOccupation
from matching.models import MatchRun, Referral
from matching.services.run import run_match
from matching.services.segment import build_segment
from matching.states import ReferralState
from sportello.accounts.scope import Scope
from sportello.core import jobs
from sportello.core.models import AccessLogEntry, Job
from tests.matching.queries.test_news import strong
from tests.matching.services.test_run import make_crowd
from tests.support.employers import make_company, make_skill, make_vacancy
from tests.support.matching import citizen_of, make_person, make_placement, make_referral
from tests.support.personas import make_case, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def say_why(client: Client, candidate: UUID) -> None:
    """Give the reason that opens a person's file."""
    client.post(f"/operatore/persone/{candidate}/motivo/", {"purpose": "contact"})


def test_the_jobs_of_a_person_are_proposed_from_their_page_and_the_reading_is_logged() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    person = make_person(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=1)
    build_segment()
    client = signed_in(make_operator(desk))
    html, cost = asked(client, f"/operatore/persone/{person.pk}/lavori/")
    assert f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/" in html
    assert cost <= 10
    assert set(AccessLogEntry.objects.values_list("subject_id", "part", "purpose")) == {
        (person.pk, "match", "proposal")
    }
    assert signed_in(make_operator()).get(f"/operatore/persone/{person.pk}/lavori/").status_code == 404


def test_a_search_takes_the_way_of_weighing_that_was_chosen() -> None:
    desk = make_desk()
    vacancy = make_crowd(desk, 4)
    client = signed_in(make_operator(desk))
    url = f"/operatore/offerte/{vacancy.pk}/abbinamenti/"
    assert client.post(url, {"strategy": "inventata"}).status_code == 400
    assert client.post(url, {"strategy": "farther"}).status_code == 302
    assert jobs.run(Job.objects.get(path="matching.tasks.run_match").pk)
    run = MatchRun.objects.get()
    assert (run.strategy, run.edition, run.weights["distance"]) == ("farther", 0, 0)
    html = asked(client, url)[0]
    assert "pesi «Anche chi abita lontano»" in html
    assert '<option value="farther" selected>' in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_news_name_people_and_the_reading_is_logged(count: int) -> None:
    desk = make_desk()
    operator = make_operator(desk)
    people = [strong(operator, make_vacancy(make_company(desk))).candidate_id for _ in range(count)]
    html, cost = asked(signed_in(operator), "/operatore/abbinamenti-nuovi/")
    assert html.count("/proponi/") == sum(range(count + 1))  # each also suits the vacancies made later
    assert cost <= 10
    assert set(AccessLogEntry.objects.values_list("subject_id", "part")) == {(pk, "match") for pk in people}


@pytest.mark.parametrize("count", [1, 3])
def test_matches_cost_the_same_for_one_and_three(count: int) -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk), skills=[make_skill()])
    for _ in range(count):
        make_person(vacancy)
    run_match(vacancy=vacancy, by=BY)
    html, cost = asked(signed_in(make_operator(desk)), f"/operatore/offerte/{vacancy.pk}/abbinamenti/")
    assert html.count('class="sp-score"') == count
    assert cost == 10


def test_looking_runs_nothing_and_asking_runs_once() -> None:
    desk = make_desk()
    vacancy = make_crowd(desk, 4)
    client = signed_in(make_operator(desk))
    url = f"/operatore/offerte/{vacancy.pk}/abbinamenti/"
    assert "non è ancora stata fatta" in asked(client, url)[0]
    assert not MatchRun.objects.exists()
    assert client.post(url).status_code == 302
    assert client.post(url).status_code == 302
    job = Job.objects.get(path="matching.tasks.run_match")
    html, cost = asked(client, url)
    assert ("hx-trigger" in html, "Cerca le persone adatte" in html, cost) == (True, False, 8)
    assert not MatchRun.objects.exists()
    assert jobs.run(job.pk)
    run = MatchRun.objects.get()
    html, _ = asked(client, url)
    assert ("hx-trigger" in html, "Cerca di nuovo" in html) == (False, True)
    assert f"{run.considered} persone considerate" in html


def test_the_last_run_stays_in_sight_while_the_next_is_made() -> None:
    desk = make_desk()
    vacancy = make_crowd(desk, 4)
    run_match(vacancy=vacancy, by=BY)
    client = signed_in(make_operator(desk))
    url = f"/operatore/offerte/{vacancy.pk}/abbinamenti/"
    client.post(url)
    html, cost = asked(client, url)
    assert 'class="sp-score"' in html
    assert "Intanto vedi la ricerca di prima." in html
    assert cost <= 10


def test_a_search_that_failed_is_said_until_another_answers() -> None:
    vacancy = make_crowd(make_desk(), 2)
    client = signed_in(make_operator(vacancy.desk))
    url = f"/operatore/offerte/{vacancy.pk}/abbinamenti/"
    client.post(url)
    Job.objects.filter(path="matching.tasks.run_match").update(state="failed", finished_at=timezone.now())
    assert "La ricerca non è riuscita." in asked(client, url)[0]
    run_match(vacancy=vacancy, by=BY)
    assert "La ricerca non è riuscita." not in asked(client, url)[0]


def test_who_is_no_longer_followed_is_not_shown() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    stays, leaves = make_person(vacancy), make_person(vacancy)
    run_match(vacancy=vacancy, by=BY)
    Case.objects.filter(candidate=leaves).update(state="closed", closed_on="2026-04-01", closing="other")
    html, _ = asked(signed_in(make_operator(desk)), f"/operatore/offerte/{vacancy.pk}/abbinamenti/")
    assert (stays.last_name in html, leaves.last_name in html) == (True, False)
    assert html.count('class="sp-score"') == 1
    assert "1 persona non è più in carico, o una regola ora la esclude: non compare." in html


def test_people_of_other_desks_are_ranked_without_their_names() -> None:
    vacancy = make_crowd(make_desk(), 8)
    run = run_match(vacancy=vacancy, by=BY)
    html, _ = asked(signed_in(make_operator()), f"/operatore/offerte/{vacancy.pk}/abbinamenti/")
    assert html.count("Persona seguita da un altro sportello") == run.eligible
    assert run.near_misses
    assert "Amina" not in html


def test_matches_are_read_ten_at_a_time_and_those_of_my_desk_alone() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    mine = [make_person(vacancy) for _ in range(12)]
    for _ in range(3):
        make_case(make_desk())
    run_match(vacancy=vacancy, by=BY)
    client = signed_in(make_operator(desk))
    url = f"/operatore/offerte/{vacancy.pk}/abbinamenti/"
    html, cost = asked(client, url)
    assert html.count('class="sp-score"') == 10
    assert cost <= 10
    assert "(15)" in html
    assert "(12)" in html
    seen, badges = set(), 0
    for number in (1, 2):
        before = set(AccessLogEntry.objects.values_list("pk", flat=True))
        page = client.get(url, {"chi": "sportello", "pagina": number}).content.decode()
        assert "altro sportello" not in page
        badges += page.count("del tuo sportello</span>")
        shown = {person for person in mine if str(person.pk) in page}
        read = AccessLogEntry.objects.exclude(pk__in=before).values_list("subject_id", flat=True)
        assert set(read) == {person.pk for person in shown}
        seen |= shown
    assert seen == set(mine)
    assert badges == 12


def test_operator_proposes_and_writes_down_the_answer() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    person = make_person(vacancy)
    client = signed_in(make_operator(desk))
    url = f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/"
    assert asked(client, url)[1] <= 10
    assert client.post(url, {"note": "Precisa"}).status_code == 302
    referral = Referral.objects.get()
    assert (referral.state, referral.note) == (ReferralState.CONSENT_ASKED, "Precisa")
    client.post(f"/operatore/candidature/{referral.pk}/risposta/", {"agreed": "yes"})
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT


def test_the_desk_and_the_person_read_the_same_wait_in_their_own_words() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    operator = make_operator(referral.vacancy.desk)
    Case.objects.filter(candidate=referral.candidate).update(responsible_operator=operator)
    desk = signed_in(operator)
    mine = citizen_of(referral)
    for url in (
        f"/operatore/persone/{referral.candidate_id}/candidature/",
        f"/operatore/persone/{referral.candidate_id}/",
    ):
        html = desk.get(url, follow=True).content.decode()
        assert ("In attesa del sì della persona" in html, "In attesa del tuo sì" in html) == (True, False)
    html = asked(mine, "/mia-pagina/candidature/")[0]
    assert ("In attesa del sì della persona" in html, "In attesa del tuo sì" in html) == (False, True)


def test_an_answer_that_is_neither_yes_nor_no_is_said_to_be_lost() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    client = signed_in(make_operator(referral.vacancy.desk))
    say_why(client, referral.candidate_id)
    page = client.post(f"/operatore/candidature/{referral.pk}/risposta/")
    assert page.status_code == 422
    assert "Non abbiamo registrato nulla: scegli se la persona ha detto sì o no." in page.content.decode()
    referral.refresh_from_db()
    assert referral.state == ReferralState.CONSENT_ASKED


def test_operator_takes_the_application_back_for_a_person_who_calls() -> None:
    referral = make_referral()
    client = signed_in(make_operator(referral.vacancy.desk))
    url = f"/operatore/candidature/{referral.pk}/ritira/"
    say_why(client, referral.candidate_id)
    assert url in asked(client, f"/operatore/persone/{referral.candidate_id}/candidature/")[0]
    assert signed_in(make_operator()).post(url).status_code == 404
    assert client.post(url).status_code == 302
    referral.refresh_from_db()
    assert referral.state == ReferralState.WITHDRAWN
    assert url not in asked(client, f"/operatore/persone/{referral.candidate_id}/candidature/")[0]


def test_another_desks_person_can_neither_be_proposed_nor_answered_for() -> None:
    referral = make_referral(state=ReferralState.CONSENT_ASKED)
    client = signed_in(make_operator())
    assert client.get(f"/operatore/persone/{referral.candidate_id}/candidature/").status_code == 404
    url = f"/operatore/offerte/{referral.vacancy_id}/proponi/{referral.candidate_id}/"
    assert client.post(url, {"note": ""}).status_code == 404
    assert client.post(f"/operatore/candidature/{referral.pk}/risposta/", {"agreed": "yes"}).status_code == 404
    referral.refresh_from_db()
    assert referral.state == ReferralState.CONSENT_ASKED


def test_a_persons_referrals_cost_the_same_for_one_and_three() -> None:
    desk = make_desk()
    operator = make_operator(desk)
    person = make_person(make_vacancy(make_company(desk)), operator=operator)
    client = signed_in(operator)
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_referral(make_vacancy(make_company(desk)), person)
        html, cost = asked(client, f"/operatore/persone/{person.pk}/candidature/")
        assert html.count('<h2 class="h5 mb-1">') == person.referrals.count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10


def test_placements_cost_the_same_for_one_and_three_and_stay_in_their_desk() -> None:
    vacancy = make_vacancy()
    client = signed_in(make_operator(vacancy.desk))
    elsewhere = make_placement()
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_placement(vacancy)
        html, cost = asked(client, "/operatore/inserimenti/")
        costs.append(cost)
    assert html.count('<th scope="row">') == 3
    assert elsewhere.candidate.last_name not in html
    assert client.get(f"/operatore/inserimenti/{elsewhere.pk}/").status_code == 404
    assert costs[0] == costs[1] <= 10


def test_a_placement_is_checked_on_its_page() -> None:
    placement = make_placement()
    client = signed_in(make_operator(placement.desk))
    url = f"/operatore/inserimenti/{placement.pk}/"
    assert asked(client, url)[1] <= 10
    assert client.post(url, {"outcome": "verify", "notice_code": ""}).status_code == 422
    assert client.post(url, {"outcome": "verify", "notice_code": "COB-7"}).status_code == 302
    placement.refresh_from_db()
    assert (placement.state, placement.notice_code) == ("verified", "COB-7")


def test_a_notice_used_already_is_told_beside_its_field() -> None:
    verified = make_placement(state="verified", notice_code="COB-7", verified_at=timezone.now())
    placement = make_placement(verified.vacancy)
    client = signed_in(make_operator(placement.desk))
    url = f"/operatore/inserimenti/{placement.pk}/"
    page = client.post(url, {"outcome": "verify", "notice_code": "COB-7"})
    assert page.status_code == 422
    assert page.context["form"].errors["notice_code"] == [
        "Questo codice ha già confermato un altro inserimento: ricontrollalo sulla ricevuta."
    ]
