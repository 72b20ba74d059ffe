"""Applications as the company sees them: no name without the yes."""

import pytest
from django.utils import timezone

from candidates.models import DisclosureRequest
from matching.models import Placement
from matching.states import ReferralState
from sportello.accounts.enums import Part
from sportello.core.models import AccessLogEntry
from sportello.reference.models import EducationLevel
from tests.support.employers import make_company, make_company_user, make_skill, make_vacancy
from tests.support.matching import citizen_of, make_placement, make_referral
from tests.support.personas import signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


def test_pipeline_costs_the_same_for_one_and_three_and_hides_who_was_not_willing() -> None:
    vacancy = make_vacancy()
    client = signed_in(make_company_user(vacancy.company))
    hidden = [make_referral(vacancy, state=s) for s in (ReferralState.CONSENT_ASKED, ReferralState.DECLINED)]
    gone = make_referral(vacancy, state=ReferralState.WITHDRAWN)
    costs = []
    for more in (1, 2):
        seen = [make_referral(vacancy) for _ in range(more)]
        html, cost = asked(client, f"/impresa/offerte/{vacancy.pk}/candidature/")
        assert all(referral.candidate.last_name in html for referral in seen)
        costs.append(cost)
    assert html.count('<th scope="row">') == 4
    for referral in (*hidden, gone):
        assert referral.candidate.last_name not in html
    for referral in hidden:
        assert str(referral.pk) not in html
        assert client.get(f"/impresa/candidature/{referral.pk}/").status_code == 404
    assert costs[0] == costs[1] <= 10


@pytest.mark.parametrize("state", ["asked", "denied", "withdrawn"])
def test_without_the_yes_the_profile_has_no_name_nor_contact(state: str) -> None:
    referral = make_referral()
    person = referral.candidate
    person.profile.about = "Mi chiamo Amina e abito in via Po"
    person.profile.save()
    client = signed_in(make_company_user(referral.vacancy.company))
    html, cost = asked(client, f"/impresa/candidature/{referral.pk}/")
    assert person.last_name in html
    assert person.email in html
    assert cost == 10
    DisclosureRequest.objects.update(state=state, answered_at=None if state == "asked" else "2026-03-01T10:00Z")
    html, _ = asked(client, f"/impresa/candidature/{referral.pk}/")
    for secret in (person.last_name, person.first_name, person.email, "via Po"):
        assert secret not in html


def test_another_companys_application_does_not_exist() -> None:
    referral = make_referral()
    client = signed_in(make_company_user(make_company()))
    assert client.get(f"/impresa/candidature/{referral.pk}/").status_code == 404
    assert client.get(f"/impresa/offerte/{referral.vacancy_id}/candidature/").status_code == 404
    for act in ("colloquio", "rifiuto", "assunzione"):
        assert client.post(f"/impresa/candidature/{referral.pk}/{act}/").status_code == 404
    referral.refresh_from_db()
    assert referral.state == ReferralState.SENT


def test_opening_a_profile_is_logged_for_the_person() -> None:
    referral = make_referral()
    user = make_company_user(referral.vacancy.company)
    signed_in(user).get(f"/impresa/candidature/{referral.pk}/")
    assert list(AccessLogEntry.objects.values_list("subject_id", "actor_id", "purpose")) == [
        (referral.candidate_id, user.pk, "application")
    ]


@pytest.mark.parametrize(
    ("act", "data", "state"),
    [
        ("vista", {}, ReferralState.VIEWED),
        ("colloquio", {"message_to_person": "Ci vediamo lunedì"}, ReferralState.INTERVIEW),
        ("proposta", {}, ReferralState.OFFER),
        ("rifiuto", {"reason": "hours"}, ReferralState.REFUSED),
    ],
)
def test_every_button_of_the_company_has_its_effect(act: str, data: dict[str, str], state: ReferralState) -> None:
    referral = make_referral()
    client = signed_in(make_company_user(referral.vacancy.company))
    assert client.post(f"/impresa/candidature/{referral.pk}/{act}/", data).status_code == 302
    referral.refresh_from_db()
    assert referral.state == state


def test_company_hires() -> None:
    referral = make_referral()
    client = signed_in(make_company_user(referral.vacancy.company))
    today = timezone.localdate()
    begin = {
        "starts_on_day": str(today.day),
        "starts_on_month": str(today.month),
        "starts_on_year": str(today.year),
        "weekly_hours": "40",
        "contract_type": str(referral.vacancy.contract_type_id),
    }
    url = f"/impresa/candidature/{referral.pk}/assunzione/"
    assert client.post(url, {**begin, "starts_on_month": "13"}).status_code == 422
    assert client.post(url, begin).status_code == 302
    assert Placement.objects.get().starts_on == today


def test_company_reads_why_and_declares_again() -> None:
    placement = make_placement(state="rejected", rejection_reason="Le ore non sono quelle", verified_at=timezone.now())
    assert placement.vacancy
    referral = make_referral(placement.vacancy, placement.candidate, state=ReferralState.OFFER)
    Placement.objects.update(referral=referral)
    client = signed_in(make_company_user(placement.vacancy.company))
    html, cost = asked(client, f"/impresa/candidature/{referral.pk}/")
    assert "Le ore non sono quelle" in html
    assert cost <= 10


def test_the_company_reads_the_name_until_the_application_closes_or_the_person_hides_it() -> None:
    vacancy = make_vacancy()
    company = signed_in(make_company_user(vacancy.company))
    refused, hired = make_referral(vacancy), make_referral(vacancy, state=ReferralState.HIRED)

    def names_shown() -> list[bool]:
        pages = [f"/impresa/candidature/{referral.pk}/" for referral in (refused, hired)]
        shown = []
        for referral, page in zip((refused, hired), pages, strict=True):
            for url in (page, f"/impresa/offerte/{vacancy.pk}/candidature/"):
                html = company.get(url).content.decode()
                person = referral.candidate
                shown.append(any(fact in html for fact in (person.last_name, person.email)))
        return shown

    assert names_shown() == [True, True, True, True]
    company.post(f"/impresa/candidature/{refused.pk}/rifiuto/", {"reason": "skills"})
    assert names_shown() == [False, False, True, True]
    mine = f"/mia-pagina/candidature/{hired.pk}/"
    client = citizen_of(hired)
    assert "Nascondi il mio nome" in asked(client, mine)[0]
    client.post(f"{mine}ritira/")
    assert names_shown() == [False, False, False, False]
    assert "Nascondi il mio nome" not in asked(client, mine)[0]


def test_pages_that_show_the_whole_profile_stay_within_ten_queries() -> None:
    referral = make_referral(make_vacancy(skills=[make_skill()]), state=ReferralState.CONSENT_ASKED)
    title, _ = EducationLevel.objects.get_or_create(
        code="prova", defaults={"label": "Licenza media", "isced": 2, "eqf": 1, "position": 900}
    )
    referral.candidate.profile.education_level = title
    referral.candidate.profile.save()
    other = make_vacancy()
    client = citizen_of(referral)
    costs = [
        asked(client, url)[1]
        for url in (f"/mia-pagina/candidature/{referral.pk}/", f"/offerte/{other.pk}/mi-interessa/")
    ]
    sent = make_referral(other, referral.candidate)
    company = signed_in(make_company_user(other.company))
    costs.append(asked(company, f"/impresa/candidature/{sent.pk}/")[1])
    costs.append(asked(company, f"/impresa/offerte/{other.pk}/candidature/")[1])
    assert max(costs) <= 10, costs


def test_who_only_reads_is_told_nothing_of_who_it_is() -> None:
    vacancy = make_vacancy()
    referral = make_referral(vacancy)
    referral.note = "Chiedete di Amina"
    referral.save()
    person = referral.candidate
    person.profile.about = "Abito in via Po"
    person.profile.save()
    pages = (f"/impresa/offerte/{vacancy.pk}/candidature/", f"/impresa/candidature/{referral.pk}/")
    secrets = (person.last_name, person.email, "Chiedete di Amina", "via Po")
    reader, decider = (signed_in(make_company_user(vacancy.company, p)) for p in (Part.READS, Part.DECIDES))
    told = ["".join(client.get(page).content.decode() for page in pages) for client in (reader, decider)]
    assert [[secret in html for secret in secrets] for html in told] == [[False] * 4, [True] * 4]
    assert "Chi decide per l'impresa" in told[0]
    # Also a reading without a name is told to the person.
    assert AccessLogEntry.objects.count() == 2
