"""The jobs that suit a person beside the courses that teach what they lack for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matching.queries.openings import Advice, Fit, Lacking, Opening, Openings, explained
from sportello.programmes.queries.training import Offer, taught
from sportello.territory.rules import Point


@dataclass(frozen=True)
class Lesson:
    """A skill that the person lacks and the editions that teach it within their reach, none where nobody does."""

    skill: Lacking
    offers: tuple[Offer, ...]


@dataclass(frozen=True)
class OpeningRow:
    """A vacancy, with a lesson for each skill that it demands; of those that are only useful, where somebody teaches it."""

    opening: Opening
    lessons: tuple[Lesson, ...]

    @property
    def is_taught(self) -> bool:
        """Whether anything of what lacks is taught."""
        return any(lesson.offers for lesson in self.lessons)


@dataclass(frozen=True)
class AdvisedLesson:
    """A skill that would open more doors, and who teaches it."""

    advice: Advice
    lesson: Lesson


@dataclass(frozen=True)
class ToldOpenings:
    """One page of a person's vacancies; `km` is how far they go."""

    rows: tuple[OpeningRow, ...]
    advised: tuple[AdvisedLesson, ...]
    km: int


def told_openings(openings: Openings, shown: Sequence[Fit]) -> ToldOpenings:
    """The vacancies shown, explained, with what would raise each; three queries."""
    rows, advised = explained(openings, shown)
    lacking = {lack.id for row in rows for lack in (*row.missing, *row.useful)} | {found.skill.id for found in advised}
    person = openings.person
    near = Point(*person.point) if person.point else None
    offers = taught(lacking, near=near, within_km=person.max_travel_km)

    def lessons(skills: Iterable[Lacking]) -> tuple[Lesson, ...]:
        return tuple(Lesson(skill, offers.get(skill.id, ())) for skill in skills)

    return ToldOpenings(
        rows=tuple(
            OpeningRow(row, (*lessons(row.missing), *(lesson for lesson in lessons(row.useful) if lesson.offers)))
            for row in rows
        ),
        advised=tuple(
            AdvisedLesson(found, lesson)
            for found, lesson in zip(advised, lessons(found.skill for found in advised), strict=True)
        ),
        km=person.max_travel_km,
    )
