"""Subjects of e-mails as people write them, and the codes found in them. No database, no words for people."""

import re
from collections.abc import Sequence

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^0-9a-z]+")
# What mail programs put before the subject of an answer or a forward, also counted ("Re[2]:", "R(2):") and marked by gateways.
_PREFIX = re.compile(
    r"""^[\s"'«»“”‘’<>\[\](){}*_\-–—]*
    (?:(?:re|r|ri|risp|risposta|i|in|inoltro|inoltrato|fw|fwd|fwd\ fw|forward|wg|aw|tr|rif|oggetto|subject)
       \s*(?:\[\d+\]|\(\d+\)|\^?\d+)?\s*[:：]
     |[\[(*]\s*(?:spam|sospetto\ spam|external|esterno|ext|est)\s*[\])*]\s*:?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "candidato", "candidata", "candidati", "candidat*", "candidatura": one word for all who put themselves forward.
_CANDIDATE = re.compile(r"candidat(?:o|a|i|e|ura|ure|us|@)?")
# Small words that come and go: "candidato/a per la AlmavivA" is "candidato AlmavivA".
_SMALL = frozenset(
    {
        "a",
        "ad",
        "al",
        "alla",
        "all",
        "agli",
        "ai",
        "da",
        "dal",
        "dalla",
        "del",
        "della",
        "dell",
        "dei",
        "di",
        "e",
        "ed",
        "i",
        "il",
        "in",
        "l",
        "la",
        "le",
        "lo",
        "o",
        "per",
        "presso",
        "su",
    }
)
_LONGEST_SUBJECT = 1000


def subject_key(text: str) -> str:
    """The words that count, parted by single spaces: "R: I: «Candidato/a» AlmavivA!" -> "candidato almaviva".

    Marks of answers and forwards, case, accents, signs and small words fall away, at the start as often as they come.
    Two texts of one meaning have one key; the key of a key is itself.
    """
    rest = text[:_LONGEST_SUBJECT]
    while (shorter := _PREFIX.sub("", rest, count=1)) != rest:
        rest = shorter
    words = _NOT_WORD.sub(" ", anyascii(rest).lower()).split()
    named = ("candidato" if _CANDIDATE.fullmatch(word) else word for word in words)
    return " ".join(word for word in named if word not in _SMALL)


def speaks_of(subject: str, code: str) -> bool:
    """Whether the key of a subject holds every word of the key of a code, in any order, be they written apart or together.

    "almaviva candidato" and "candidato alma viva" speak of "candidato almaviva"; "candidato almavivano" does not.
    """
    words = subject.split()
    wanted = code.split()
    return bool(wanted) and (_runs(words, code.replace(" ", "")) or all(_runs(words, word) for word in wanted))


def code_of(subject: str, codes: Sequence[str]) -> str | None:
    """The one of `codes` (keys) that the key of a subject speaks of; None for none, and for two of which neither says more."""
    spoken = [code for code in codes if speaks_of(subject, code)]
    fullest = [code for code in spoken if all(speaks_of(code, other) for other in spoken)]
    return fullest[0] if len(fullest) == 1 else None


def caught_by(code: str) -> list[str]:
    """Subjects that people may write and that speak of a code ("candidato/a AlmavivA"), as a proof of what it recognises."""
    words = code.split()
    written = (
        code.upper(),
        f"Re: R: {code}",
        f"Fwd: «{code}»",
        f"{code} - Maria Rossi",
        " ".join(reversed(words)),
        "".join(words),
    )
    key = subject_key(code)
    return [text for text in dict.fromkeys(written) if text != code and speaks_of(subject_key(text), key)]


def _runs(words: list[str], wanted: str) -> bool:
    """Whether neighbouring words, written together, are the wanted one."""
    for first in range(len(words)):
        joined = ""
        for word in words[first:]:
            joined += word
            if joined == wanted:
                return True
            if len(joined) >= len(wanted):
                break
    return False
