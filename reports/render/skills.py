"""Which skills are short and which nobody asks for, from the shares that are told."""

from dataclasses import dataclass
from typing import Final

from reports.queries.issues import FrozenFigure, Reading
from reports.rules import LEAST_ASKED, Dimension, Unit, rounded, shown, value_of
from sportello.core.text import grouped

MOST: Final = 10
"""Skills in each of the two tables."""


@dataclass(frozen=True)
class Gap:
    """A skill with what jobs ask and what people have: numbers and parts of a hundred."""

    name: str
    posts: int
    asked: float
    people: int
    held: float

    @property
    def points(self) -> float:
        """By how much the share of the posts is larger; negative where that of the people is."""
        return self.asked - self.held

    @property
    def texts(self) -> tuple[str, str, str, str]:
        """As a row of a table: name, posts, people, difference."""
        posts, people = (
            f"{shown(Unit.PERCENT, share)} ({grouped(number)})"
            for share, number in ((self.asked, self.posts), (self.held, self.people))
        )
        return self.name, posts, people, str(rounded(self.points)).replace(".", ",")


def gaps_in(reading: Reading) -> tuple[list[Gap], list[Gap]]:
    """The skills that posts ask for most beyond the people who have them, and those that most people have and no post asks for."""
    posts, people = (
        {cell.member: figure for cell, figure in reading.figures.items() if cell[:2] == (key, Dimension.SKILL)}
        for key in ("skill_asked", "skill_held")
    )
    found = []
    for code, held in people.items():
        # One that no post of the whole territory asks for has no figure, while all the posts are the same for every skill.
        asked = posts.get(code) or FrozenFigure(0, next((f.denominator for f in posts.values()), None))
        shares = [_percent(figure) for figure in (asked, held)]
        if shares[0] is not None and shares[1] is not None:
            name = reading.names.get(code, code)
            found.append(Gap(name, asked.numerator or 0, shares[0], held.numerator or 0, shares[1]))
    found.sort(key=lambda gap: gap.name)
    # In a pact as in the whole: what one post asks for is the wish of one company.
    short = sorted((gap for gap in found if gap.points > 0 and gap.posts >= LEAST_ASKED), key=lambda gap: -gap.points)
    idle = sorted((gap for gap in found if not gap.posts and gap.people), key=lambda gap: gap.points)
    return short[:MOST], idle[:MOST]


def _percent(figure: FrozenFigure) -> float | None:
    return None if figure.numerator is None else value_of(Unit.PERCENT, figure.numerator, figure.denominator)
