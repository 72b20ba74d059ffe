"""The curriculum of the years before 2020: `SkillsPassport`, version 3 (Cedefop's schemas 3.0 to 3.4)."""

import re
from datetime import date
from xml.etree.ElementTree import Element

from candidates.engine.europass import Curriculum, Job, Reading, Spoken, Study
from candidates.engine.europass_terms import categories, eqf_level, is_language_code, least_level, spoken
from candidates.engine.xml import below, day_of, deep, digits_of, distinct, inner, remains, text_of, words_of


def read_passport(root: Element) -> Reading:
    """What the document says of a person; jobs without a first day stand among what is not taken."""
    learner = below(root, "LearnerInfo")
    identification, skills = below(learner, "Identification"), below(learner, "Skills")
    mothers = [_passport_language(row, is_native=True) for row in deep(skills, "MotherTongue")]
    own = {mother.code or mother.name for mother in mothers}
    foreign = [_passport_language(row) for row in deep(skills, "ForeignLanguage")]
    headline = below(learner, "Headline")
    is_own_words = text_of(below(headline, "Type"), "Code") == "personal_statement"
    rows = deep(learner, "WorkExperience")
    jobs = [_passport_job(row) for row in rows]
    studies = (_passport_study(row) for row in deep(learner, "Education"))
    told = ("Communication", "Organisational", "JobRelated", "Computer", "Other")
    words = [words_of(text_of(below(skills, name), "Description")) for name in told]
    curriculum = Curriculum(
        given_name=text_of(identification, "FirstName"),
        family_name=text_of(identification, "Surname"),
        email=text_of(below(identification, "Email"), "Contact"),
        phone=_passport_phone(text_of(below(identification, "Telephone"), "Contact")),
        address=text_of(identification, "AddressLine"),
        city=text_of(identification, "Municipality"),
        about=words_of(text_of(below(headline, "Description"), "Label")) if is_own_words else "",
        jobs=tuple(job for job in jobs if job),
        studies=tuple(study for study in studies if study),
        languages=(*mothers, *(row for row in foreign if (row.code or row.name) not in own)),
        licences=categories(inner(row) for row in deep(skills, "Licence")),
        skills=distinct(line for text in words for line in text.splitlines()),
    )
    rest = [*remains(identification, {"PersonName", "ContactInfo"})]
    rest += remains(
        learner,
        {"Identification", "WorkExperienceList", "EducationList", "Skills", *(["Headline"] if is_own_words else [])},
    )
    rest += [
        ("WorkExperience", text_of(below(row, "Position"), "Label"))
        for row, job in zip(rows, jobs, strict=True)
        if not job
    ]
    return Reading(curriculum, tuple(rest))


def _passport_job(row: Element) -> Job | None:
    position, period = below(row, "Position"), below(row, "Period")
    begins = _passport_day(below(period, "From"))
    if begins is None or position is None:
        return None
    code = text_of(position, "Code")
    return Job(
        title=text_of(position, "Label"),
        begins=begins,
        ends=_passport_day(below(period, "To"), last=True),
        employer=text_of(below(row, "Employer"), "Name"),
        description=words_of(text_of(row, "Activities")),
        uri=code if code.startswith("http") else "",
    )


def _passport_study(row: Element) -> Study | None:
    ends = _passport_day(below(below(row, "Period"), "To"), last=True)
    title = text_of(row, "Title")
    return (
        Study(
            title=title,
            provider=text_of(below(row, "Organisation"), "Name"),
            year=ends.year if ends else None,
            eqf=eqf_level(text_of(below(row, "Level"), "Code")),
            field=text_of(below(row, "Field"), "Label"),
        )
        if title
        else None
    )


def _passport_language(row: Element, *, is_native: bool = False) -> Spoken:
    description, levels = below(row, "Description"), below(row, "ProficiencyLevel")
    code, label = text_of(description, "Code"), text_of(description, "Label")
    level = "" if levels is None else least_level(inner(score) for score in levels)
    return spoken(code if is_language_code(code) else label or code, level, is_native=is_native)


def _passport_phone(written: str) -> tuple[str, str]:
    prefix = re.match(r"\+(\d{1,3})[ .-]", written)
    return (prefix[1], digits_of(written[prefix.end() :])) if prefix else ("", digits_of(written))


def _passport_day(element: Element | None, *, last: bool = False) -> date | None:
    """`year`, and `month` and `day` as XML Schema writes them alone: "--03", "---10"."""
    if element is None:
        return None
    parts = [element.get(name, "").strip("-") for name in ("year", "month", "day")]
    return day_of("-".join(part for part in parts if part), last=last)
