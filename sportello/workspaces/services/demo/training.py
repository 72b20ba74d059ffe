"""The courses of the demonstration: bodies that do not exist, editions of the semesters before and of the weeks that follow."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from sportello.core.text import search_key, sort_key
from sportello.programmes.enums import CourseMode, EnrolBy
from sportello.programmes.models import Course, Edition
from sportello.programmes.states import EditionState
from sportello.reference.models import Occupation, Skill
from sportello.territory.enums import AccreditationKind, AccreditationStatus, OrganisationKind
from sportello.territory.models import Accreditation, Desk, Organisation
from sportello.workspaces.services.demo.draw import Draw, at, table
from sportello.workspaces.services.demo.territory import Territory, TerritoryMissing
from sportello.workspaces.services.demo.vocabulary import Vocabulary
from sportello.workspaces.services.rows import Rows

_BASICS = 8
"""Skills that the course of a trade teaches: the essential ones first."""
_SINCE = 600
"""Days for which the catalogue has been kept: longer than any edition is past."""


class Training:
    """Makes the bodies that teach, and what they teach."""

    def __init__(self, draw: Draw, rows: Rows, territory: Territory) -> None:
        self._draw, self._rows, self._territory = draw, rows, territory
        self._places = {place.name: place for place in territory.members}
        self._bodies = (
            territory.agency,
            self._body(OrganisationKind.TRAINING_BODY, _("Scuola dei mestieri del Lambro (dimostrazione)")),
            self._body(OrganisationKind.THIRD_SECTOR, _("Cooperativa Imparare insieme (dimostrazione)")),
        )
        for number, body in enumerate(self._bodies[:2]):
            self._accredit(body, f"{410 + number}/2019")

    def tell(self, vocabulary: Vocabulary, trades: Iterable[Occupation]) -> None:
        """The catalogue, and a course for each of `trades`. Raises TerritoryMissing where a skill or a town is not loaded."""
        skills = {skill.code: skill for skill in Skill.objects.order_by("code")}
        try:
            for row in table("courses"):
                course = self._course(
                    row["title"],
                    self._bodies[int(row["body"])],
                    [skills[code] for code in row["skills"].split()],
                    hours=int(row["hours"]),
                    mode=CourseMode(row["mode"]),
                    cost_cents=int(row["euro"]) * 100,
                    is_funded=bool(row["funded"]),
                )
                for edition in row["editions"].split("|"):
                    town, days, length, state = edition.split(":")
                    self._edition(course, town, int(days), int(length), EditionState(state))
        except KeyError as error:
            raise TerritoryMissing(str(error)) from error
        for number, trade in enumerate(dict.fromkeys(trades)):
            title = _("Le basi del mestiere: %(job)s") % {"job": trade.label}
            taught = vocabulary.skills[trade.pk][:_BASICS]
            course = self._course(title[:150], self._bodies[1], taught, hours=90, mode=CourseMode.PRESENCE)
            self._edition(course, "Segrate", 14 + 7 * number, 40, EditionState.OPEN)

    def _body(self, kind: OrganisationKind, name: str) -> Organisation:
        return self._rows.add(Organisation(id=self._draw.id(), kind=kind, name=name, sort_key=sort_key(name)))

    def _accredit(self, body: Organisation, number: str) -> None:
        self._rows.add(
            Accreditation(
                id=self._draw.id(),
                organisation=body,
                kind=AccreditationKind.TRAINING,
                register_no=number,
                status=AccreditationStatus.DEFINITIVE,
                valid_from=date(2019, 3, 1),
            )
        )

    def _course(self, title: str, body: Organisation, skills: list[Skill], **fields: object) -> Course:
        course = Course(
            id=self._draw.id(),
            provider=body,
            desk=self._desk,
            title=title,
            search_key=search_key(title),
            summary=_("Si impara facendo, in gruppi piccoli. È un corso della dimostrazione: non esiste davvero."),
            created_at=at(self._draw.today - timedelta(days=_SINCE), 600),
            **fields,
        )
        self._rows.add(course)
        for skill in skills:
            self._rows.add(Course.skills.through(course=course, skill=skill))
        return course

    def _edition(self, course: Course, town: str, days: int, length: int, state: EditionState) -> None:
        starts_on = self._draw.today + timedelta(days=days)
        cancelled = state == EditionState.CANCELLED
        self._rows.add(
            Edition(
                id=self._draw.id(),
                course=course,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=length),
                schedule=self._draw.one(
                    (_("lunedì e mercoledì, dalle 18 alle 21"), _("dal lunedì al venerdì, dalle 9 alle 13"))
                ),
                municipality=self._places[town] if town else None,
                address=_("Via della Scuola 2") if town else "",
                seats=self._draw.number(8, 20),
                enrol_until=starts_on - timedelta(days=2),
                state=state,
                cancel_reason=_("Gli iscritti erano troppo pochi.") if cancelled else "",
                enrol_by=EnrolBy.DESK if course.provider == self._territory.agency else EnrolBy.PHONE,
                phone="" if course.provider == self._territory.agency else "+390255500199",
            )
        )

    @property
    def _desk(self) -> Desk:
        return self._territory.desk("segrate")
