"""The wording check: every entry on its own examples, whole lists of phrases, and what must hold of any text."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from employers.engine.wording import HARD, LAWFUL, LEVELS, Entry, LexiconError, check, load_lexicon

DATA = Path(__file__).parents[3] / "employers" / "data"
PHRASES = Path(__file__).parents[1] / "data"
LEXICON = load_lexicon(DATA)
ENTRIES = [pytest.param(entry, id=entry.code) for entry in LEXICON.entries]
FROM_TITLES = {"titolo_maschile", "titolo_femminile"}


def level_of(text: str) -> str:
    """The hardest level found, or lawful."""
    return min((finding.level for finding in check(text, LEXICON)), key=LEVELS.index, default=LAWFUL)


@pytest.mark.parametrize("entry", ENTRIES)
def test_every_entry_finds_its_examples_and_not_its_counterexamples(entry: Entry) -> None:
    codes = {text: {f.code for f in check(text, LEXICON)} for text in (*entry.examples_for, *entry.examples_against)}
    if entry.level == LAWFUL:
        assert [text for text in entry.examples_for if codes[text]] == []
        assert [text for text in entry.examples_against if entry.regex.search(text.lower())] == []
    else:
        assert [text for text in entry.examples_for if LEVELS.index(level_of(text)) > LEVELS.index(entry.level)] == []
        assert [text for text in entry.examples_against if entry.code in codes[text]] == []
        assert entry.law
        assert entry.alternative
        assert entry.examples_for or entry.code in FROM_TITLES


@pytest.mark.parametrize("name", ["wording_development.csv", "wording_held_out.csv"])
def test_lists_of_phrases_are_judged_as_the_law_judges_them(name: str) -> None:
    with (PHRASES / name).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) > 160
    assert [(row["level"], row["text"]) for row in rows if level_of(row["text"]) != row["level"]] == []


def test_lawful_phrases_stay_lawful_side_by_side() -> None:
    with (PHRASES / "wording_held_out.csv").open(encoding="utf-8", newline="") as lines:
        lawful = [row["text"] for row in csv.DictReader(lines) if row["level"] == LAWFUL]
    assert check(".\n".join(lawful), LEXICON) == []


def test_a_finding_names_the_words_as_they_were_written() -> None:
    text = "Mansioni varie. CERCASI  Ragàzza, max 30 anni!"
    found = check(text, LEXICON)
    assert [(f.kind, f.level, f.words) for f in found] == [
        ("sex", HARD, "CERCASI  Ragàzza"),
        ("age", HARD, "max 30 anni"),
    ]
    assert all(text[f.start : f.end] == f.words for f in found)


def test_a_title_of_one_gender_is_proposed_in_both() -> None:
    (his,) = check("Cercasi commesso", LEXICON)
    (hers,) = check("Cercasi commessa", LEXICON)
    assert (his.level, hers.level) == ("soft", "hard")
    assert his.alternative == hers.alternative == "«commessa o commesso»"
    for text in ("Commessa o commesso", "Commesso/a", "Commess*", "Commessə", "Commesso (m/f)", "Cuoche e cuochi"):
        assert check(text, LEXICON) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "·…", "İ", "e\u0301ta\u0300"])
def test_a_text_without_words_has_no_findings(text: str) -> None:
    assert check(text, LEXICON) == []


@given(st.text(max_size=60), st.sampled_from(["solo donne", "max 30 anni", "no stranieri", "bella presenza"]))
def test_a_forbidden_sentence_is_found_after_any_other(before: str, unlawful: str) -> None:
    text = f"{before}\n{unlawful}"
    found = check(text, LEXICON)
    assert all(text[f.start : f.end] == f.words for f in found)
    assert any(f.level == HARD and f.end > len(before) for f in found)


def test_accents_case_and_composition_do_not_matter() -> None:
    written = ("Età massima 30 anni", "ETÀ MASSIMA 30 ANNI", "Eta\u0300 massima 30 anni", "eta'  massima\t30 anni")
    assert {tuple(f.code for f in check(text, LEXICON)) for text in written} == {("eta_numero",)}


def lexicon_folder(folder: Path, *, pattern: str = "prova", level: str = HARD) -> Path:
    (folder / "wording_words.csv").write_text("name,pattern,note\nnum,3,\n", "utf-8")
    (folder / "wording_titles.csv").write_text("masculine,feminine,other_sense\n", "utf-8")
    head = "code,kind,level,pattern,law,alternative,explanation,examples_for,examples_against"
    (folder / "wording.csv").write_text(f"{head}\nvoce,sex,{level},{pattern},art. 1,altro,perché,,\n", "utf-8")
    return folder


@pytest.mark.parametrize("wrong", [{"pattern": "{ignoto}"}, {"pattern": "(aperta"}, {"level": "forse"}])
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, wrong: dict[str, str]) -> None:
    with pytest.raises(LexiconError, match="voce"):
        load_lexicon(lexicon_folder(tmp_path, **wrong))
