"""What each home, each list and the two heaviest pages cost on a database filled by `seed_demo` (see `make bench-pages`).

Everything happens in one transaction that is undone: measuring leaves no login, no reading and no run behind.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.test import Client
from django.urls import reverse

# As the web process begins: all is loaded, and what is loaded is never gone through again.
import sportello.wsgi  # noqa: F401
from candidates.models import Case
from candidates.queries.people import WORK_QUEUES
from employers.models import Company, Vacancy
from matching.models import Placement, Referral
from matching.services.run import run_match
from sportello.accounts.models import User
from sportello.accounts.queries import scope_of
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Desk
from tests.support.personas import signed_in
from tests.support.queries import queries_of

REQUESTS = 20
PEOPLE = ("cittadina", "operatore", "coordinatore", "impresa", "comune", "cabina", "admin")


@dataclass(frozen=True)
class Page:
    """A page as one of the demonstration's people opens it; `asked` goes in the address, `typed` in the body of a POST."""

    name: str
    who: str = ""
    asked: dict[str, str] | None = None
    typed: dict[str, str] | None = None
    parts: dict[str, Any] | None = None

    def __str__(self) -> str:
        asked = "&".join(f"{key}={value}" for key, value in (self.asked or self.typed or {}).items())
        return f"{self.name} {asked}".strip()

    def open(self, client: Client) -> int:
        """Ask for the page once; its status."""
        url = reverse(self.name, kwargs=self.parts)
        answer = client.get(url, self.asked) if self.typed is None else client.post(url, self.typed)
        return answer.status_code


def public_pages() -> Iterator[Page]:
    """What anybody may open."""
    vacancy = Vacancy.objects.published().order_by("-published_on", "-number")[0]
    yield Page("public_home")
    yield Page("board")
    yield Page("board", asked={"pagina": "200"})
    yield Page("board", asked={"cosa": "saldatore"})
    yield Page("board", asked={"dove": "Segrate", "km": "20"})
    yield Page("vacancy_detail", parts={"vacancy": vacancy.pk})
    yield Page("territory:desk_list")
    yield Page("territory:desk_detail", parts={"slug": Desk.objects.order_by("slug")[0].slug})
    yield Page("pact_list")
    yield Page("pact_detail", parts={"slug": TerritorialPact.objects.order_by("slug")[0].slug})
    yield Page("reports")


def citizen_pages(who: str) -> Iterator[Page]:
    """What a person opens about themself."""
    for name in ("citizen_home", "my_pact", "my_profile", "my_applications", "my_accesses"):
        yield Page(name, who)


def operator_pages(who: str, operator: Scope) -> Iterator[Page]:
    """The operator's day: queues, lists, the longest of their case files, the proposals for a vacancy."""
    case = Case.objects.filter(responsible_operator=operator.user_id).annotate(n=Count("contacts")).order_by("-n")[0]
    vacancy = Vacancy.objects.published().annotate(n=Count("referrals")).order_by("-n", "pk")[0]
    company = Company.objects.annotate(n=Count("vacancies")).order_by("-n", "pk")[0]
    placement = Placement.objects.filter(desk__in=operator.desk_ids).order_by("pk")[0]
    run_match(vacancy=vacancy, by=operator)
    yield Page("operator_home", who)
    yield Page("intakes", who)
    for view in ("", *WORK_QUEUES):
        yield Page("caseload", who, asked={"vista": view})
    yield Page("caseload", who, asked={"pagina": "30"})
    for typed in ("Brambilla", "colombo ma", "+3934123456"):
        yield Page("person_search", who, typed={"persona": typed})
    yield Page("case_file", who, parts={"candidate": case.candidate_id})
    yield Page("pact", who, parts={"case": case.pk})
    yield Page("person_referrals", who, parts={"candidate": case.candidate_id})
    for asked in ({}, {"stato": "submitted"}, {"cerca": "srl"}, {"pagina": "90"}):
        yield Page("companies", who, asked=asked)
    yield Page("company_detail", who, parts={"company": company.pk})
    yield Page("company_visits", who, parts={"company": company.pk})
    for asked in ({}, {"stato": "published"}, {"stato": ""}, {"stato": "", "pagina": "300"}):
        yield Page("moderation", who, asked=asked)
    yield Page("vacancy_review", who, parts={"vacancy": vacancy.pk})
    yield Page("vacancy_matches", who, parts={"vacancy": vacancy.pk})
    for asked in ({}, {"stato": ""}, {"stato": "", "pagina": "20"}):
        yield Page("placements", who, asked=asked)
    yield Page("placement_check", who, parts={"placement": placement.pk})


def company_pages(who: str, scope: Scope) -> Iterator[Page]:
    """The company's vacancies and the people on them."""
    own = Referral.objects.filter(vacancy__company__organisation__in=scope.organisation_ids(), state="viewed")
    referral = own.order_by("pk")[0]
    yield Page("company_home", who)
    yield Page("company_data", who)
    yield Page("company_vacancies", who)
    yield Page("vacancy_manage", who, parts={"vacancy": referral.vacancy_id})
    yield Page("vacancy_pipeline", who, parts={"vacancy": referral.vacancy_id})
    yield Page("application", who, parts={"referral": referral.pk})


def pages(users: dict[str, User]) -> Iterator[Page]:
    """Every page of the table, role by role."""
    scopes = {who: scope_of(user) for who, user in users.items()}
    yield from public_pages()
    yield from citizen_pages("cittadina")
    yield from operator_pages("operatore", scopes["operatore"])
    yield from company_pages("impresa", scopes["impresa"])
    yield Page("official_home", "comune")
    yield Page("official_reports", "comune")
    yield Page("team", "comune", parts={"organisation": next(iter(scopes["comune"].organisation_ids()))})
    yield Page("control_room_home", "cabina")
    yield Page("control_room_reports", "cabina")
    yield Page("administrator_home", "admin")
    yield Page("bodies", "admin")
    yield Page("desks", "admin")
    yield Page("desk_change", "admin", parts={"desk": Desk.objects.order_by("slug")[0].pk})
    yield Page("team", "admin", parts={"organisation": next(iter(scopes["admin"].organisation_ids()))})


def measure(page: Page, client: Client) -> str:
    """One line of the table: queries of one request, median and 95th percentile of the next twenty, in milliseconds."""
    with queries_of() as queries:
        status = page.open(client)
    if status != 200:
        raise RuntimeError(f"{page} answered {status}")
    times = []
    for _request in range(REQUESTS):
        begun = time.perf_counter()
        page.open(client)
        times.append((time.perf_counter() - begun) * 1000)
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return f"{page.who or 'tutti':10} {page!s:48} {len(queries):3} {median:8.1f} {p95:8.1f}\n"


def main() -> None:
    """Print the table."""
    with transaction.atomic(), audit.acting(Scope.of_process("bench_pages"), "bench"):
        users = {who: User.objects.get(email=f"{who}@sportello.example") for who in PEOPLE}
        clients = {who: signed_in(user) for who, user in users.items()} | {"": Client()}
        sys.stdout.write(f"{'role':10} {'page':48} {'q':>3} {'median':>8} {'p95':>8}\n")
        for page in pages(users):
            sys.stdout.write(measure(page, clients[page.who]))
            sys.stdout.flush()
        transaction.set_rollback(True)


if __name__ == "__main__":
    main()
