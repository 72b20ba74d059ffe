"""A curriculum as data, and as the XML that Europass reads today: `Candidate` of 2020, which carries HR-XML and EURES elements.

The older `SkillsPassport` is only read (`europass_read`): the Europass editor refuses it as an old format.
Shape: DG EMPL, Europass CV XML schema documentation v3.0.0 (2020), and what the editor writes and takes.
"""

import html
import re
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

_SPACES = {
    "xmlns": "http://www.europass.eu/1.0",
    "xmlns:hr": "http://www.hr-xml.org/3",
    "xmlns:oa": "http://www.openapplications.org/oagis/9",
    "xmlns:eures": "http://www.europass_eures.eu/1.0",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xsi:schemaLocation": "http://www.europass.eu/1.0 Candidate.xsd",
}
# Names are written with their prefixes as they stand: the library's own table of prefixes belongs to the whole process, and
# whoever else writes XML in it changes ours.

ATTACHMENT = "attachment.xml"
"""Name of the document inside a PDF, the one that the Europass editor gives it."""

UNPAID = "Lavoro non pagato"
SKILLS = "Competenze"
CARDS = "Patentini e abilitazioni"
"""Sections of our own, for what the format has no element for; read again by these names."""

CATEGORIES = ("AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C1E", "C", "CE", "D1", "D1E", "D", "DE")
"""Driving licences that the format has a code for."""

DIMENSIONS = (
    "CEF-Understanding-Listening",
    "CEF-Understanding-Reading",
    "CEF-Speaking-Interaction",
    "CEF-Speaking-Production",
    "CEF-Writing-Production",
)

ISO3 = {
    "it": "ita", "en": "eng", "fr": "fra", "es": "spa", "de": "deu", "ar": "ara", "ro": "ron", "sq": "sqi", "zh": "zho",
    "uk": "ukr", "ru": "rus", "pt": "por", "ur": "urd", "bn": "ben", "hi": "hin", "pa": "pan", "tl": "tgl", "si": "sin",
    "ta": "tam", "fa": "fas", "tr": "tur", "pl": "pol", "bg": "bul", "sr": "srp", "hr": "hrv", "bs": "bos", "mk": "mkd",
    "sl": "slv", "sk": "slk", "cs": "ces", "hu": "hun", "el": "ell", "nl": "nld", "ja": "jpn", "ko": "kor", "ka": "kat",
    "am": "amh", "ti": "tir", "so": "som", "wo": "wol", "sw": "swa", "he": "heb",
}  # fmt: skip
"""ISO 639-1 -> ISO 639-2/T; a language without its code here travels by its name."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Job:
    """A job with whole days; without `ends` it goes on. `uri` is the occupation's in ESCO, empty without one."""

    title: str
    begins: date
    ends: date | None = None
    employer: str = ""
    description: str = ""
    is_paid: bool = True
    uri: str = ""


@dataclass(frozen=True)
class Study:
    """A school or a course; without `year` it goes on. `eqf` is the European level from 1 to 8."""

    title: str
    provider: str = ""
    year: int | None = None
    eqf: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Spoken:
    """A language by its ISO 639-1 code, or by its name alone; `level` is empty where nobody said it. The own one is C2."""

    code: str
    name: str
    level: str = ""
    is_native: bool = False


@dataclass(frozen=True)
class Curriculum:
    """What a person tells an employer. Texts are trimmed; those of several lines have no empty one.

    `phone` is the country's prefix and the number, both in digits; an anonymous curriculum has neither name nor contacts.
    """

    given_name: str = ""
    family_name: str = ""
    email: str = ""
    phone: tuple[str, str] = ("", "")
    address: str = ""
    city: str = ""
    about: str = ""
    jobs: tuple[Job, ...] = ()
    studies: tuple[Study, ...] = ()
    languages: tuple[Spoken, ...] = ()
    licences: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was found, and what the document says besides: (name of the element, the beginning of its text)."""

    curriculum: Curriculum
    untaken: tuple[tuple[str, str], ...]


def write_candidate(cv: Curriculum, *, language: str = "it") -> bytes:
    """The curriculum as a Europass document; the bytes depend on it alone. `licences` must be among `CATEGORIES`."""
    root = Element("Candidate", _SPACES)
    scheme = {"schemeID": "sportello-lavoro", "schemeAgencyName": "EUROPASS"}
    SubElement(root, "hr:DocumentID", {**scheme, "schemeName": "DocumentIdentifier", "schemeVersionID": "4.0"})
    _write_person(root, cv)
    profile = SubElement(root, "CandidateProfile", {"languageCode": language})
    SubElement(profile, "hr:ID", {**scheme, "schemeName": "CandidateProfileID", "schemeVersionID": "1.0"})
    _add(profile, "hr:ExecutiveSummary", _html(cv.about))
    _write_jobs(profile, [job for job in cv.jobs if job.is_paid])
    _write_studies(profile, cv.studies)
    licences = SubElement(profile, "eures:Licenses")
    for code in cv.licences:
        _add(licences, "eures:License/hr:LicenseTypeCode", code)
    qualifications = SubElement(profile, "PersonQualifications")
    for spoken in cv.languages:
        if not spoken.is_native:
            _write_language(qualifications, spoken)
    _write_sections(profile, cv)
    _write_order(root, cv)
    return bytes(tostring(root, encoding="UTF-8", xml_declaration=True))


def _write_person(root: Element, cv: Curriculum) -> None:
    person = SubElement(root, "CandidatePerson")
    name = SubElement(person, "PersonName")
    # Written even when empty: the editor refuses a document without a name.
    SubElement(name, "oa:GivenName").text = _clean(cv.given_name)
    SubElement(name, "hr:FamilyName").text = _clean(cv.family_name)
    if cv.email:
        _channel(person, "Email", "oa:URI", cv.email)
    if cv.phone[1]:
        telephone = SubElement(person, "Communication")
        _add(telephone, "ChannelCode", "Telephone")
        _add(telephone, "UseCode", "mobile")
        _add(telephone, "CountryDialing", cv.phone[0])
        _add(telephone, "oa:DialNumber", cv.phone[1])
    if cv.address or cv.city:
        home = SubElement(person, "Communication")
        _add(home, "UseCode", "home")
        address = SubElement(home, "Address", {"type": "home"})
        _add(address, "oa:AddressLine", cv.address)
        _add(address, "oa:CityName", cv.city)
        _add(address, "CountryCode", "it")
    for spoken in cv.languages:
        if spoken.is_native:
            code = ISO3.get(spoken.code)
            mother = SubElement(person, "PrimaryLanguageCode", {"name": "NORMAL" if code else "FREE_TEXT"})
            mother.text = code or _clean(spoken.name)


def _write_jobs(profile: Element, jobs: list[Job]) -> None:
    history = SubElement(profile, "EmploymentHistory")
    for job in jobs:
        row = SubElement(history, "EmployerHistory")
        _add(row, "hr:OrganizationName", job.employer)
        position = SubElement(row, "PositionHistory")
        # The editor puts the concept's address where a language would stand.
        kind = {"typeCode": "URI", "languageID": job.uri} if job.uri else {"typeCode": "FREETEXT"}
        SubElement(position, "PositionTitle", kind).text = _clean(job.title)
        period = SubElement(position, "eures:EmploymentPeriod")
        _add(period, "eures:StartDate/hr:FormattedDateTime", job.begins.isoformat())
        if job.ends:
            _add(period, "eures:EndDate/hr:FormattedDateTime", job.ends.isoformat())
        _add(period, "hr:CurrentIndicator", "false" if job.ends else "true")
        _add(position, "oa:Description", _html(job.description))


def _write_studies(profile: Element, studies: tuple[Study, ...]) -> None:
    history = SubElement(profile, "EducationHistory")
    for study in studies:
        row = SubElement(history, "EducationOrganizationAttendance")
        _add(row, "hr:OrganizationName", study.provider)
        period = SubElement(row, "AttendancePeriod")
        if study.year:
            _add(period, "EndDate/hr:FormattedDateTime", f"{study.year:04d}")
        _add(period, "Ongoing", "false" if study.year else "true")
        degree = SubElement(row, "EducationDegree")
        _add(degree, "hr:DegreeName", study.title)
        _add(degree, "OccupationalSkillsCovered", _html(study.field))
        if study.eqf:
            _add(row, "EducationLevelCode", str(study.eqf))


def _write_language(qualifications: Element, spoken: Spoken) -> None:
    row = SubElement(qualifications, "PersonCompetency")
    code = ISO3.get(spoken.code)
    identifier = SubElement(row, "CompetencyID", {"schemeName": "NORMAL" if code else "FREE_TEXT"})
    identifier.text = code or _clean(spoken.name)
    _add(row, "hr:TaxonomyID", "language")
    for dimension in DIMENSIONS if spoken.level else ():
        scored = SubElement(row, "eures:CompetencyDimension")
        _add(scored, "hr:CompetencyDimensionTypeCode", dimension)
        _add(scored, "eures:Score/hr:ScoreText", spoken.level)


def _write_sections(profile: Element, cv: Curriculum) -> None:
    """One section an entry: the editor keeps the last of several, and joins those of one name."""
    for job in cv.jobs:
        if not job.is_paid:
            entry = _section(profile, UNPAID, job.title)
            days = SubElement(entry, "Date")
            _add(days, "StartDate/hr:FormattedDateTime", job.begins.isoformat())
            if job.ends:
                _add(days, "EndDate/hr:FormattedDateTime", job.ends.isoformat())
            where = f"<p><strong>{html.escape(_clean(job.employer))}</strong></p>" if job.employer else ""
            _add(entry, "Description", where + _html(job.description))
            _add(entry, "Link", job.uri)
    for section, names in ((SKILLS, cv.skills), (CARDS, cv.cards)):
        for name in names:
            _section(profile, section, name)


def _section(profile: Element, title: str, entry: str) -> Element:
    others = SubElement(profile, "Others")
    _add(others, "Title", title)
    other = SubElement(others, "Other")
    _add(other, "Title", entry)
    return other


def _write_order(root: Element, cv: Curriculum) -> None:
    """Without it the editor shows the personal information alone."""
    told = {
        "about-me": cv.about,
        "work-experience": cv.jobs,
        "education-training": cv.studies,
        "language": cv.languages,
        "driving-licence": cv.licences,
    }
    order = Element("SectionsOrder")
    for name, rows in told.items():
        if rows:
            _add(order, "Section/Title", name)
    if len(order):
        SubElement(SubElement(root, "RenderingInformation"), "Design").append(order)


def _channel(person: Element, channel: str, element: str, value: str) -> None:
    row = SubElement(person, "Communication")
    _add(row, "ChannelCode", channel)
    _add(row, element, value)


def _add(parent: Element, path: str, text: str) -> None:
    """The text at the end of a path of new elements; nothing for an empty one."""
    if text:
        for step in path.split("/"):
            parent = SubElement(parent, step)
        parent.text = _clean(text)


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", text)


def _html(text: str) -> str:
    """Lines as paragraphs: long texts of the format are HTML, escaped once more by the XML."""
    return "".join(f"<p>{html.escape(line)}</p>" for line in _clean(text).splitlines() if line.strip())
