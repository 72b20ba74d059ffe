import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from sportello.reference.engine.linker import Linker
from sportello.reference.models import Occupation, Skill
from sportello.reference.queries import occupation_linker, skill_linker


class Command(BaseCommand):
    help = "Ranks the occupations that free Italian words may mean: one text, or a file with one request a line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", nargs="?", help="what a person would write: «donna delle pulizie»")
        parser.add_argument("--file", help="one request a line, UTF-8; «-» reads the standard input")
        parser.add_argument("--top", type=int, default=10, help="how many occupations a request, at most")
        parser.add_argument("--skills", action="store_true", help="rank the skills too")
        parser.add_argument(
            "--json", "--jsonl", action="store_true", help="one JSON object a request, with all ranks, safe or not"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if (options["text"] is None) == (options["file"] is None):
            raise CommandError(_("Scrivi un testo oppure indica un file con --file."))
        if options["top"] < 1:
            raise CommandError(_("--top vuole un numero da 1 in su."))
        # Taken once: a whole file is answered from one edition of the vocabulary.
        linkers = occupation_linker(), skill_linker() if options["skills"] else None
        answer = _as_json if options["json"] else _told
        with ExitStack() as opened:
            requests = [options["text"]] if options["file"] is None else _decoded(_opened(options["file"], opened))
            for text in requests:
                try:
                    self.stdout.write(answer(text, *linkers, options["top"]))
                except UnicodeEncodeError as error:
                    raise CommandError(_("La risposta non si può scrivere: usa un terminale in UTF-8.")) from error
                # Who asks line by line through a pipe waits for this answer before asking again.
                self.stdout.flush()


def _as_json(text: str, occupations: Linker[Occupation], skills: Linker[Skill] | None, top: int) -> str:
    """All that the request may mean, safe or not, scores with four decimals."""
    answer: dict[str, Any] = {"query": text, "occupations": []}
    for found in occupations.link(text, limit=top):
        job = found.concept
        answer["occupations"].append(
            {"uri": job.uri, "isco": job.isco08, "label": job.label, "score": round(found.score, 4)}
        )
    if skills is not None:
        answer["skills"] = [
            {"uri": found.concept.uri, "label": found.concept.label, "score": round(found.score, 4)}
            for found in skills.link(text, limit=top)
        ]
    return json.dumps(answer, ensure_ascii=False)


def _told(text: str, occupations: Linker[Occupation], skills: Linker[Skill] | None, top: int) -> str:
    """What would be proposed to a person, a line each."""
    jobs = [
        f"{found.score:.2f}  {found.concept.isco08}  {found.concept}" for found in occupations.propose(text, limit=top)
    ]
    lines = jobs or [_("nessuna proposta sicura")]
    if skills is not None:
        known = [f"{found.score:.2f}  {found.concept}" for found in skills.propose(text, limit=top)]
        lines += known or [_("nessuna competenza sicura")]
    return "\n".join([text, *(f"  {line}" for line in lines)])


def _opened(name: str, stack: ExitStack) -> BinaryIO:
    """The file as bytes, closed with the stack; CommandError when it cannot be read."""
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise CommandError(
            _("Non riesco a leggere %(file)s: %(reason)s.") % {"file": name, "reason": error.strerror}
        ) from error


def _decoded(lines: Iterable[bytes]) -> Iterator[str]:
    """Lines as text, less their ends and a byte order mark; CommandError at the first that is not UTF-8."""
    for number, line in enumerate(lines, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise CommandError(
                _("La riga %(number)d non è in UTF-8: salva il file in UTF-8 e riprova.") % {"number": number}
            ) from error
