"""What everybody may read of the matching, and whether it treats groups alike."""

import pytest
from django.test import Client
from django.utils.html import escape

from matching.engine.constraints import LEGAL_BASIS
from matching.engine.scoring import ENGINE_VERSION, WEIGHTS
from tests.reports.indicators.test_fairness import FIGURES, frozen
from tests.support.queries import asked

pytestmark = pytest.mark.django_db


def test_the_numbers_in_use_are_told_to_everybody() -> None:
    html = Client().get("/come-proponiamo-il-lavoro/").content.decode()
    assert f"Versione in uso: {ENGINE_VERSION}." in html
    assert [f'<td class="sp-num" data-label="Normale">{weight}</td>' in html for weight in WEIGHTS.values()] == [
        True
    ] * len(WEIGHTS)
    assert [escape(basis) in html for basis in LEGAL_BASIS.values()] == [True] * len(LEGAL_BASIS)


def test_before_a_report_is_published_the_page_says_when_the_numbers_come() -> None:
    html, cost = asked(Client(), "/come-proponiamo-il-lavoro/")
    assert "I numeri del primo semestre arrivano con il primo rapporto pubblicato." in html
    assert cost <= 10


def test_the_numbers_of_the_last_published_semester_are_told_with_what_is_hidden() -> None:
    frozen(FIGURES, state="published")
    html, cost = asked(Client(), "/come-proponiamo-il-lavoro/")
    assert "30,0 (tra 21,9 e 39,6; 30 su 100)" in html
    assert "0,50 (tra 0,35 e 0,70)" in html
    assert html.count("troppo poche persone") == 12
    assert "non ancora pubblicato" not in html.lower()
    assert cost <= 10
