"""Reading a curriculum out of what Europass writes: `Candidate` of 2020, `SkillsPassport` before it, and a PDF that carries either.

What the person sends is hostile until proved otherwise: no document type, no entities, nothing fetched.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element

from candidates.engine.europass import CARDS, SKILLS, UNPAID, Curriculum, Job, Reading, Spoken, Study
from candidates.engine.europass_passport import read_passport
from candidates.engine.europass_terms import categories, eqf_level, least_level, spoken
from candidates.engine.xml import (
    Lines,
    below,
    children,
    date_text,
    day_of,
    deep,
    digits_of,
    distinct,
    every,
    inner,
    local_name,
    remains,
    safe_root,
    text_of,
    words_of,
)

_CANDIDATE = "{http://www.europass.eu/1.0}Candidate"
_PASSPORT_SPACE = "{http://europass.cedefop.europa.eu/Europass}"


class NotEuropass(Exception):
    """Neither a Europass document nor a PDF that carries one."""


def read_europass(content: bytes) -> Reading:
    """The curriculum of an XML document or of the one attached to a PDF. Raises NotEuropass."""
    documents = _attached(content) if content.lstrip()[:5] == b"%PDF-" else [content]
    for document in documents:
        root = safe_root(document)
        if root is not None and root.tag == _CANDIDATE:
            return _read_candidate(root)
        if root is not None and root.tag.startswith(_PASSPORT_SPACE) and below(root, "LearnerInfo") is not None:
            return read_passport(root)
    raise NotEuropass


def _attached(pdf: bytes) -> list[bytes]:
    # Imported here: few people send a PDF, and the library is the largest of this module.
    from pypdf import PdfReader

    try:
        return [file for files in PdfReader(BytesIO(pdf)).attachments.values() for file in files]
    except Exception as error:  # a damaged file fails in as many ways as it has structures
        raise NotEuropass from error


def _read_candidate(root: Element) -> Reading:
    person, profile = below(root, "CandidatePerson"), below(root, "CandidateProfile")
    sections = [*_sections(profile)]
    unpaid = [_unpaid(entry) for title, entry in sections if title == UNPAID]
    named = [(title, text_of(entry, "Title")) for title, entry in sections]
    competencies = [
        row for part in children(profile, "Skills") for row in part.iter() if local_name(row) == "PersonCompetency"
    ]
    mothers = [spoken(inner(row), "", is_native=True) for row in children(person, "PrimaryLanguageCode")]
    own = {mother.code or mother.name for mother in mothers}
    foreign = [
        row for row in map(_candidate_language, every(profile, "PersonQualifications", "PersonCompetency")) if row
    ]
    positions = [
        (row, position)
        for row in every(profile, "EmploymentHistory", "EmployerHistory")
        for position in children(row, "PositionHistory")
    ]
    jobs = [_candidate_job(row, position) for row, position in positions]
    curriculum = Curriculum(
        given_name=text_of(person, "GivenName"),
        family_name=text_of(person, "FamilyName"),
        **_candidate_contacts(person),
        about=words_of(text_of(profile, "ExecutiveSummary")),
        jobs=tuple(job for job in (*jobs, *unpaid) if job),
        studies=tuple(
            study
            for row in every(profile, "EducationHistory", "EducationOrganizationAttendance")
            if (study := _candidate_study(row))
        ),
        languages=(*mothers, *(row for row in foreign if (row.code or row.name) not in own)),
        licences=categories(inner(row) for row in deep(profile, "LicenseTypeCode")),
        skills=distinct(
            [
                *(name for title, name in named if title == SKILLS),
                *(text_of(row, "CompetencyName") for row in competencies),
            ]
        ),
        cards=distinct(name for title, name in named if title == CARDS),
    )
    taken = {"PersonName", "PrimaryLanguageCode", "ID", "ExecutiveSummary", "EmploymentHistory", "EducationHistory"}
    taken |= {"Licenses", "PersonQualifications", "Skills", "Communication", "Others"}
    rest = [*remains(person, taken), *remains(profile, taken)]
    rest += [
        ("EmployerHistory", text_of(position, "PositionTitle"))
        for (_, position), job in zip(positions, jobs, strict=True)
        if not job
    ]
    known = {UNPAID, SKILLS, CARDS}
    rest += [("Others", f"{title}: {text_of(entry, 'Title')}") for title, entry in sections if title not in known]
    return Reading(curriculum, tuple(rest))


def _candidate_contacts(person: Element | None) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in children(person, "Communication"):
        match text_of(row, "ChannelCode"):
            case "Email":
                found.setdefault("email", text_of(row, "URI") or text_of(row, "Text"))
            case "Telephone":
                found.setdefault(
                    "phone", (digits_of(text_of(row, "CountryDialing")), digits_of(text_of(row, "DialNumber")))
                )
            case "":
                found.setdefault("address", text_of(row, "AddressLine"))
                found.setdefault("city", text_of(row, "CityName"))
    return found


def _candidate_job(row: Element, position: Element) -> Job | None:
    """One position at an employer, where older writers put the days beside the position, not inside; None without a first day."""
    title = below(position, "PositionTitle")
    inside = position if below(position, "StartDate") is not None else row
    begins, ends = day_of(date_text(inside, "StartDate")), day_of(date_text(inside, "EndDate"), last=True)
    if title is None or begins is None:
        return None
    return Job(
        title=inner(title),
        begins=begins,
        ends=ends,
        employer=text_of(row, "OrganizationName"),
        description=words_of(text_of(position, "Description")),
        uri=title.get("languageID", "") if title.get("typeCode") == "URI" else "",
    )


def _candidate_study(row: Element) -> Study | None:
    title = text_of(row, "DegreeName") or text_of(row, "ProgramName")
    ends = day_of(date_text(row, "EndDate"), last=True)
    level = text_of(row, "EducationLevelCode")
    return (
        Study(
            title=title,
            provider=text_of(row, "OrganizationName"),
            year=ends.year if ends else None,
            eqf=eqf_level(level),
            field=words_of(text_of(row, "OccupationalSkillsCovered")),
        )
        if title
        else None
    )


def _candidate_language(row: Element) -> Spoken | None:
    if text_of(row, "TaxonomyID").lower() != "language":
        return None
    return spoken(text_of(row, "CompetencyID"), least_level(inner(score) for score in deep(row, "ScoreText")))


def _sections(profile: Element | None) -> Iterator[tuple[str, Element]]:
    """Title of each custom section with each of its entries."""
    for others in children(profile, "Others"):
        title = next((inner(child) for child in others if local_name(child) == "Title"), "")
        for entry in children(others, "Other"):
            yield title, entry


def _unpaid(entry: Element) -> Job | None:
    begins = day_of(date_text(entry, "StartDate"))
    if begins is None:
        return None
    lines = Lines()
    lines.feed(text_of(entry, "Description"))
    return Job(
        title=text_of(entry, "Title"),
        begins=begins,
        ends=day_of(date_text(entry, "EndDate"), last=True),
        employer=lines.first_strong,
        description=lines.text.removeprefix(lines.first_strong).strip() if lines.first_strong else lines.text,
        is_paid=False,
        uri=text_of(entry, "Link"),
    )
