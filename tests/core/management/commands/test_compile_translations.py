import gettext
import os
from pathlib import Path

from django.core.management import call_command
from pytest_django import Settings

CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Sì"\nmsgstr "%s"\n'


def test_what_changed_is_compiled_and_the_rest_left(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [tmp_path]
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source, compiled = folder / "django.po", folder / "django.mo"
    source.write_text(CATALOGUE % "Yes")
    call_command("compile_translations")
    assert _translated(compiled) == "Yes"
    os.utime(source, (1, 1))
    source_time = compiled.stat().st_mtime_ns
    call_command("compile_translations")
    assert compiled.stat().st_mtime_ns == source_time
    source.write_text(CATALOGUE % "Certainly")
    os.utime(compiled, (1, 1))
    call_command("compile_translations")
    assert _translated(compiled) == "Certainly"


def _translated(compiled: Path) -> str:
    with compiled.open("rb") as file:
        return gettext.GNUTranslations(file).gettext("Sì")
