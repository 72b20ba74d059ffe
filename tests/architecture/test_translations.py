"""The English catalogue is complete, keeps what the program fills in, and reaches the reader who asks for English."""

import re
import shutil
from datetime import date
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override
from pytest_django import Settings

LOCALE = Path(settings.BASE_DIR) / "locale"
CATALOGUE = polib.pofile(str(LOCALE / "en" / "LC_MESSAGES" / "django.po"))
FILLED_IN = re.compile(r"%\(\w+\)[a-z]|%[a-z%]|\{\w*\}|</?\w[^>]*>")
"""What the program or the browser reads inside a text: printf and brace placeholders, HTML tags."""


def test_every_text_is_translated_and_reviewed() -> None:
    assert len(CATALOGUE) > 0
    assert [entry.msgid for entry in CATALOGUE if not entry.translated() or entry.fuzzy] == []
    assert [entry.msgid for entry in CATALOGUE if entry.obsolete] == []


def test_every_text_of_the_code_is_in_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`make messages` on a copy of the tree finds nothing new and nothing gone."""
    for room in ["sportello", "candidates", "employers", "matching", "reports", "templates", "locale"]:
        shutil.copytree(
            settings.BASE_DIR / room, tmp_path / room, ignore=shutil.ignore_patterns("*.mo", "data", "__pycache__")
        )
    monkeypatch.chdir(tmp_path)
    call_command("makemessages", locale=["en"], no_obsolete=True, no_wrap=True, verbosity=0)
    collected = polib.pofile(str(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    assert {_key(entry) for entry in collected} == {_key(entry) for entry in CATALOGUE}


def test_italian_dates_are_written_as_inside_a_sentence() -> None:
    assert date_format(date(2026, 11, 22), "l j F Y") == "domenica 22 novembre 2026"
    with override("en"):
        assert date_format(date(2026, 11, 22), "l j F Y") == "Sunday 22 November 2026"


def test_placeholders_and_tags_are_the_same_on_both_sides() -> None:
    different = [
        (source, target)
        for entry in CATALOGUE
        for source, target in _pairs(entry)
        if sorted(FILLED_IN.findall(source)) != sorted(FILLED_IN.findall(target))
    ]
    assert different == []


def test_every_plural_has_its_two_forms() -> None:
    counted = [entry for entry in CATALOGUE if entry.msgid_plural]
    assert counted
    assert {tuple(sorted(entry.msgstr_plural)) for entry in counted} == {(0, 1)}


def test_header_says_the_plural_rule_and_nothing_that_changes_by_itself() -> None:
    assert CATALOGUE.metadata["Plural-Forms"] == "nplurals=2; plural=(n != 1);"
    assert CATALOGUE.metadata["Language"] == "en"
    assert "POT-Creation-Date" not in CATALOGUE.metadata
    assert not CATALOGUE.metadata_is_fuzzy


def test_references_are_paths_of_the_repository() -> None:
    paths = {path for entry in CATALOGUE for path, _line in entry.occurrences}
    assert {path for path in paths if Path(path).is_absolute() or path.startswith(("..", "tests/", "var/"))} == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "language", "greeting"),
    [
        ("en", "en", "Are you looking for a job close to home?"),
        ("en-GB,en;q=0.9,it;q=0.5", "en", "Are you looking for a job close to home?"),
        ("it", "it", "Cerchi lavoro vicino a casa?"),
        ("fr", "it", "Cerchi lavoro vicino a casa?"),
        (None, "it", "Cerchi lavoro vicino a casa?"),
    ],
)
def test_home_speaks_the_language_of_the_reader(
    asked: str | None, language: str, greeting: str, tmp_path: Path, settings: Settings
) -> None:
    shutil.copytree(LOCALE, tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    call_command("compile_translations")
    page = Client().get(reverse("public_home"), headers={"Accept-Language": asked} if asked else None)
    text = page.content.decode()
    assert re.findall(r'<html lang="([^"]*)"', text) == [language]
    assert re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", text) == [greeting]


def _key(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    """Source and translation of each form of the entry."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
