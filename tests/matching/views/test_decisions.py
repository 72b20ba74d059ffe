"""Whom an operator proposes the work to: with the list, or otherwise and saying why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Case, DesiredOccupation, Profile
from matching.models import Override, Referral
from matching.services.run import run_match
from matching.services.segment import build_segment
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.core.models import AccessLogEntry
from tests.support.employers import make_company, make_skill, make_vacancy
from tests.support.matching import citizen_of, make_override, make_person
from tests.support.personas import make_member, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

BY = Scope.of_process("tests")


def test_who_is_in_the_list_is_proposed_without_a_word_more() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk), skills=[make_skill()])
    person = make_person(vacancy)
    run_match(vacancy=vacancy, by=BY)
    client = signed_in(make_operator(desk))
    html, cost = asked(client, f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/")
    assert 'name="reason"' not in html
    assert cost <= 10
    client.post(f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/", {"note": "Precisa"})
    assert Referral.objects.get().note == "Precisa"


def test_whom_a_choice_excludes_is_proposed_with_a_reason_that_the_person_reads() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    person = make_person(vacancy)
    Profile.objects.filter(candidate=person).update(hours_wanted="part_time")
    run_match(vacancy=vacancy, by=BY)
    operator = make_operator(desk)
    Case.objects.filter(candidate=person).update(responsible_operator=operator)
    client = signed_in(operator)
    url = f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/"
    assert url in asked(client, f"/operatore/offerte/{vacancy.pk}/abbinamenti/")[0]
    html, cost = asked(client, url)
    assert "È una scelta della persona" in html
    assert cost <= 10
    refused = client.post(url, {"note": ""})
    assert (refused.status_code, Referral.objects.exists()) == (422, False)
    client.post(url, {"reason": "accepts", "motive": "Ora accetta il tempo pieno.", "note": ""})
    assert Override.objects.get().rule == "hours"
    html, cost = asked(client, f"/operatore/offerte/{vacancy.pk}/abbinamenti/")
    assert ("Proposta fuori dall'elenco" in html.replace("&#x27;", "'"), cost) == (True, 10)
    assert f"{operator}" in html or Override.objects.get().actor_label in html
    for page in (f"/operatore/persone/{person.pk}/candidature/",):
        assert "Ora accetta il tempo pieno." in asked(client, page)[0]
    referral = Referral.objects.get()
    mine = citizen_of(referral)
    for page in ("/mia-pagina/candidature/", f"/mia-pagina/candidature/{referral.pk}/"):
        html, cost = asked(mine, page)
        assert "Una persona ha deciso" in html
        assert Override.objects.get().actor_label not in html
        assert cost <= 10


def test_a_rule_of_law_is_not_lifted() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    person = make_person(vacancy)
    Profile.objects.filter(candidate=person).update(work_permit_until=timezone.localdate() - timedelta(days=1))
    run_match(vacancy=vacancy, by=BY)
    client = signed_in(make_operator(desk))
    url = f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/"
    assert url not in asked(client, f"/operatore/offerte/{vacancy.pk}/abbinamenti/")[0]
    html, _ = asked(client, url)
    assert ("È una regola di legge" in html, 'name="note"' in html) == (True, False)
    client.post(url, {"note": "", "reason": "accepts", "motive": "Lo vuole."})
    assert not Referral.objects.exists()


def test_setting_aside_takes_a_person_out_of_the_list_and_they_read_it() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    person = make_person(vacancy)
    DesiredOccupation.objects.create(candidate=person, occupation=vacancy.occupation, years=1)
    run_match(vacancy=vacancy, by=BY)
    client = signed_in(make_operator(desk))
    page, url = (f"/operatore/offerte/{vacancy.pk}/{path}" for path in ("abbinamenti/", f"metti-da-parte/{person.pk}/"))
    assert url in asked(client, page)[0]
    assert asked(client, url)[1] <= 10
    assert client.post(url, {"reason": "unwilling", "motive": ""}).status_code == 422
    assert client.post(url, {"reason": "accepts", "motive": "No"}).status_code == 422
    client.post(url, {"reason": "unwilling", "motive": "Non vuole turni."})
    html, cost = asked(client, page)
    assert ("Non vuole turni." in html, "Proponi comunque" in html, 'class="sp-score"' in html) == (True, True, False)
    assert cost == 10
    assert "era stata messa da parte" in asked(client, f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/")[0]
    build_segment()
    client.post(f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/", {"reason": "other", "motive": "Ci ripensa."})
    mine = citizen_of(Referral.objects.get())
    html, cost = asked(mine, "/mia-pagina/lavori/")
    assert ("Ci ripensa." in html, "Non vuole turni." in html) == (True, False)
    assert cost <= 10


def test_who_is_not_in_the_list_is_not_set_aside() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    person = make_person(vacancy)
    client = signed_in(make_operator(desk))
    url = f"/operatore/offerte/{vacancy.pk}/metti-da-parte/{person.pk}/"
    page = client.post(url, {"reason": "unwilling", "motive": "Non vuole turni."}, follow=True)
    assert "La persona non è più nell" in page.content.decode()
    assert not Override.objects.exists()
    elsewhere = signed_in(make_operator())
    assert elsewhere.get(url).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_a_coordinator_counts_them_and_the_names_read_are_logged(count: int) -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk))
    made = [make_override(vacancy, rule="hours") for _ in range(count)]
    make_override(vacancy, decided_at=timezone.now() - timedelta(days=91))
    client = signed_in(make_member(Role.COORDINATOR, desk.managed_by, desk))
    html, cost = asked(client, "/operatore/decisioni/")
    assert html.count("Ci ha mostrato i suoi lavori.") == count
    assert cost <= 10
    log = AccessLogEntry.objects.values_list("subject_id", "part", "purpose")
    assert set(log) == {(override.candidate_id, "match", "check") for override in made}
    html, _ = asked(client, "/operatore/decisioni/?giorni=365")
    assert html.count("Ci ha mostrato i suoi lavori.") == count + 1
    assert signed_in(make_operator(desk)).get("/operatore/decisioni/").status_code in (403, 404)


def test_what_lacks_of_the_week_is_told_where_the_work_is_proposed_and_decided_before_any_search() -> None:
    desk = make_desk()
    vacancy = make_vacancy(make_company(desk), bands=["6-morning", "6-afternoon"])
    person = make_person(vacancy)
    person.availability.create(weekday=6, band="morning")
    operator = make_operator(desk)
    Case.objects.filter(candidate=person).update(responsible_operator=operator)
    client = signed_in(operator)
    url = f"/operatore/offerte/{vacancy.pk}/proponi/{person.pk}/"
    html, cost = asked(client, url)
    assert ("sabato, pomeriggio: chiesto; dalla persona: no." in html, cost <= 10) == (True, True)
    client.post(url, {"reason": "accepts", "motive": "Si è organizzata.", "note": ""})
    assert Override.objects.get().rule == "week"
    html, cost = asked(client, f"/operatore/offerte/{vacancy.pk}/abbinamenti/")
    assert ("Si è organizzata." in html, "La ricerca non è ancora stata fatta." in html, cost <= 10) == (
        True,
        True,
        True,
    )
