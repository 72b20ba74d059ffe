"""Skills that are short and skills that nobody asks for, from the figures that are told."""

from datetime import date

from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.skills import MOST, gaps_in

Numbers = dict[str, tuple[int | None, int | None]]


def reading(asked: Numbers, held: Numbers) -> Reading:
    figures = {
        Cell(key, "skill", code): FrozenFigure(*numbers)
        for key, row in (("skill_asked", asked), ("skill_held", held))
        for code, numbers in row.items()
    }
    issue = ReportIssue(year=2026, half=1, data_cut=date(2026, 6, 30))
    names = {"drive": "Guidare", "weld": "Saldare"}
    return Reading(issue=issue, figures=figures, municipalities=[], before_issue=None, before={}, names=names)


def test_the_index_computed_by_hand() -> None:
    short, idle = gaps_in(
        reading(
            {"drive": (30, 100), "weld": (50, 100), "sing": (0, 100), "count": (10, 100), "swim": (4, 100)},
            {
                "drive": (20, 200),
                "weld": (20, 200),
                "sing": (40, 200),
                "count": (100, 200),
                "swim": (6, 200),
                "read": (1200, 2000),
            },
        )
    )
    assert [gap.texts for gap in short] == [
        ("Saldare", "50,0 % (50)", "10,0 % (20)", "40,0"),
        ("Guidare", "30,0 % (30)", "10,0 % (20)", "20,0"),
    ]
    assert [gap.texts for gap in idle] == [
        ("read", "0,0 % (0)", "60,0 % (1.200)", "-60,0"),
        ("sing", "0,0 % (0)", "20,0 % (40)", "-20,0"),
    ]


def test_what_is_hidden_is_in_no_table() -> None:
    hidden = (None, None)
    assert gaps_in(reading({"drive": (30, 100), "weld": hidden}, {"drive": hidden, "weld": (20, 200)})) == ([], [])
    assert gaps_in(reading({}, {"drive": (20, 200)})) == ([], [])


def test_only_the_ends_are_listed() -> None:
    codes = [f"{n:02}" for n in range(30)]
    short, _idle = gaps_in(reading({c: (int(c) + 20, 100) for c in codes}, dict.fromkeys(codes, (10, 100))))
    assert [gap.name for gap in short] == [f"{n:02}" for n in range(29, 29 - MOST, -1)]
    _short, idle = gaps_in(reading(dict.fromkeys(codes, (0, 100)), {c: (int(c) + 10, 100) for c in codes}))
    assert [gap.name for gap in idle] == [f"{n:02}" for n in range(29, 29 - MOST, -1)]
