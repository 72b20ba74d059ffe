"""Nobody who knows the rules and all printed numbers can tell a hidden count."""

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.protect import Cell, Sum, breakdowns, hidden_cells

THRESHOLD = 5
TOTAL = Cell("users")


def counts_of(*parts: int, dimension: str = "age") -> dict[Cell, int]:
    return {TOTAL: sum(parts), **{Cell("users", dimension, str(i)): n for i, n in enumerate(parts)}}


def hidden(counts: dict[Cell, int]) -> frozenset[Cell]:
    return hidden_cells(counts, threshold=THRESHOLD, sums=breakdowns(counts))


def part(i: int, dimension: str = "age") -> Cell:
    return Cell("users", dimension, str(i))


def test_a_small_sex_hides_the_other() -> None:
    assert hidden(counts_of(3, 40)) == {part(0), part(1)}


def test_zero_is_shown() -> None:
    assert hidden(counts_of(0, 40)) == frozenset()


def test_large_parts_are_shown() -> None:
    assert hidden(counts_of(5, 40)) == frozenset()


def test_a_small_total_hides_its_breakdown_zeros_included() -> None:
    assert hidden(counts_of(0, 4)) == {TOTAL, part(0), part(1)}


def test_a_small_part_takes_its_neighbour_whatever_its_size() -> None:
    assert hidden(counts_of(40, 2, 30, 5)) == {part(0), part(1)}
    assert hidden(counts_of(30, 40, 0, 3, 20)) == {part(2), part(3), part(4)}


def test_of_three_parts_the_last_is_hidden_only_when_it_must() -> None:
    assert hidden(counts_of(4, 3, 26)) == {part(0), part(1)}
    assert hidden(counts_of(40, 30, 2)) == {part(0), part(1), part(2)}


def test_members_of_known_size_stand_beside_their_like() -> None:
    counts = counts_of(40, 2, 30, 5)
    sums = breakdowns(counts, {"0": 9000, "1": 300, "2": 7000, "3": 400})
    assert hidden_cells(counts, threshold=THRESHOLD, sums=sums) == {part(1), part(3)}


def test_two_ones_that_a_sum_would_give_away_take_another_block_with_them() -> None:
    assert hidden(counts_of(1, 1, 30, 50, 60, 70)) == {part(0), part(1), part(2), part(3)}


def test_many_small_parts_cover_each_other() -> None:
    assert hidden(counts_of(1, 30, 2, 40, 0, 4, 50, 3)) == {part(0), part(2), part(5), part(7)}


def test_what_another_edition_hides_is_hidden_with_its_breakdown() -> None:
    counts = counts_of(30, 40)
    cells = hidden_cells(counts, threshold=THRESHOLD, sums=breakdowns(counts), hidden_elsewhere=[TOTAL])
    assert cells == counts.keys()


def test_a_threshold_that_hides_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="hides nothing"):
        hidden_cells(counts_of(1, 2), threshold=2, sums=[])


def test_ones_alone_hide_the_total_and_all_its_parts() -> None:
    counts = counts_of(1, 1, 1, 1, 1, 0)
    assert hidden(counts) == counts.keys()


def test_public_measures_are_never_hidden() -> None:
    counts = counts_of(1, 1)
    assert hidden_cells(counts, threshold=THRESHOLD, sums=breakdowns(counts), public={"users"}) == frozenset()


def test_the_missed_appointments_that_are_not_printed_hide_the_kept_ones() -> None:
    counts = {Cell("due"): 32, Cell("kept"): 30, Cell("missed"): 2}
    sums = [Sum(Cell("due"), (Cell("kept"), Cell("missed")))]
    assert hidden_cells(counts, threshold=THRESHOLD, sums=sums) == {Cell("kept"), Cell("missed")}


def possible_values(counts: dict[Cell, int], covered: frozenset[Cell], lowest: int) -> dict[Cell, set[int]]:
    """By trying every assignment: what each hidden cell may be for a reader who knows the rest, and that none is under `lowest`."""
    found: dict[Cell, set[int]] = {cell: set() for cell in covered}
    sums = breakdowns(counts)
    # A shown total parts the breakdowns from each other; a hidden one ties them together.
    for together in [sums] if TOTAL in covered else [[s] for s in sums]:
        cells = sorted(covered & {part for s in together for part in s.parts})
        # One more than the true total: who knows no total has no upper limit, and that much is enough to doubt.
        for values in product(range(lowest, counts[TOTAL] + 2), repeat=len(cells)):
            tried = counts | dict(zip(cells, values, strict=True))
            totals = {sum(tried[part] for part in s.parts) for s in together}
            if len(totals) == 1 and (TOTAL in covered or totals == {counts[TOTAL]}):
                for cell in cells:
                    found[cell].add(tried[cell])
                if TOTAL in covered:
                    found[TOTAL] |= totals
    return found


@st.composite
def registers(draw: st.DrawFn) -> dict[Cell, int]:
    """A total with its sexes and three bands: small enough to try every assignment."""
    bands = draw(st.lists(st.integers(0, 7), min_size=3, max_size=3))
    women = draw(st.integers(0, sum(bands)))
    return counts_of(*bands) | counts_of(women, sum(bands) - women, dimension="sex")


@settings(max_examples=60, deadline=None)
@given(registers())
def test_no_reader_can_tell_a_hidden_count(counts: dict[Cell, int]) -> None:
    covered = hidden(counts)
    shown_small = {c for c, n in counts.items() if 0 < n < THRESHOLD} - covered
    assert shown_small == set()
    # The careful reader reckons with hidden zeros; the bold one believes that every zero is printed.
    for lowest in (0, 1):
        for cell, values in possible_values(counts, covered, lowest).items():
            assert len(values) != 1, (cell, counts, covered)


def sharings(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to share a total among so many parts."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *rest) for rest in sharings(total - first, parts - 1))


@pytest.mark.parametrize(
    ("threshold", "parts", "most"), [(5, 2, 30), (5, 3, 25), (5, 4, 20), (3, 5, 14), (5, 6, 12), (3, 8, 8), (7, 5, 14)]
)
def test_who_knows_the_rule_itself_cannot_undo_it(threshold: int, parts: int, most: int) -> None:
    """Every register of so many parts with a total up to `most`: those that are printed alike never agree on a hidden count."""
    printed_alike: dict[tuple[int | None, ...], list[set[int]]] = {}
    for counted in (sharing for total in range(most + 1) for sharing in sharings(total, parts)):
        counts = counts_of(*counted)
        covered = hidden_cells(counts, threshold=threshold, sums=breakdowns(counts))
        printed = tuple(None if cell in covered else count for cell, count in counts.items())
        values = printed_alike.setdefault(printed, [set() for _ in counts])
        for possible, count in zip(values, counts.values(), strict=True):
            possible.add(count)
    told = [
        printed
        for printed, values in printed_alike.items()
        if any(shown is None and len(possible) == 1 for shown, possible in zip(printed, values, strict=True))
    ]
    assert (told, any(None in printed for printed in printed_alike)) == ([], True)
