"""A share that falls step by step."""

import re

import pytest

from reports.charts.steps import Mark, step_chart

MARKS = [Mark(3, 80.0, "3 mesi", "80,0 %"), Mark(6, 50.0, "6 mesi", "50,0 %"), Mark(12, 20.0, "12 mesi", "20,0 %")]


def line_of(marks: list[Mark]) -> str:
    (line,) = re.findall(r'<path d="([^"]+)" fill="none"', step_chart(name="n", title="Titolo", marks=marks))
    return str(line)


def test_the_line_falls_at_each_mark_and_only_there() -> None:
    line = line_of(MARKS)
    assert re.findall(r"[MHV]", line) == ["M", *"HV" * 3]
    across = [float(number) for number in re.findall(r"H([\d.]+)", line)]
    down = [float(number) for number in re.findall(r"V([\d.]+)", line)]
    assert across == [114.5, 185.0, 326.0]  # a quarter, a half and the whole of the width
    assert down == [43.6, 91.0, 138.4]


def test_the_drawing_is_named_and_told_by_its_data() -> None:
    drawing = step_chart(name="search", title="Chi cerca & chi trova", marks=MARKS)
    assert '<title id="search-title">Chi cerca &amp; chi trova</title>' in drawing
    assert '<desc id="search-desc">3 mesi: 80,0 %; 6 mesi: 50,0 %; 12 mesi: 20,0 %.</desc>' in drawing
    assert drawing.count("<circle") == 3


def test_the_line_ends_before_what_is_hidden() -> None:
    hidden = [MARKS[0], Mark(6, None, "6 mesi", "non pubblicato"), MARKS[2]]
    assert line_of(hidden).count("H") == 1
    assert "6 mesi: non pubblicato" in step_chart(name="n", title="Titolo", marks=hidden)


def test_a_line_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="without marks"):
        step_chart(name="n", title="Titolo", marks=[])
