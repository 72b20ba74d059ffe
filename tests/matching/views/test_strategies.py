"""Who reads and who changes the weights."""

import pytest

from matching.engine.strategies import INSTALLED, Strategy
from matching.models import StrategyEdition
from matching.queries.strategies import chosen
from matching.services.strategy import edit_strategy
from sportello.accounts.enums import Role
from tests.support.personas import make_member, make_operator, scope, signed_in
from tests.support.queries import asked
from tests.support.territory import make_desk

pytestmark = pytest.mark.django_db

TYPED = {part.value: weight for part, weight in INSTALLED[Strategy.EXPERIENCE].items()} | {"motive": "Più anni"}


@pytest.mark.parametrize("count", [1, 3])
def test_operators_read_them_with_every_change(count: int) -> None:
    operator = make_operator(make_desk())
    for after in range(count):
        edit_strategy(
            strategy=Strategy.FARTHER,
            weights=INSTALLED[Strategy.FARTHER],
            motive=f"Motivo {after}",
            after=after,
            by=scope(operator),
        )
    html, cost = asked(signed_in(operator), "/operatore/strategie/")
    assert [f"Motivo {after}" in html for after in range(count)] == [True] * count
    assert "Cambia i pesi" not in html
    assert cost <= 10
    assert signed_in(operator).get("/operatore/strategie/farther/").status_code == 404


def test_a_coordinator_changes_them_and_nothing_typed_is_lost() -> None:
    coordinator = make_member(Role.COORDINATOR, make_desk().managed_by)
    client = signed_in(coordinator)
    url = "/operatore/strategie/experience/"
    assert "Cambia i pesi" in asked(client, "/operatore/strategie/")[0]
    wrong = client.post(url, TYPED | {"experience": 18})
    assert (wrong.status_code, 'value="18"' in wrong.content.decode()) == (422, True)
    assert client.post(url, TYPED).status_code == 302
    assert StrategyEdition.objects.get().edited_by == coordinator
    assert chosen(Strategy.EXPERIENCE).edition == 1
    assert client.get("/operatore/strategie/inventata/").status_code == 404
