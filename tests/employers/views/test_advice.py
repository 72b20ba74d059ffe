"""A company at the Punto Parità, and the adviser who receives it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from employers.models import AdvisoryRequest, ReadinessChecklist
from employers.rules import readiness_questions
from tests.support.employers import make_company, make_company_user
from tests.support.equality import make_advice, make_rules
from tests.support.personas import make_operator, signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

ASKED = {"question": "Quanto costa?", "channel": "online", "preferred_days": "Lunedì mattina"}


def test_a_company_books_is_received_and_reads_the_answer() -> None:
    make_rules()
    mine, desk = signed_in(make_company_user(make_company())), signed_in(make_operator())
    assert mine.post("/impresa/parita/punto/", {}).status_code == 422
    assert mine.post("/impresa/parita/punto/", ASKED).status_code == 302
    assert mine.post("/impresa/parita/punto/", ASKED).status_code == 302
    request = AdvisoryRequest.objects.get()
    url = f"/operatore/parita/richieste/{request.pk}/"
    day = timezone.localdate() + timedelta(days=3)
    hour = {"day_day": day.day, "day_month": day.month, "day_year": day.year, "hour": "10:30"}
    assert desk.post(url, hour).status_code == 422
    assert desk.post(url, {**hour, "place": "https://video.example/1"}).status_code == 302
    html, cost = asked(mine, "/impresa/parita/punto/")
    assert "ore 10:30" in html
    assert cost <= 10
    assert desk.post(url, {"outcome": "plan", "answer": ""}).status_code == 422
    assert desk.post(url, {"outcome": "plan", "answer": "Partite dagli obiettivi."}).status_code == 302
    assert "Partite dagli obiettivi." in mine.get("/impresa/parita/punto/").content.decode()
    html, cost = asked(desk, url)
    assert "Fissa l'incontro" not in html.replace("&#x27;", "'")
    assert cost <= 10


def test_a_company_takes_its_request_back() -> None:
    company = make_company()
    request = make_advice(company)
    client = signed_in(make_company_user(company))
    for _ in range(2):
        assert client.post(f"/impresa/parita/punto/{request.pk}/ritira/").status_code == 302
    assert AdvisoryRequest.objects.get().state == "withdrawn"


def test_the_checklist_is_saved_at_each_step_resumed_and_shown_to_the_adviser() -> None:
    make_rules()
    company = make_company()
    mine, desk = signed_in(make_company_user(company)), signed_in(make_operator())
    questions = readiness_questions()
    assert mine.get("/impresa/parita/autovalutazione/altro/").status_code == 404
    first = {question.code: "yes" for question in questions["culture"]}
    answer = mine.post("/impresa/parita/autovalutazione/culture/", first)
    assert answer.headers["Location"] == "/impresa/parita/autovalutazione/governance/"
    html, cost = asked(mine, "/impresa/parita/autovalutazione/")
    assert 'href="/impresa/parita/autovalutazione/governance/"' in html
    assert "A buon punto" in html
    assert "senza valore legale" in html
    assert cost <= 10
    last = mine.post("/impresa/parita/autovalutazione/care/", {questions["care"][0].code: "no"})
    assert last.headers["Location"] == "/impresa/parita/autovalutazione/"
    assert len(ReadinessChecklist.objects.get().answers) == len(first) + 1
    html, cost = asked(desk, f"/operatore/parita/richieste/{make_advice(company).pk}/")
    assert "A buon punto" in html
    assert cost <= 10


def test_the_queue_costs_the_same_for_one_and_three() -> None:
    client = signed_in(make_operator())
    costs = []
    for more in (1, 2):
        for _ in range(more):
            make_advice()
        html, cost = asked(client, "/operatore/parita/richieste/")
        assert html.count('<th scope="row">') == AdvisoryRequest.objects.count()
        costs.append(cost)
    assert costs[0] == costs[1] <= 10
