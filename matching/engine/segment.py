"""A segment: the columns of everybody at one moment, in files that are never changed, only replaced.

`folder/CURRENT` names the segment in use; `folder/<name>/` holds one `.npy` file a column and `manifest.json`, with a checksum of each.
Processes map the files, so that one machine holds them in memory once.
"""

import fcntl
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import numpy.typing as npt

from matching.engine.columns import People, frozen
from matching.engine.scoring import ENGINE_VERSION
from matching.engine.vocabulary import Vocabulary

_SMALL = 4096
"""Files up to this size are read: an empty one cannot be mapped."""

_IDS = ("skills", "occupations", "languages", "licences", "contracts")


class NoSegmentError(Exception):
    """There is no segment to use: none was made, or what is there is broken or of another engine."""


@dataclass(frozen=True)
class Origin:
    """What a segment was made from: the database, what it had committed (`pg_snapshot`), the day, the edition of the words.

    `transaction` is the one that made it, when there was one: its later changes are not in it.
    """

    database: str
    snapshot: str
    transaction: int
    day: str
    taxonomy: str


@dataclass(frozen=True)
class Segment:
    """An open segment."""

    name: str
    origin: Origin
    vocabulary: Vocabulary
    people: People


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """One process of the machine at a time; the others wait. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_segment(folder: Path, origin: Origin, vocabulary: Vocabulary, people: People) -> str:
    """Write the files, then make them the current segment and remove the others; only inside `building`. Returns the name."""
    name = str(uuid4())
    draft = folder / f"{name}.draft"
    draft.mkdir()
    columns: dict[str, npt.NDArray[Any]] = {
        **people._asdict(),
        **{f"word_{key}": _bytes(getattr(vocabulary, key)) for key in _IDS},
        "word_weights": vocabulary.weights,
        "word_proximity": vocabulary.proximity,
    }
    for key, column in columns.items():
        np.save(draft / f"{key}.npy", column)
    manifest = {
        "engine": ENGINE_VERSION,
        "origin": asdict(origin),
        "vocabulary": vocabulary.digest,
        "people": people.size,
        "checksums": {key: _checksum(draft / f"{key}.npy") for key in columns},
    }
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=1))
    draft.rename(folder / name)
    pointer = folder / "CURRENT.draft"
    pointer.write_text(name)
    pointer.replace(folder / "CURRENT")
    for other in folder.iterdir():
        # Processes that have mapped an older one keep what they see; drafts are of builders that died.
        if other.is_dir() and other.name != name and (other.name.endswith(".draft") or _is_name(other.name)):
            shutil.rmtree(other)
    return name


def open_segment(folder: Path) -> Segment:
    """The current segment, every file checked the first time a process opens it. Raises NoSegmentError."""
    for attempt in (1, 2):
        try:
            return _open(folder, (folder / "CURRENT").read_text())
        except FileNotFoundError:
            if attempt == 2:  # else it was replaced between the two readings
                raise NoSegmentError("absent") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise NoSegmentError("unreadable") from error
    raise AssertionError("unreachable")


@lru_cache(maxsize=1)
def _open(folder: Path, name: str) -> Segment:
    manifest = json.loads((folder / name / "manifest.json").read_text())
    if manifest["engine"] != ENGINE_VERSION:
        raise ValueError("written by another engine")
    columns = {key: _column(folder / name / f"{key}.npy", digest) for key, digest in manifest["checksums"].items()}
    return Segment(
        name=name,
        origin=Origin(**{field.name: manifest["origin"][field.name] for field in fields(Origin)}),
        vocabulary=Vocabulary(
            **{key: tuple(UUID(bytes=pk.tobytes()) for pk in columns[f"word_{key}"]) for key in _IDS},
            weights=columns["word_weights"],
            proximity=columns["word_proximity"],
        ),
        people=frozen(People(*(columns[key] for key in People._fields))),
    )


def _column(path: Path, digest: str) -> npt.NDArray[Any]:
    if _checksum(path) != digest:
        raise ValueError(f"{path.name} is not what was written")
    column = np.load(path, mmap_mode="r" if path.stat().st_size > _SMALL else None).view(np.ndarray)
    column.flags.writeable = False
    return column  # type: ignore[no-any-return]


def _checksum(path: Path) -> str:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _bytes(ids: tuple[UUID, ...]) -> npt.NDArray[np.uint8]:
    return np.frombuffer(b"".join(pk.bytes for pk in ids), np.uint8).reshape(len(ids), 16)


def _is_name(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True
