"""Unlawful wording in job ads: a text in, findings out.

The lexicon is data (`employers/data/wording*.csv`, see the README beside it). An entry is `hard` (the law forbids it), `soft` (it
may be lawful for a reason that the company must give) or `lawful`: a context in which findings of its kind do not count, such as
"reparto uomo". A finding directly denied ("non è richiesta la bella presenza") does not count either.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HARD, SOFT, LAWFUL = "hard", "soft", "lawful"
LEVELS = (HARD, SOFT, LAWFUL)
ANY_KIND = "any"

_PART = r"(?:[^\w.!?;\n]+)"  # what a space of the notation means: it never crosses the end of a sentence
_NAME = re.compile(r"\{([a-z_]+)\}")
_UP_TO = re.compile(r"<(\d)>")
_PLAIN = str.maketrans({"’": "'", "`": "'", "´": "'", "‘": "'", "–": "-", "—": "-", "\t": " ", "\r": "\n"})


class LexiconError(ValueError):
    """A row of the lexicon that cannot be used; the message names it."""


@dataclass(frozen=True)
class Entry:
    """One line of the lexicon."""

    code: str
    kind: str
    level: str
    regex: re.Pattern[str]
    law: str
    alternative: str
    explanation: str
    examples_for: tuple[str, ...]
    examples_against: tuple[str, ...]


@dataclass(frozen=True)
class Title:
    """A job's name in both genders; `has_other_sense` when the feminine is also a thing (grafica, meccanica)."""

    masculine: str
    feminine: str
    has_other_sense: bool


@dataclass(frozen=True)
class Finding:
    """Words of a text that an entry matched: `text[start:end] == words`."""

    code: str
    level: str
    kind: str
    start: int
    end: int
    words: str
    law: str
    alternative: str
    explanation: str


@dataclass(frozen=True)
class Lexicon:
    """All that the checker knows, compiled."""

    entries: tuple[Entry, ...]
    denial_before: re.Pattern[str]
    denial_after: re.Pattern[str]
    title_place: re.Pattern[str]
    both_sexes: re.Pattern[str]
    titles: Mapping[str, tuple[Title, bool]]

    def entry(self, code: str) -> Entry:
        """The entry of that code. Raises KeyError."""
        return {entry.code: entry for entry in self.entries}[code]


def load_lexicon(folder: Path) -> Lexicon:
    """Read `wording.csv`, `wording_words.csv` and `wording_titles.csv` from the folder. Raises LexiconError, OSError."""
    words: dict[str, str] = {}
    for row in _rows(folder / "wording_words.csv"):
        words[row["name"]] = _expand(row["pattern"], words, row["name"])
    titles = [
        Title(r["masculine"], r["feminine"], r["other_sense"] == "yes") for r in _rows(folder / "wording_titles.csv")
    ]
    return Lexicon(
        entries=tuple(_entry(row, words) for row in _rows(folder / "wording.csv")),
        denial_before=re.compile(rf"(?<!\w){words['denial_before']}(?:{_PART})?$"),
        denial_after=re.compile(rf"^(?:{_PART})?{words['denial_after']}(?!\w)"),
        title_place=re.compile(words["title_place"]),
        both_sexes=re.compile(rf"(?<!\w){words['both_sexes']}(?!\w)"),
        titles=dict(_forms(titles)),
    )


def check(text: str, lexicon: Lexicon) -> list[Finding]:
    """Findings in the order of the text; of those of one kind that overlap, the hardest and then the longest stays."""
    plain, places = _normalised(text)
    lawful = [
        (entry.kind, match.span("span" if "span" in entry.regex.groupindex else 0))
        for entry in lexicon.entries
        if entry.level == LAWFUL
        for match in entry.regex.finditer(plain)
    ]
    found = [
        (entry, match.span(), entry.alternative)
        for entry in lexicon.entries
        if entry.level != LAWFUL
        for match in entry.regex.finditer(plain)
        if not _is_denied(plain, match.span(), lexicon)
    ]
    found.extend(_titles_of_one_gender(plain, lexicon))
    kept = [
        (entry, span, alternative)
        for entry, span, alternative in found
        if not any(kind in (entry.kind, ANY_KIND) and _overlap(span, context) for kind, context in lawful)
    ]
    return [
        Finding(
            code=entry.code,
            level=entry.level,
            kind=entry.kind,
            start=places[start],
            end=places[end - 1] + 1,
            words=text[places[start] : places[end - 1] + 1],
            law=entry.law,
            alternative=alternative,
            explanation=entry.explanation,
        )
        for entry, (start, end), alternative in _strongest(kept)
    ]


def _strongest(found: Iterable[tuple[Entry, tuple[int, int], str]]) -> list[tuple[Entry, tuple[int, int], str]]:
    chosen: list[tuple[Entry, tuple[int, int], str]] = []
    for one in sorted(found, key=lambda f: (LEVELS.index(f[0].level), f[1][0] - f[1][1], f[1])):
        if not any(other[0].kind == one[0].kind and _overlap(other[1], one[1]) for other in chosen):
            chosen.append(one)
    return sorted(chosen, key=lambda f: (f[1], f[0].code))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_denied(plain: str, span: tuple[int, int], lexicon: Lexicon) -> bool:
    return bool(lexicon.denial_before.search(plain[: span[0]]) or lexicon.denial_after.search(plain[span[1] :]))


def _titles_of_one_gender(plain: str, lexicon: Lexicon) -> Iterator[tuple[Entry, tuple[int, int], str]]:
    """Names of jobs in one gender where an ad says whom it looks for, unless it names both."""
    if lexicon.both_sexes.search(plain):
        return
    present = set(re.findall(r"\w+", plain))
    for place in lexicon.title_place.finditer(plain):
        match = re.match(r"\w+", plain[place.end() :])
        if match is None or match.group() not in lexicon.titles:
            continue
        title, is_feminine = lexicon.titles[match.group()]
        end = place.end() + match.end()
        is_inclusive = re.match(r"\s?[/*@(ə·]|[-'][aeio]|\s-?/", plain[end:])
        others = (
            _masculine_forms(title.masculine) if is_feminine else {title.feminine, _feminine_plural(title.feminine)}
        )
        if is_inclusive or present & (others - {match.group()}):
            continue
        entry = lexicon.entry("titolo_femminile" if is_feminine else "titolo_maschile")
        yield entry, (place.end(), end), entry.alternative.format(feminine=title.feminine, masculine=title.masculine)


def _normalised(text: str) -> tuple[str, list[int]]:
    """Lower-case letters without accents, single spaces; and for each of them its place in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFD", letter.translate(_PLAIN).lower()):
            if unicodedata.combining(part) or (part == " " and letters[-1:] == [" "]):
                continue
            letters.append(" " if part.isspace() and part != "\n" else part)
            places.append(place)
    return "".join(letters), places


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _expand(pattern: str, words: Mapping[str, str], name: str) -> str:
    """The notation as a regular expression. Raises LexiconError for an unknown name or a pattern that is none."""
    try:
        named = _NAME.sub(lambda match: words[match.group(1)], pattern)
    except KeyError as error:
        raise LexiconError(f"{name}: unknown words {error}") from error
    pieces = [re.sub(r"(?<!\\) ", lambda _: _PART, part) for part in _UP_TO.split(named)]
    # `split` leaves texts and numbers by turns.
    regex = "".join(rf"(?:[\w']+{_PART}){{0,{piece}}}" if turn % 2 else piece for turn, piece in enumerate(pieces))
    try:
        re.compile(regex)
    except re.error as error:
        raise LexiconError(f"{name}: {error}") from error
    return rf"(?:{regex})"


def _entry(row: Mapping[str, str], words: Mapping[str, str]) -> Entry:
    if row["level"] not in LEVELS:
        raise LexiconError(f"{row['code']}: level {row['level']!r}")
    return Entry(
        code=row["code"],
        kind=row["kind"],
        level=row["level"],
        regex=re.compile(rf"(?<!\w){_expand(row['pattern'], words, row['code'])}(?!\w)"),
        law=row["law"],
        alternative=row["alternative"],
        explanation=row["explanation"],
        examples_for=tuple(filter(None, row["examples_for"].split("|"))),
        examples_against=tuple(filter(None, row["examples_against"].split("|"))),
    )


def _forms(titles: Iterable[Title]) -> Iterator[tuple[str, tuple[Title, bool]]]:
    """Form -> title and whether it is feminine. A plural masculine names everybody in Italian: it is no finding."""
    named = list(titles)
    for title in named:
        if not title.has_other_sense:
            yield title.feminine, (title, True)
            yield _feminine_plural(title.feminine), (title, True)
    # Last, since "cameriere" is one waiter before it is many waitresses.
    for title in named:
        yield title.masculine, (title, False)


def _masculine_forms(singular: str) -> set[str]:
    """Singular and plural; both of "-co" and "-go", since either may be right: cuochi, meccanici."""
    stem = singular[:-1]
    if singular.endswith(("co", "go")):
        return {singular, f"{stem}hi", f"{stem}i"}
    return {singular, stem if stem.endswith("i") else f"{stem}i"}


def _feminine_plural(singular: str) -> str:
    if singular.endswith(("ca", "ga")):
        return f"{singular[:-1]}he"
    return f"{singular[:-1]}i" if singular.endswith("e") else f"{singular[:-1]}e"
