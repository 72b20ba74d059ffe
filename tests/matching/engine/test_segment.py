"""Segments: what was written is read, what is not whole is refused."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from matching.engine.columns import people_columns
from matching.engine.scoring import make_pool, rank_people
from matching.engine.segment import NoSegmentError, Origin, Segment, building, open_segment, write_segment
from tests.support.engine import FIT, JOB, LANGUAGES, TODAY, VOCABULARY

ORIGIN = Origin("a database", "10:12:11", 0, TODAY.isoformat(), "curated test")


def write(folder: Path, size: int = 1) -> str:
    crowd = [replace(FIT, id=type(FIT.id)(int=number + 1)) for number in range(size)]
    with building(folder):
        return write_segment(folder, ORIGIN, VOCABULARY, people_columns(crowd, VOCABULARY))


def folders(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir() if entry.is_dir()}


@pytest.mark.parametrize("size", [0, 1, 3000])
def test_what_was_written_is_read_and_ranked_the_same(tmp_path: Path, size: int) -> None:
    name = write(tmp_path, size)
    found: Segment = open_segment(tmp_path)
    assert (found.name, found.origin, found.vocabulary.digest) == (name, ORIGIN, VOCABULARY.digest)
    assert found.vocabulary.languages == tuple(LANGUAGES)
    crowd = [replace(FIT, id=type(FIT.id)(int=number + 1)) for number in range(size)]
    written = people_columns(crowd, VOCABULARY)
    for column in written._fields:
        assert np.array_equal(getattr(written, column), getattr(found.people, column)), column
        assert not getattr(found.people, column).flags.writeable
    answers = [
        rank_people(make_pool(vocabulary, people, [], []), JOB, today=TODAY, most=50)
        for vocabulary, people in ((VOCABULARY, written), (found.vocabulary, found.people))
    ]
    assert answers[0] == answers[1]
    assert answers[0].considered == size


def test_a_new_segment_replaces_the_old_and_leaves_it_to_who_has_it_open(tmp_path: Path) -> None:
    write(tmp_path, 3000)
    old = open_segment(tmp_path)
    new = write(tmp_path, 2)
    assert folders(tmp_path) == {new}
    assert open_segment(tmp_path).people.size == 2
    assert old.people.reach_m.tolist() == [20_000] * 3000


def test_the_draft_of_a_dead_builder_goes_and_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "0c25a0c1-0000-4000-8000-000000000000.draft").mkdir()
    (tmp_path / "kernels").mkdir()
    assert folders(tmp_path / ".") == {"kernels", "0c25a0c1-0000-4000-8000-000000000000.draft"}
    name = write(tmp_path)
    assert folders(tmp_path) == {"kernels", name}


def test_nothing_written_is_no_segment(tmp_path: Path) -> None:
    with pytest.raises(NoSegmentError):
        open_segment(tmp_path)


@pytest.mark.parametrize("column", ["skill", "waiting", "word_proximity"])
def test_a_column_that_changed_is_refused(tmp_path: Path, column: str) -> None:
    path = tmp_path / write(tmp_path) / f"{column}.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(NoSegmentError):
        open_segment(tmp_path)


@pytest.mark.parametrize(
    "harm",
    [
        lambda folder: (folder / "years.npy").unlink(),
        lambda folder: (folder / "manifest.json").write_text("{"),
        lambda folder: (folder / "manifest.json").unlink(),
    ],
    ids=["a column is gone", "half a manifest", "no manifest"],
)
def test_half_a_segment_is_refused(tmp_path: Path, harm: object) -> None:
    harm(tmp_path / write(tmp_path))  # type: ignore[operator]
    with pytest.raises(NoSegmentError):
        open_segment(tmp_path)


def test_a_segment_of_another_engine_is_refused(tmp_path: Path) -> None:
    path = tmp_path / write(tmp_path) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"engine": "0.1"}))
    with pytest.raises(NoSegmentError):
        open_segment(tmp_path)
