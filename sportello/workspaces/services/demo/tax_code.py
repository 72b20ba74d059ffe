"""Tax codes computed at once: the library reads its names and places again at each call, 4 ms a code."""

import unicodedata
from datetime import date

_MONTHS = "ABCDEHLMPRST"
_ODD = dict(
    zip(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23),
        strict=True,
    )
)  # fmt: skip
"""Values of the signs in odd places, from the annex of D.M. 23 December 1976."""


def tax_code(*, last_name: str, first_name: str, sex: str, born: date, cadastral_code: str) -> str:
    """The 16 signs of D.M. 23 December 1976; `sex` is "F" or "M", `cadastral_code` that of the birthplace or country."""
    day = born.day + (40 if sex == "F" else 0)
    signs = (
        f"{_last_name(last_name)}{_first_name(first_name)}"
        f"{born.year % 100:02d}{_MONTHS[born.month - 1]}{day:02d}{cadastral_code}"
    )
    return signs + _check_sign(signs)


def _letters(name: str) -> tuple[str, str]:
    plain = [c for c in unicodedata.normalize("NFKD", name.upper()) if "A" <= c <= "Z"]
    return "".join(c for c in plain if c not in "AEIOU"), "".join(c for c in plain if c in "AEIOU")


def _last_name(name: str) -> str:
    consonants, vowels = _letters(name)
    return (consonants + vowels + "XXX")[:3]


def _first_name(name: str) -> str:
    consonants, vowels = _letters(name)
    if len(consonants) > 3:
        consonants = consonants[0] + consonants[2] + consonants[3]
    return (consonants + vowels + "XXX")[:3]


def _check_sign(signs: str) -> str:
    total = sum(
        _ODD[sign] if place % 2 == 0 else (int(sign) if sign.isdigit() else ord(sign) - ord("A"))
        for place, sign in enumerate(signs)
    )
    return chr(ord("A") + total % 26)
