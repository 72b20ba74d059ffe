"""Normalised texts: the database's collations differ between installations, so keys are made here."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def search_key(text: str) -> str:
    """Lower-case ASCII words parted by single spaces: "Cesano Boscone – Sportello" -> "cesano boscone sportello"."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", plain).strip()


def sort_key(*parts: str) -> str:
    """Key that orders as an Italian reader expects, accents and case aside; parts weigh in their order."""
    return "\x1f".join(search_key(part) for part in parts).replace("\x1f", "  ")
