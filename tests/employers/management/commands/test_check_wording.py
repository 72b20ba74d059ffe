"""The command reads phrases and prints what is unlawful in them."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def run(*args: str, **options: Any) -> str:
    out = StringIO()
    call_command("check_wording", *args, stdout=out, **options)
    return out.getvalue()


def test_each_line_of_a_file_gives_one_line_of_json(tmp_path: Path) -> None:
    phrases = tmp_path / "frasi.txt"
    phrases.write_text("Solo donne\n\nAddetta o addetto\n", "utf-8")
    told = [json.loads(line) for line in run(file=phrases, jsonl=True).splitlines()]
    assert [line["text"] for line in told] == ["Solo donne", "", "Addetta o addetto"]
    assert told[1]["findings"] == told[2]["findings"] == []
    (finding,) = told[0]["findings"]
    assert set(finding) == {"level", "kind", "start", "end", "words", "law", "alternative"}
    assert (finding["level"], finding["kind"], finding["start"], finding["end"]) == ("hard", "sex", 0, 10)


def test_a_text_is_judged_in_words_or_in_json() -> None:
    assert run("Non oltre i 40 anni").startswith("Non oltre i 40 anni\nNon si può scrivere: «Non oltre i 40 anni».")
    assert run("Cercasi commesso").splitlines()[1].startswith("Da motivare: «commesso»")
    assert run("Commessa o commesso") == "Commessa o commesso: nessuna osservazione.\n"
    assert json.loads(run("Commessa o commesso", json=True)) == {"text": "Commessa o commesso", "findings": []}


def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Età massima".encode("latin-1"))
    with pytest.raises(CommandError, match="non è in UTF-8"):
        run(file=latin)
    with pytest.raises(CommandError, match="non si può leggere"):
        run(file=tmp_path / "manca.txt")
    with pytest.raises(CommandError, match="Scrivi un testo"):
        run()
