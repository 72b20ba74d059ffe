import json
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from employers.engine.wording import HARD, Finding
from employers.rules import wording_findings

FIELDS = ("level", "kind", "start", "end", "words", "law", "alternative")


class Command(BaseCommand):
    help = "Looks for unlawful wording in a text, or in a file with one phrase a line."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?")
        parser.add_argument("--file", type=Path, help="UTF-8, one phrase a line")
        parser.add_argument("--jsonl", action="store_true", help="one JSON object a line")
        parser.add_argument("--json", action="store_true", help="the same for the text given")

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["text"] is None) == (options["file"] is None):
            raise CommandError(_("Scrivi un testo, oppure indica un file con --file."))
        lines = [options["text"]] if options["file"] is None else _lines(options["file"])
        for line in lines:
            found = wording_findings(line)
            if options["json"] or options["jsonl"]:
                told = {"text": line, "findings": [{name: getattr(f, name) for name in FIELDS} for f in found]}
                self.stdout.write(json.dumps(told, ensure_ascii=False))
            else:
                self.stdout.write("\n".join(_sentences(line, found)))


def _lines(path: Path) -> list[str]:
    """The phrases of the file, without their line ends. Raises CommandError with a sentence that says what to do."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(_("Il file %s non è in UTF-8: salvalo con questa codifica.") % path) from error
    except OSError as error:
        raise CommandError(_("Il file %s non si può leggere: controlla il nome e i permessi.") % path) from error
    lines = text.split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def _sentences(line: str, found: Iterable[Finding]) -> list[str]:
    told = [
        _("%(level)s: «%(words)s». %(explanation)s %(law)s. Invece: %(alternative)s")
        % {
            "level": _("Non si può scrivere") if finding.level == HARD else _("Da motivare"),
            "words": finding.words,
            "explanation": finding.explanation,
            "law": finding.law,
            "alternative": finding.alternative,
        }
        for finding in found
    ]
    return [line, *told] if told else [_("%s: nessuna osservazione.") % line]
