"""Normalised texts: the database's collations differ between installations, so keys are made here."""

import re

from anyascii import anyascii

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def search_key(text: str) -> str:
    """Lower-case ASCII words parted by single spaces: "Cesano Boscone – Sportello" -> "cesano boscone sportello".

    Letters of other alphabets become those that sound like them, so that "Łukasz" is found by who types "lukasz".
    """
    return _NOT_WORD.sub(" ", anyascii(text).casefold()).strip()


def sort_key(*parts: str) -> str:
    """Key that orders as an Italian reader expects, accents and case aside; parts weigh in their order."""
    return "\x1f".join(search_key(part) for part in parts).replace("\x1f", "  ")
