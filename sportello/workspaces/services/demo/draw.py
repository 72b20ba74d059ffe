"""The seeded generator: the same seed and day give the same rows, identifiers too."""

import csv
import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar
from uuid import UUID

from django.utils import timezone

DATA = Path(__file__).resolve().parent / "data"

T = TypeVar("T")


def table(name: str) -> Iterator[dict[str, str]]:
    """Rows of one of the lists in `data`."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def lines(name: str) -> tuple[str, ...]:
    """Lines of one of the lists in `data`."""
    return tuple((DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines())


class Draw:
    """Everything that chance decides in the demonstration; `today` is the day the story has reached."""

    def __init__(self, *, seed: int, today: date) -> None:
        # Believable variety, not secrecy.
        self.random = random.Random(seed)  # noqa: S311
        self.today = today

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128), version=4)

    def one(self, choices: Sequence[T]) -> T:
        return choices[int(self.random.random() * len(choices))]

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """Up to `most` different ones, at least one when there is any."""
        number = min(len(choices), self.random.randint(1, most))
        return self.random.sample(choices, number)

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def number(self, low: int, high: int) -> int:
        """A whole number, both ends included; `low` when the range is empty."""
        return low if high <= low else low + int(self.random.random() * (high - low + 1))

    def day(self, first: date, last: date) -> date:
        """A day, both ends included; `first` when the range is empty."""
        return first + timedelta(days=self.number(0, (last - first).days))

    def moment(self, day: date) -> datetime:
        """A quarter of an hour of the working day."""
        return at(day, 9 * 60 + 15 * self.number(0, 28))


def at(day: date, minute: int) -> datetime:
    """The aware moment of a local day, `minute` minutes after midnight."""
    return datetime.combine(day, time(minute // 60, minute % 60), timezone.get_default_timezone())


class Deck(Generic[T]):
    """Values drawn in proportion, without putting back until all are out: within one deck every value turns up."""

    def __init__(self, draw: Draw, cards: Mapping[T, int]) -> None:
        self._draw = draw
        self._cards = [card for card, count in cards.items() for _ in range(count)]
        self._left: list[T] = []

    def next(self) -> T:
        if not self._left:
            self._left = self._cards.copy()
            self._draw.random.shuffle(self._left)
        return self._left.pop()


class Weighted(Generic[T]):
    """Values drawn in proportion, each draw by itself."""

    def __init__(self, draw: Draw, weights: Mapping[T, int]) -> None:
        self._draw = draw
        self._values = list(weights)
        self._cumulative: list[int] = []
        total = 0
        for weight in weights.values():
            total += weight
            self._cumulative.append(total)

    def next(self) -> T:
        return self._draw.random.choices(self._values, cum_weights=self._cumulative)[0]
