"""Who signs in for a closed company reads why, whatever they ask for."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from employers.models import Vacancy
from employers.services.closing import close_company
from employers.urls import urlpatterns as employer_urls
from matching.models import Referral
from matching.urls import urlpatterns as matching_urls
from sportello.accounts.enums import Part, Role
from sportello.accounts.models import Membership
from sportello.accounts.scope import Scope
from sportello.workspaces.urls import urlpatterns as workspace_urls
from tests.support.employers import make_company, make_company_user, make_vacancy
from tests.support.equality import make_advice, make_certificate, make_rules
from tests.support.matching import make_referral
from tests.support.personas import make_member, signed_in
from tests.support.queries import asked
from tests.support.races import while_it_waits
from tests.support.territory import make_organisation

pytestmark = pytest.mark.django_db
BY = Scope.of_process("tests")


def closed() -> tuple[Client, Vacancy, Referral]:
    """The browser of a closed company's user, a vacancy of it, and an application to it."""
    vacancy = make_vacancy()
    client = signed_in(make_company_user(vacancy.company))
    referral = make_referral(vacancy)
    close_company(company=vacancy.company, reason="moved", closed_on=timezone.localdate(), by=BY)
    return client, vacancy, referral


def test_every_page_of_a_closed_company_is_the_one_that_says_it() -> None:
    client, vacancy, referral = closed()
    urls: list[Any] = [*employer_urls, *matching_urls, *workspace_urls]
    gated = {p.name for p in urls if getattr(p.callback, "audience", None) == {Role.COMPANY}}
    names = ("company_home", "company_vacancies", "vacancy_new", "company_data", "workplace_new", "workplace_list")
    fairness = ("equality", "certificate_new", "advice", "readiness", "quota")
    ofone = ("vacancy_manage", "vacancy_pipeline", "vacancy_wording", "vacancy_withdraw")
    only_posted = {"wording_check", "vacancy_change", "application_step", "application_refuse", "application_hire"}
    only_posted |= {"advice_withdraw", "quota_forget"}
    parts = {"vacancy_step", "application", "workplace_edit", "own_certificate_file", "readiness_area"}
    assert gated == {*names, *fairness, *ofone} | parts | only_posted
    pages = [*map(reverse, (*names, *fairness)), *(reverse(name, kwargs={"vacancy": vacancy.pk}) for name in ofone)]
    pages.append(reverse("workplace_edit", kwargs={"workplace": vacancy.workplace_id}))
    pages.append(reverse("application", kwargs={"referral": referral.pk}))
    certificate, advice = make_certificate(vacancy.company), make_advice(vacancy.company)
    pages.append(reverse("own_certificate_file", kwargs={"certificate": certificate.pk}))
    pages.append(reverse("readiness_area", kwargs={"area": "culture"}))
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 403
        assert "Ha lasciato il territorio" in answer.content.decode()
    step = reverse("vacancy_step", kwargs={"vacancy": vacancy.pk, "step": 1})
    posted = {
        step: {},
        reverse("wording_check", kwargs={"field": "title"}): {"title": "Cuoca"},
        reverse("vacancy_change", kwargs={"vacancy": vacancy.pk, "change": "invia"}): {},
        reverse("application_step", kwargs={"referral": referral.pk, "step": "vista"}): {},
        reverse("advice_withdraw", kwargs={"advice": advice.pk}): {},
        reverse("quota_forget"): {},
    }
    assert {page: client.post(page, data).status_code for page, data in posted.items()} == dict.fromkeys(posted, 403)


def test_nothing_that_is_sent_for_a_closed_company_is_read() -> None:
    client, vacancy, _referral = closed()
    kwargs = {"vacancy": vacancy.pk, "change": "invia"}
    before = Vacancy.objects.values_list("pk", "state").order_by("pk")
    known = list(before)
    assert client.post(reverse("vacancy_new"), {"title": "Nuova"}).status_code == 403
    assert client.post(reverse("vacancy_change", kwargs=kwargs)).status_code == 403
    assert list(before.all()) == known


def test_who_also_acts_for_a_company_that_is_open_works_for_that_one() -> None:
    client, vacancy, _referral = closed()
    user = Membership.objects.get(organisation=vacancy.company.organisation).user
    other = make_company(name="Aperta")
    Membership.objects.create(user=user, organisation=other.organisation, role=Role.COMPANY)
    html, cost = asked(client, reverse("company_vacancies"))
    assert "Aperta" in html
    assert cost <= 10


def doors(vacancy: Vacancy, referral: Referral) -> dict[str, tuple[str, Part]]:
    """Every page of a company by its name: its address, and how far one acts for the company to open it."""
    make_rules()
    parts: dict[str, Any] = {
        "vacancy": vacancy.pk,
        "referral": referral.pk,
        "workplace": vacancy.workplace_id,
        "certificate": make_certificate(vacancy.company).pk,
        "advice": make_advice(vacancy.company).pk,
    }
    words = {"step": 1, "area": "culture", "field": "title", "change": "pausa"}
    deciders = {
        "vacancy_new",
        "vacancy_step",
        "vacancy_wording",
        "vacancy_withdraw",
        "certificate_new",
        "readiness_area",
    }
    deciders |= {"workplace_new", "workplace_edit"}
    found = {}
    urls: list[Any] = [*employer_urls, *matching_urls, *workspace_urls]
    for url in urls:
        if getattr(url.callback, "audience", None) == {Role.COMPANY}:
            kwargs = {name: parts.get(name) or words[name] for name in url.pattern.converters}
            if url.name == "application_step":
                kwargs["step"] = "vista"
            needs = Part.DECIDES if url.name in deciders else Part.READS
            found[url.name] = (reverse(url.name, kwargs=kwargs), needs)
    found["company_data"] = (found["company_data"][0], Part.ADMINISTERS)
    return found


@pytest.mark.parametrize("part", Part)
def test_every_page_opens_for_those_it_is_for_and_nothing_of_a_readers_is_read(part: Part) -> None:
    vacancy = make_vacancy()
    client = signed_in(make_company_user(vacancy.company, part))
    before = Vacancy.objects.values("state", "title").get()
    for name, (address, needs) in doors(vacancy, make_referral(vacancy)).items():
        read = client.get(address)
        assert (read.status_code == 403) == (part < needs), name
        sent = client.post(address)
        assert (sent.status_code == 403) == (part < max(needs, Part.DECIDES)), name
        for answer in (read, sent):
            assert answer.status_code != 403 or "Serve un altro permesso" in answer.content.decode()
            answer.getvalue()  # a file is closed once it is read
    if part == Part.READS:
        assert Vacancy.objects.values("state", "title").get() == before


@pytest.mark.parametrize("here", [True, False])
def test_to_decide_for_one_company_is_to_read_of_another(here: bool) -> None:
    vacancy = make_vacancy(make_company(registered_on=date(2020, 1, 2)))
    user = make_company_user(vacancy.company, Part.READS)
    other = make_company(registered_on=date(2020, 1, 1 if here else 3))
    Membership.objects.create(user=user, organisation=other.organisation, role=Role.COMPANY, is_admin=True)
    client, referral = signed_in(user), make_referral(vacancy)
    addresses = {name: address for name, (address, _needs) in doors(vacancy, referral).items()}
    # By their own address they are of this company, whichever comes first for the actor.
    for name in (
        "application_step",
        "application_refuse",
        "application_hire",
        "vacancy_step",
        "vacancy_wording",
        "vacancy_withdraw",
    ):
        assert client.post(addresses[name]).status_code == 403, name
    html = client.get(addresses["application"]).content.decode()
    assert referral.candidate.last_name not in html
    for name in ("vacancy_change", "workplace_edit", "advice_withdraw"):
        assert client.post(addresses[name]).status_code == (404 if here else 403), name


@pytest.mark.parametrize("part", [Part.READS, Part.DECIDES])
def test_who_reads_sees_no_button_that_is_not_theirs(part: Part) -> None:
    vacancy = make_vacancy()
    client = signed_in(make_company_user(vacancy.company, part))
    pages = doors(vacancy, make_referral(vacancy))
    # Language and way out, on every page.
    of_all = client.get(reverse("incentives")).content.decode().count('method="post"')
    locked = [address for address, needs in pages.values() if needs > part]
    open_to_all = [address for name, (address, needs) in pages.items() if needs == Part.READS]
    forms = 0
    for address in open_to_all:
        answer = client.get(address)
        if answer.status_code == 200 and not answer.streaming:
            html = answer.content.decode()
            assert [link for link in locked if f'href="{link}"' in html] == [], address
            forms += html.count('method="post"') - of_all
        answer.getvalue()  # a file is closed once it is read
    assert (forms == 0) == (part == Part.READS)


def test_while_nobody_has_registered_the_company_there_is_its_home_alone() -> None:
    client = signed_in(make_member(Role.COMPANY, make_organisation(kind="company")))
    assert client.get(reverse("company_vacancies")).status_code == 404
    assert "non è ancora registrata" in client.get(reverse("company_home")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_while_the_company_closed_leads_to_the_page_that_says_it() -> None:
    company = make_company()
    client = signed_in(make_company_user(company))
    town = company.workplaces.get().municipality
    said = {"workplace_name": "B", "municipality": f"{town.name} ({town.province_code})", "address": "Via Po 3"}
    answers: list[Any] = []
    while_it_waits(
        lambda: close_company(company=company, reason="moved", closed_on=timezone.localdate(), by=BY),
        lambda: answers.append(client.post(reverse("workplace_new"), said)),
    )
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, reverse("company_home"))]
    assert company.workplaces.count() == 1
