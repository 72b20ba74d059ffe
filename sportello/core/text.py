"""Keys of texts, made here because the collations of databases differ, and numbers as people read them."""

import re

from anyascii import anyascii

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def search_key(text: str) -> str:
    """Lower-case ASCII words parted by single spaces: "Cesano Boscone – Sportello" -> "cesano boscone sportello".

    Letters of other alphabets become those that sound like them, so that "Łukasz" is found by who types "lukasz".
    """
    return _NOT_WORD.sub(" ", anyascii(text).casefold()).strip()


def sort_key(*parts: str) -> str:
    """Key that orders as an Italian reader expects, accents and case aside; parts weigh in their order."""
    return "\x1f".join(search_key(part) for part in parts).replace("\x1f", "  ")


def printable(text: str) -> str:
    """The text with a space in the place of what XML cannot carry: control characters but tabs and line breaks, lone surrogates."""
    return _NOT_XML.sub(" ", text)


def grouped(number: int) -> str:
    """Whole number as Italian readers write it, with a dot every three digits: 1234567 -> "1.234.567"."""
    return f"{number:,}".replace(",", ".")
