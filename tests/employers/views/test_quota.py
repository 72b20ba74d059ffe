"""The reckoning of targeted placement: read, and kept only when asked."""

import pytest

from employers.models import QuotaReckoning
from tests.support.employers import make_company, make_company_user
from tests.support.equality import make_rules
from tests.support.personas import signed_in
from tests.support.queries import asked

pytestmark = pytest.mark.django_db

URL = "/impresa/collocamento-mirato/"
STAFF = {
    "heads": "60",
    "excluded": "2",
    "part_time_hours": "80",
    "full_time_hours": "40",
    "hired_disabled": "1",
    "hired_families": "0",
}


def test_nothing_is_kept_unless_the_company_saves_it() -> None:
    make_rules()
    client = signed_in(make_company_user(make_company()))
    html = client.post(URL, STAFF).content.decode()
    assert "ne mancano 3" in html
    assert "ne manca 1" in html
    assert "31 gennaio" in html
    assert not QuotaReckoning.objects.exists()
    assert client.post(URL, {**STAFF, "save": "1"}).status_code == 302
    assert QuotaReckoning.objects.get().verdict["disabled"] == 4
    html, cost = asked(client, URL)
    assert "Il conto salvato" in html
    assert cost <= 10
    client.post(f"{URL}cancella/")
    assert not QuotaReckoning.objects.exists()


def test_a_small_company_owes_nothing_and_a_slip_is_told() -> None:
    make_rules()
    client = signed_in(make_company_user(make_company()))
    html = client.post(URL, {**STAFF, "heads": "10", "part_time_hours": "0"}).content.decode()
    assert "Sotto le 15 persone" in html
    assert "prospetto" not in html.split("Chi lavora da voi")[0]
    assert client.post(URL, {**STAFF, "heads": "dieci"}).status_code == 422
