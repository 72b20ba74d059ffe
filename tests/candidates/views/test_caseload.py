"""The list of cases: filters, views to keep, the table that leaves."""

import csv
import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from candidates.models import CaseTag, SavedView
from sportello.core.models import AccessLogEntry
from tests.support.agenda import make_rules
from tests.support.personas import make_candidate, make_case, make_operator, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(db: None) -> None:
    make_rules()


def test_the_list_costs_ten_queries_with_every_filter() -> None:
    desk = make_desk(name="Segrate")
    operator = make_operator(desk)
    case = make_case(desk, operator=operator, target_area="youth")
    CaseTag.objects.create(case=case, name="marzo")
    client = signed_in(operator)
    query = f"vista=mine&sportello={desk.pk}&responsabile={operator.pk}&area=youth&etichetta=marzo"
    html, cost = asked(client, f"{reverse('caseload')}?{query}")
    assert str(case.candidate) in html
    assert cost <= 10
    html, cost = asked(client, f"{reverse('caseload_filters')}?{query}")
    assert "Tieni questa vista" in html
    assert cost <= 10


def test_a_view_is_kept_found_and_dropped() -> None:
    desk = make_desk()
    client, other = signed_in(make_operator(desk)), signed_in(make_operator(desk))
    url = f"{reverse('save_view')}?area=youth"
    assert "Scrivi un nome" in client.post(url, {"name": ""}, follow=True).content.decode()
    assert "Vista salvata" in client.post(url, {"name": "I giovani"}, follow=True).content.decode()
    assert "Hai già una vista" in client.post(url, {"name": "I giovani"}, follow=True).content.decode()
    assert "I giovani" in client.get(reverse("caseload")).content.decode()
    assert "I giovani" not in other.get(reverse("caseload")).content.decode()
    drop = reverse("drop_view", kwargs={"saved_view": SavedView.objects.get().pk})
    assert other.post(drop).status_code == 404
    client.post(drop)
    assert SavedView.objects.count() == 0


def test_the_table_says_its_filters_day_and_author_and_is_a_reading_of_each_file() -> None:
    desk = make_desk(name="Segrate")
    operator = make_operator(desk)
    danger = make_case(desk, operator=operator, candidate=make_candidate(desk, last_name="=1+1"))
    make_case(desk)
    CaseTag.objects.create(case=danger, name="marzo")
    answer = signed_in(operator).get(f"{reverse('caseload_table')}?vista=mine&sportello={desk.pk}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";"))
    assert rows[1] == ["Filtri", "Seguite da me, Segrate"]
    assert rows[3] == ["Preparato da", operator.get_full_name()]
    assert rows[4] == ["Pratiche", "1"]
    assert [row[:2] + row[-1:] for row in rows[7:]] == [["'=1+1", "Amina", "marzo"]]
    assert [(e.subject_id, e.purpose) for e in AccessLogEntry.objects.all()] == [(danger.candidate_id, "list")]


def test_the_workbook_says_the_same_with_texts_as_texts_and_is_a_reading_too() -> None:
    desk = make_desk(name="Segrate")
    operator = make_operator(desk)
    danger = make_case(desk, operator=operator, candidate=make_candidate(desk, last_name="=1+1"))
    make_case(desk)
    answer = signed_in(operator).get(f"{reverse('caseload_workbook')}?vista=mine")
    book = load_workbook(io.BytesIO(answer.getvalue()))
    about, table = (list(sheet.iter_rows()) for sheet in book)
    assert [cell.value for cell in about[1]] == ["Filtri", "Seguite da me"]
    assert [cell.value for cell in about[3]] == ["Preparato da", operator.get_full_name()]
    assert [(row[0].value, row[0].data_type) for row in table[1:]] == [("=1+1", "s")]
    assert table[1][4].is_date
    assert [(e.subject_id, e.purpose) for e in AccessLogEntry.objects.all()] == [(danger.candidate_id, "list")]
