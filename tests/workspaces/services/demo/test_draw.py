from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sportello.workspaces.services.demo.draw import Deck, Draw, Weighted

TODAY = date(2026, 11, 20)


@given(st.integers())
def test_the_same_seed_draws_the_same(seed: int) -> None:
    one, other = Draw(seed=seed, today=TODAY), Draw(seed=seed, today=TODAY)
    assert [one.id() for _ in range(5)] == [other.id() for _ in range(5)]


@given(st.dictionaries(st.text(), st.integers(1, 5), min_size=1), st.integers())
def test_a_deck_deals_every_card_in_proportion(cards: dict[str, int], seed: int) -> None:
    deck = Deck(Draw(seed=seed, today=TODAY), cards)
    dealt = Counter(deck.next() for _ in range(2 * sum(cards.values())))
    assert dealt == {card: 2 * count for card, count in cards.items()}


@given(st.integers(-50, 50), st.integers(-50, 50), st.integers())
def test_a_number_stays_within_its_ends(low: int, high: int, seed: int) -> None:
    number = Draw(seed=seed, today=TODAY).number(low, high)
    assert number == low if high <= low else low <= number <= high


def test_what_weighs_nothing_is_never_drawn() -> None:
    weighted = Weighted(Draw(seed=1, today=TODAY), {"a": 1, "b": 0})
    assert {weighted.next() for _ in range(200)} == {"a"}
