"""What counts as a drawing, a code, an answer."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from candidates.forms.signing import (
    HEIGHT,
    LEAST_POINTS,
    WIDTH,
    CodeForm,
    DrawingForm,
    PaperForm,
    ReviewForm,
    SignMyPactForm,
    check_drawing,
)

POINTS = st.tuples(st.integers(0, WIDTH), st.integers(0, HEIGHT))


@given(st.lists(POINTS, min_size=LEAST_POINTS, max_size=200, unique=True))
def test_a_line_on_the_sheet_is_a_drawing(points: list[tuple[int, int]]) -> None:
    path = "M" + "L".join(f"{x} {y}" for x, y in points)
    assert DrawingForm({"drawing": path}).is_valid()


@pytest.mark.parametrize(
    "path",
    [
        "M1 1L2 2",
        "M1 1" + "L1 1" * 50,
        "M1 1" + "".join(f"L{n} {HEIGHT + 1}" for n in range(20)),
        "M1 1" + "".join(f"L{n} 5" for n in range(20)) + '"/><script>',
        "M1 1" + "".join(f"L-{n} 5" for n in range(20)),
        "C1 1 2 2 3 3",
    ],
)
def test_what_is_no_line_is_refused(path: str) -> None:
    with pytest.raises(ValidationError):
        check_drawing(path)
    assert not DrawingForm({"drawing": path}).is_valid()


@pytest.mark.parametrize(("code", "is_good"), [("012345", True), ("12345", False), ("12345a", False), ("", False)])
def test_a_code_has_six_digits(code: str, is_good: bool) -> None:
    assert CodeForm({"code": code}).is_valid() is is_good


@pytest.mark.parametrize(
    ("answer", "errors"),
    [
        ({"approves": "si"}, []),
        ({"approves": "no", "motive": "Manca un'azione"}, []),
        ({"approves": "no"}, ["motive"]),
        ({"motive": "Forse"}, ["approves"]),
    ],
)
def test_who_sends_back_says_why(answer: dict[str, str], errors: list[str]) -> None:
    assert [*ReviewForm(answer).errors] == errors


def test_paper_and_account_need_the_word_of_who_signs() -> None:
    assert [*PaperForm({}).errors] == ["read_together"]
    assert [*SignMyPactForm({}).errors] == ["agrees"]
