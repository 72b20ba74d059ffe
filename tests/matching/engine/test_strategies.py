"""The named ways of weighing."""

from hypothesis import given
from hypothesis import strategies as st

from matching.engine.scoring import WEIGHTS, Part, weigh_people
from matching.engine.strategies import INSTALLED, WHOLE, Strategy, is_balanced
from tests.support.engine import TODAY, VOCABULARY, people, vacancies


def test_every_strategy_weighs_the_whole_and_the_usual_one_is_the_engines() -> None:
    assert {strategy: is_balanced(weights) for strategy, weights in INSTALLED.items()} == dict.fromkeys(Strategy, True)
    assert INSTALLED[Strategy.STANDARD] == WEIGHTS


def test_what_is_not_balanced() -> None:
    part, other = list(Part)[:2]
    assert not is_balanced({})
    assert not is_balanced({part: WHOLE})
    assert not is_balanced(dict.fromkeys(Part, 0))
    assert not is_balanced({**dict.fromkeys(Part, 0), part: WHOLE + 1, other: -1})
    assert is_balanced({**dict.fromkeys(Part, 0), part: WHOLE})


@given(vacancy=vacancies(), crowd=st.lists(people, max_size=6, unique_by=lambda person: person.id))
def test_no_strategy_lets_in_whom_a_rule_keeps_out(vacancy: object, crowd: list[object]) -> None:
    kept_out = [
        {
            scored.person.id: scored.excluded_by
            for scored in weigh_people(VOCABULARY, vacancy, crowd, today=TODAY, weights=weights)  # type: ignore[arg-type]
        }
        for weights in INSTALLED.values()
    ]
    assert kept_out == [kept_out[0]] * len(Strategy)
