"""The distance between what people look for and what companies offer."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from reports.indicators.work import with_mismatch
from reports.protect import Cell


def cells(people: dict[str, int | None], posts: dict[str, int]) -> dict[Cell, int | None]:
    found: dict[Cell, int | None] = {Cell("wanted", "occupation", group): n for group, n in people.items()}
    return found | {Cell("open_posts", "occupation", group): n for group, n in posts.items()}


def mismatch(people: dict[str, int | None], posts: dict[str, int]) -> int | None:
    return with_mismatch(cells(people, posts)).get(Cell("mismatch"))


def test_the_index_computed_by_hand() -> None:
    # Shares of people 3/4 and 1/4, of posts 1/4 and 3/4: half of the people would have to change.
    assert mismatch({"51": 300, "91": 100}, {"51": 10, "91": 30}) == 500
    assert mismatch({"51": 300, "91": 100}, {"51": 30, "91": 10}) == 0
    assert mismatch({"51": 300, "91": 0}, {"51": 0, "91": 10}) == 1000


def test_a_hidden_group_counts_neither_among_the_people_nor_among_the_posts() -> None:
    assert mismatch({"51": 300, "91": 100, "23": None}, {"51": 30, "91": 10, "23": 500}) == 0


def test_without_people_or_posts_there_is_no_index() -> None:
    assert mismatch({"51": 300}, {}) is None
    assert mismatch({"51": None}, {"51": 3}) is None
    assert mismatch({}, {}) is None


numbers = st.dictionaries(st.sampled_from("abcd"), st.integers(0, 50), max_size=4)


@given(numbers, numbers)
def test_the_index_is_half_the_sum_of_the_differences_of_the_shares(
    people: dict[str, int], posts: dict[str, int]
) -> None:
    offered = {group: posts.get(group, 0) for group in people}
    found = mismatch(dict(people), posts)
    if not sum(people.values()) or not sum(offered.values()):
        assert found is None
        return
    far = sum(
        abs(Fraction(offered[group], sum(offered.values())) - Fraction(number, sum(people.values())))
        for group, number in people.items()
    )
    assert found is not None
    assert float(abs(found - 500 * far)) <= 0.5 + 1e-6
    assert found in range(1001)
