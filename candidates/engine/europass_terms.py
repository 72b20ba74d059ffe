"""Languages, levels and licences, as the documents of Europass name them."""

from collections.abc import Iterable

from candidates.engine.europass import CATEGORIES, ISO3, Spoken
from candidates.engine.xml import digits_of

# The bibliographic codes of ISO 639-2, where they differ from the others.
_ISO3_OF_LIBRARIES = {
    "fre": "fr", "ger": "de", "rum": "ro", "alb": "sq", "chi": "zh", "per": "fa", "mac": "mk", "slo": "sk", "cze": "cs",
    "gre": "el", "dut": "nl", "geo": "ka",
}  # fmt: skip
_CODES = {three: two for two, three in ISO3.items()} | {two: two for two in ISO3} | _ISO3_OF_LIBRARIES

_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def spoken(named: str, level: str, *, is_native: bool = False) -> Spoken:
    """A language by a code of ISO 639, of two letters or three, or by its name where it is none."""
    code = _CODES.get(named.lower(), "")
    return Spoken(code, "" if code else named, "C2" if is_native else level, is_native)


def least_level(scores: Iterable[str]) -> str:
    """The lowest of the five: what the person can do in every way."""
    known = [score for score in scores if score in _LEVELS]
    return min(known, key=_LEVELS.index) if known else ""


def eqf_level(text: str) -> int | None:
    """A level from 1 to 8, None for anything else."""
    digits = digits_of(text)
    return int(digits) if digits in set("12345678") else None


def is_language_code(text: str) -> bool:
    """Whether it is one of the codes that `spoken` knows."""
    return text.lower() in _CODES


def categories(codes: Iterable[str]) -> tuple[str, ...]:
    """The driving licences among the codes, in their order."""
    told = {code.upper() for code in codes}
    return tuple(code for code in CATEGORIES if code in told)
