"""The files of an ESCO archive are found wherever they lie, and the newest release has the last word."""

from pathlib import Path

import pytest

from sportello.reference.services.esco_archive import EscoError, find_archive, read_concepts

COLUMNS = "conceptUri,iscoGroup,preferredLabel,altLabels,description\n"


def _write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(COLUMNS + "\n".join(lines), "utf-8-sig")


def test_releases_and_languages_are_told_by_folder_and_file_name(tmp_path: Path) -> None:
    italian = tmp_path / "ESCO dataset - v1.10.0 - classification - it - csv" / "occupations_it.csv"
    english = tmp_path / "v1.9.2" / "deep" / "occupations_en.csv"
    _write(italian)
    _write(english)
    (tmp_path / "occupations_fr.csv").write_text(COLUMNS, "utf-8")
    archive = find_archive(tmp_path)
    assert archive.files["occupations"] == {((1, 10, 0), "it"): italian, ((1, 9, 2), "en"): english}
    assert archive.newest == (1, 10, 0)
    assert archive.newest_of("occupations") == italian
    assert archive.newest_of("skills") is None


def test_the_newest_release_has_the_last_word_in_each_language(tmp_path: Path) -> None:
    _write(tmp_path / "v1.0" / "occupations_it.csv", "urn:a,1111,vecchio,uno,Antica.")
    _write(tmp_path / "v2.0" / "it" / "occupations_it.csv", 'urn:a,2222,nuovo,"due\ntre",Recente.')
    _write(tmp_path / "v1.5" / "occupations_en.csv", "urn:a,3333,old,,Ancient.")
    concept = read_concepts(find_archive(tmp_path), "occupations")["urn:a"]
    assert (concept.release, concept.group, concept.label) == ((2, 0), "2222", "nuovo")
    assert concept.names == {"it": ("nuovo", ["due", "tre"]), "en": ("old", [])}
    assert concept.description == "Recente."


def test_a_folder_without_esco_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EscoError, match="non ci sono file ESCO"):
        find_archive(tmp_path)
