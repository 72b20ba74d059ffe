"""Documents that people send, read without trust, and what stands in them: elements by their local names, days, words without tags."""

import calendar
import re
from collections.abc import Iterable
from datetime import date
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_BLOCKS = {"p", "li", "ul", "ol", "br", "div", "h1", "h2", "h3", "h4", "tr"}
_SHORT = 80


def safe_root(document: bytes) -> Element | None:
    """The root of a document without a document type, hence without entities; None for anything else."""
    try:
        root: Element = fromstring(document, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError):
        return None
    return root


def day_of(text: str, *, last: bool = False) -> date | None:
    """A day from YYYY, YYYY-MM or YYYY-MM-DD, with a time or without; the first of what is not said, or the last."""
    written = re.match(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T|$)", text)
    if not written:
        return None
    year = int(written[1])
    try:
        month = int(written[2] or (12 if last else 1))
        end = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, int(written[3] or end))
    except (ValueError, calendar.IllegalMonthError):
        return None


def remains(parent: Element | None, taken: set[str]) -> list[tuple[str, str]]:
    """Name and beginning of the text of each child that says something and is not among the taken."""
    rows = [] if parent is None else [child for child in parent if local_name(child) not in taken]
    texts = [(local_name(row), " ".join(" ".join(row.itertext()).split())) for row in rows]
    return [(name, text if len(text) <= _SHORT else f"{text[:_SHORT]}…") for name, text in texts if text]


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Those that say something, each once, in their order."""
    return tuple(dict.fromkeys(name for name in names if name))


def digits_of(text: str) -> str:
    """Without anything but the digits."""
    return re.sub(r"\D", "", text)


def local_name(element: Element) -> str:
    """The name without its namespace: the editors of the years put the same element under different ones."""
    return str(element.tag).rpartition("}")[2]


def deep(parent: Element | None, name: str) -> list[Element]:
    """All elements of that name, at any depth."""
    return [] if parent is None else [row for row in parent.iter() if local_name(row) == name]


def children(parent: Element | None, name: str) -> list[Element]:
    """Those directly inside."""
    return [] if parent is None else [row for row in parent if local_name(row) == name]


def every(parent: Element | None, group: str, name: str) -> list[Element]:
    """The rows of a list, which may be written in several pieces."""
    return [row for part in children(parent, group) for row in children(part, name)]


def below(parent: Element | None, name: str) -> Element | None:
    """The first one inside, at any depth."""
    return next((row for row in deep(parent, name) if row is not parent), None)


def text_of(parent: Element | None, name: str) -> str:
    """The text of the first one inside; empty without it."""
    found = below(parent, name)
    return "" if found is None else inner(found)


def inner(element: Element) -> str:
    """Its own text, trimmed."""
    return (element.text or "").strip()


def date_text(row: Element, name: str) -> str:
    """The text of a day, be it inside `FormattedDateTime` or not."""
    return text_of(below(row, name), "FormattedDateTime") or text_of(row, name)


def words_of(text: str) -> str:
    """HTML as lines of plain words."""
    lines = Lines()
    lines.feed(text)
    return lines.text


class Lines(HTMLParser):
    """Gathers the words between the tags, a line for each block; `first_strong` is a first line that is all bold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._is_strong = False
        self.first_strong = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_strong = tag == "strong"
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._is_strong = False
        if tag in _BLOCKS:
            self._parts.append("\n")

    def handle_data(self, data: str) -> None:
        if self._is_strong and not "".join(self._parts).strip():
            self.first_strong = data.strip()
        self._parts.append(data)

    @property
    def text(self) -> str:
        self.close()
        lines = (" ".join(line.split()) for line in "".join(self._parts).splitlines())
        return "\n".join(line for line in lines if line)
