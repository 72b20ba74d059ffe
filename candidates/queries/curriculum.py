"""A profile as a curriculum to send, and what of a curriculum that arrives the vocabularies know."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from candidates.engine.europass import CATEGORIES, ISO3, Curriculum, Job, Reading, Spoken, Study
from candidates.models import Candidate
from candidates.queries.profile import ExperienceLine, WholeProfile
from sportello.reference.models import DrivingLicence, EducationLevel, Language, Occupation
from sportello.reference.queries import occupation_linker, skill_linker

_ESCO = "http://data.europa.eu/esco/"
EARLIEST_YEAR = 1930
MAX_PIECES = 150
"""Lines of one curriculum on the page that asks which to take: nobody's life has more, and nobody would read them.

What a file holds beyond them is neither looked up nor shown.
"""


def curriculum_of(profile: WholeProfile, *, with_contacts: bool) -> Curriculum:
    """The profile as it is sent. Without contacts it says neither who nor where: no free text, no employer, no school."""
    held = [line for line in profile.licences if not line.has_expired]
    nameless = Curriculum(
        jobs=tuple(sorted((_job(line, whole=with_contacts) for line in profile.experiences), key=_is_unpaid)),
        studies=tuple(
            Study(
                title=line.title,
                provider=line.provider if with_contacts else "",
                year=line.year,
                eqf=line.eqf or None,
                field=_lines(line.field),
            )
            for line in profile.education
        ),
        languages=tuple(
            Spoken(line.code, "", line.level, line.is_native)
            if line.code in ISO3
            else Spoken("", line.language, line.level, line.is_native)
            for line in profile.languages
        ),
        licences=tuple(line.code for line in held if line.code in CATEGORIES),
        skills=tuple(line.skill for line in profile.skills),
        cards=tuple(line.licence for line in held if line.code not in CATEGORIES),
    )
    if not with_contacts:
        return nameless
    person = profile.row.candidate
    prefix = str(person.phone.country_code) if person.phone else ""
    return replace(
        nameless,
        given_name=person.first_name,
        family_name=person.last_name,
        email=person.email,
        phone=(prefix, person.phone.as_e164.removeprefix(f"+{prefix}")) if person.phone else ("", ""),
        address=person.address,
        city=str(person.domicile or person.residence),
        about=_lines(profile.row.about),
    )


def _job(line: ExperienceLine, *, whole: bool) -> Job:
    return Job(
        title=line.title if whole else line.occupation or line.title,
        begins=line.starts_on,
        ends=line.ends_on,
        employer=line.employer if whole else "",
        description=_lines(line.description) if whole else "",
        is_paid=line.is_paid,
        uri=line.uri if line.uri.startswith(_ESCO) else "",
    )


def _is_unpaid(job: Job) -> bool:
    return not job.is_paid


def _lines(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True)
class Piece:
    """Something found that can be taken: `fields` are what the service of its `kind` writes."""

    key: str
    kind: str
    text: str
    is_on_file: bool
    fields: dict[str, Any]


@dataclass(frozen=True)
class Recognised:
    """What can be taken, and what cannot: (name of the element, its text)."""

    pieces: tuple[Piece, ...]
    untaken: tuple[tuple[str, str], ...]


def recognised(reading: Reading, candidate: Candidate) -> Recognised:
    """The pieces of a curriculum in the words of our vocabularies, beside what the person has on file; a few queries for each list."""
    cv = _cut(reading.curriculum)
    untaken = list(reading.untaken[:MAX_PIECES])
    found: list[Piece] = []
    for pieces in (
        _about(cv.about, candidate),
        _jobs(cv.jobs, candidate),
        _studies(cv.studies, candidate),
        _languages(cv.languages, candidate),
        _licences(cv, candidate),
        _skills(cv.skills, candidate),
    ):
        for piece in pieces:
            if isinstance(piece, Piece) and len(found) < MAX_PIECES:
                found.append(piece)
            else:
                untaken.append((piece.kind, piece.text) if isinstance(piece, Piece) else piece)
    return Recognised(tuple(found), tuple(untaken))


def _cut(cv: Curriculum) -> Curriculum:
    """No list longer than what is looked up for one page: a file can hold any number."""
    lists = ("jobs", "studies", "languages", "licences", "skills", "cards")
    return replace(cv, **{name: getattr(cv, name)[:MAX_PIECES] for name in lists})


Pieces = Iterator[Piece | tuple[str, str]]


def _about(about: str, candidate: Candidate) -> Pieces:
    if about:
        on_file = candidate.profile.about
        yield Piece("about", "about", about[:1000], bool(on_file), {"about": about[:1000]})


def _jobs(jobs: tuple[Job, ...], candidate: Candidate) -> Pieces:
    known = {(title.casefold(), day) for title, day in candidate.experiences.values_list("title", "starts_on")}
    uris = {job.uri for job in jobs if job.uri}
    by_uri = {row.uri: row for row in Occupation.objects.filter(uri__in=uris)}
    linker = occupation_linker() if any(job.uri not in by_uri for job in jobs) else None
    for number, job in enumerate(jobs):
        title = job.title[:150]
        if not title or not _is_past(job):
            yield "EmploymentHistory", title
            continue
        links = linker.propose(title, limit=1) if linker and job.uri not in by_uri else []
        fields = {
            "title": title,
            "employer": job.employer[:150],
            "starts_on": job.begins,
            "ends_on": job.ends,
            "is_paid": job.is_paid,
            "description": job.description[:2000],
            "occupation": by_uri.get(job.uri) or (links[0].concept if links else None),
        }
        yield Piece(f"job-{number}", "job", _told_job(job), (title.casefold(), job.begins) in known, fields)


def _is_past(job: Job) -> bool:
    today = timezone.localdate()
    ends = job.ends or today
    return date(EARLIEST_YEAR, 1, 1) <= job.begins <= ends <= today


def _told_job(job: Job) -> str:
    begins, ends = date_format(job.begins, "F Y"), date_format(job.ends, "F Y") if job.ends else _("oggi")
    where = f", {job.employer}" if job.employer else ""
    return f"{job.title}{where} ({begins} - {ends})"


def _studies(studies: tuple[Study, ...], candidate: Candidate) -> Pieces:
    known = {(title.casefold(), year) for title, year in candidate.education.values_list("title", "year")}
    # A European level that several Italian titles share is no title: the person chooses it.
    alone = (
        EducationLevel.objects.values("eqf").annotate(titles=Count("pk")).filter(titles=1, eqf__gte=1).order_by("eqf")
    )
    levels = {level.eqf: level for level in EducationLevel.objects.filter(eqf__in=alone.values("eqf"))}
    for number, study in enumerate(studies):
        title, year = study.title[:200], study.year
        if year is not None and not EARLIEST_YEAR <= year <= timezone.localdate().year:
            yield "EducationHistory", title
            continue
        level = levels.get(study.eqf or 0)
        if study.eqf and level is None:
            yield "EducationLevelCode", _("%(title)s: livello europeo %(level)d") % {"title": title, "level": study.eqf}
        fields = {
            "title": title,
            "provider": study.provider[:200],
            "year": year,
            "level": level,
            "field": study.field.replace("\n", ", ")[:150],
        }
        told = ", ".join(filter(None, [title, study.provider, str(year or "")]))
        yield Piece(f"study-{number}", "study", told, (title.casefold(), year) in known, fields)


def _languages(languages: tuple[Spoken, ...], candidate: Candidate) -> Pieces:
    known = set(candidate.language_skills.values_list("language__code", flat=True))
    rows = {row.code: row for row in Language.objects.filter(code__in=[spoken.code for spoken in languages])}
    for spoken in languages:
        if spoken.code not in rows or not spoken.level:
            yield "PersonCompetency", spoken.name or str(rows.get(spoken.code, spoken.code))
            continue
        row = rows[spoken.code]
        how = _("lingua madre") if spoken.is_native else spoken.level
        fields = {"language": row, "level": spoken.level, "is_native": spoken.is_native}
        yield Piece(f"language-{row.code}", "language", f"{row.shown}: {how}", row.code in known, fields)


def _licences(cv: Curriculum, candidate: Candidate) -> Pieces:
    known = set(candidate.profile.held_licences.values_list("drivinglicence__code", flat=True))
    rows = list(DrivingLicence.objects.all()) if cv.licences or cv.cards else []
    by_name = {row.code: row for row in rows} | {row.label: row for row in rows} | {row.shown: row for row in rows}
    for name in (*cv.licences, *cv.cards):
        row = by_name.get(name)
        if row is None:
            yield "Licenses", name
            continue
        fields = {"drivinglicence": row, "expires_on": None}
        yield Piece(f"licence-{row.code}", "licence", row.shown, row.code in known, fields)


def _skills(names: tuple[str, ...], candidate: Candidate) -> Pieces:
    known = set(candidate.skill_statements.values_list("skill_id", flat=True))
    linker = skill_linker() if names else None
    seen = set()
    for name in names:
        links = linker.propose(name, limit=1) if linker else []
        if not links:
            yield "Skills", name
            continue
        skill = links[0].concept
        if skill.pk not in seen:
            seen.add(skill.pk)
            yield Piece(f"skill-{skill.pk}", "skill", skill.shown, skill.pk in known, {"skill": skill})
