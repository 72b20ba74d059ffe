"""The status from the shell: data out, or one sentence."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sportello.reference.models import RuleParameter

pytestmark = pytest.mark.usefixtures("vocabulary")

LIFE = [
    {"kind": "did", "on": "2025-01-01"},
    {"kind": "job", "from": "2025-03-01", "to": "2025-03-31", "yearly_pay": 20000},
]


def answer(path: Path, *options: str) -> str:
    out = StringIO()
    call_command("unemployment_status", "--events", str(path), *options, stdout=out)
    return out.getvalue()


def test_it_answers_in_data_and_in_words(tmp_path: Path) -> None:
    path = tmp_path / "vita.json"
    path.write_text(json.dumps(LIFE))
    data = json.loads(answer(path, "--on", "2025-12-31", "--json"))
    assert (data["state"], data["seniority_days"], data["suspended_days"]) == ("active", 334, 31)
    assert data["long_term"]["gol_long_term_unemployed_days"]["met"] is True
    assert data["long_term"]["long_term_unemployed_days"] == {
        "met": False,
        "counted": 334,
        "needed": 366,
        "from": "2026-02-01",
        "citation": data["long_term"]["long_term_unemployed_days"]["citation"],
    }
    assert "Giorni che contano: 334." in answer(path, "--on", "2025-12-31")


@pytest.mark.parametrize(
    ("text", "day", "sentence"),
    [
        ('[{"kind": "did"}]', "2025-01-01", "Evento 1. Manca il giorno «on»."),
        ("{", "2025-01-01", "non è JSON"),
        ("[" * 100_000, "2025-01-01", "non è JSON"),
        ("[]", "domani", "«domani» non è un giorno"),
    ],
)
def test_bad_input_is_one_sentence(tmp_path: Path, text: str, day: str, sentence: str) -> None:
    path = tmp_path / "vita.json"
    path.write_text(text)
    with pytest.raises(CommandError, match=sentence.replace("«", "").split("»")[0][:25].replace(".", r"\.")):
        answer(path, "--on", day)


def test_a_missing_file_and_missing_rules_are_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="non si può leggere"):
        answer(tmp_path / "nessuno.json")
    path = tmp_path / "vita.json"
    path.write_text("[]")
    RuleParameter.objects.all().delete()
    with pytest.raises(CommandError, match="load_reference"):
        answer(path)
