"""What everybody may read of the matching."""

import pytest
from django.test import Client
from django.utils.html import escape

from matching.engine.constraints import LEGAL_BASIS
from matching.engine.scoring import ENGINE_VERSION, WEIGHTS

pytestmark = pytest.mark.django_db


def test_the_numbers_in_use_are_told_to_everybody() -> None:
    html = Client().get("/come-proponiamo-il-lavoro/").content.decode()
    assert f"Versione in uso: {ENGINE_VERSION}." in html
    assert [f'<td class="sp-num" data-label="Normale">{weight}</td>' in html for weight in WEIGHTS.values()] == [
        True
    ] * len(WEIGHTS)
    assert [escape(basis) in html for basis in LEGAL_BASIS.values()] == [True] * len(LEGAL_BASIS)
