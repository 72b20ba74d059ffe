"""Free text at the terminal, one request or a file of them."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.usefixtures("vocabulary")


def told(*arguments: str, **options: Any) -> list[str]:
    out = io.StringIO()
    call_command("link", *arguments, stdout=out, **options)
    return out.getvalue().splitlines()


def asked(folder: Path, content: bytes) -> str:
    path = folder / "richieste.txt"
    path.write_bytes(content)
    return str(path)


def test_a_text_is_answered_with_what_would_be_proposed() -> None:
    assert told("muratore", "--top", "1") == ["muratore", "  1.00  7112  muratore/trice"]
    assert told("cerco qualsiasi lavoro") == ["cerco qualsiasi lavoro", "  nessuna proposta sicura"]


def test_skills_are_told_on_request() -> None:
    assert told("haccp", "--skills", "--top", "1")[2:] == ["  1.00  HACCP e igiene degli alimenti"]
    assert told("xyzzy qwerty", "--skills")[1:] == ["  nessuna proposta sicura", "  nessuna competenza sicura"]


def test_json_gives_every_rank_safe_or_not() -> None:
    (line,) = told("giratubi", "--json", "--skills", "--top", "3")
    answer = json.loads(line)
    assert list(answer) == ["query", "occupations", "skills"]
    assert answer["query"] == "giratubi"
    assert [list(found) for found in answer["occupations"]] == [["uri", "isco", "label", "score"]] * 3
    assert [list(found) for found in answer["skills"]] == [["uri", "label", "score"]] * len(answer["skills"])


def test_a_file_gives_one_line_a_request_in_its_order(tmp_path: Path) -> None:
    path = asked(tmp_path, "\ufeffmuratrice\r\n\n  \nOSS\nmuratore".encode())
    answers = [json.loads(line) for line in told("--file", path, "--top", "50", "--jsonl")]
    assert [answer["query"] for answer in answers] == ["muratrice", "", "  ", "OSS", "muratore"]
    assert [found["isco"] for answer in answers for found in answer["occupations"][:1]] == ["7112", "5321", "7112"]
    assert [len(answer["occupations"]) for answer in answers[1:3]] == [0, 0]
    assert [len(answer["occupations"]) for answer in answers if len(answer["occupations"]) > 50] == []


def test_the_standard_input_is_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"muratore\n")))
    assert told("--file", "-", "--top", "1") == ["muratore", "  1.00  7112  muratore/trice"]


def test_lines_before_a_wrong_one_are_answered_and_the_wrong_one_is_named(tmp_path: Path) -> None:
    out = io.StringIO()
    path = asked(tmp_path, b"muratore\nperch\xe9\n")
    with pytest.raises(CommandError, match=r"^La riga 2 non è in UTF-8: salva il file in UTF-8 e riprova\.$"):
        call_command("link", "--file", path, "--jsonl", stdout=out)
    assert [json.loads(line)["query"] for line in out.getvalue().splitlines()] == ["muratore"]


def test_a_terminal_that_cannot_write_is_told_in_one_sentence() -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with pytest.raises(CommandError, match=r"^La risposta non si può scrivere: usa un terminale in UTF-8\.$"):
        call_command("link", "perché", "--json", stdout=out)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({}, "Scrivi un testo oppure indica un file con --file."),
        ({"text": "cuoco", "file": "richieste.txt"}, "Scrivi un testo oppure indica un file con --file."),
        ({"text": "cuoco", "top": 0}, "--top vuole un numero da 1 in su."),
        ({"file": "/non-esiste"}, "Non riesco a leggere /non-esiste: No such file or directory."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(options: dict[str, Any], sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("link", **options)
    assert str(refused.value) == sentence
