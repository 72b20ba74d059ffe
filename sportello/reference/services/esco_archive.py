"""Reads the CSV files of an ESCO archive as the European Commission publishes them.

`occupations_it.csv`, `skills_en.csv`, ... stand in folders whose name tells the version
("ESCO dataset - v1.2.0 - classification - it - csv"); any number of versions and languages may lie side by side.
"""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from sportello.reference.enums import SkillKind

_FILE = re.compile(r"^(occupations|skills|ISCOGroups|occupationSkillRelations)_([a-z]{2})\.csv$")
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")
KINDS = ("occupations", "skills", "ISCOGroups", "occupationSkillRelations")

Release = tuple[int, ...]


class EscoError(ValueError):
    """The folder holds nothing that can be loaded; the message says why, in Italian, for the person who runs the command."""


@dataclass
class Concept:
    """An occupation or a skill as its newest release has it; `names` maps a language to preferred and other names."""

    release: Release
    group: str
    names: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    description: str = ""

    @property
    def label(self) -> str:
        names = self.names.get("it") or self.names.get("en") or next(iter(self.names.values()))
        return names[0]


@dataclass(frozen=True)
class Archive:
    """Files found: kind -> (release, language) -> path."""

    files: dict[str, dict[tuple[Release, str], Path]]

    @property
    def newest(self) -> Release:
        return max(release for found in self.files.values() for release, language in found)

    def languages(self, kind: str) -> set[str]:
        return {language for release, language in self.files[kind]}

    def newest_of(self, kind: str) -> Path | None:
        """File of the newest release, the Italian one if there is a choice."""
        found = self.files[kind]
        return found[max(found, key=lambda item: (item[0], item[1] == "it", item[1] == "en"))] if found else None


def find_archive(folder: Path) -> Archive:
    """Files of ESCO under `folder`. Raises EscoError when there is neither an occupation nor a skill file."""
    archive = Archive({kind: {} for kind in KINDS})
    for path in sorted(folder.rglob("*.csv")):
        named = _FILE.match(path.name)
        release = next((found for part in reversed(path.parts) if (found := _VERSION.search(part))), None)
        if named and release:
            kind, language = named.groups()
            archive.files[kind][tuple(map(int, release[1].split("."))), language] = path
    if not (archive.files["occupations"] or archive.files["skills"]):
        raise EscoError(
            _("In %(folder)s non ci sono file ESCO in cartelle con la versione nel nome (per esempio v1.2.0)")
            % {"folder": folder}
        )
    return archive


def read_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of one file by column name."""
    # ESCO's descriptions pass the csv module's default limit of 128 kB a field in some languages.
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def read_concepts(archive: Archive, kind: str) -> dict[str, Concept]:
    """Concepts by URI; older files first, so that the newest release has the last word in each language."""
    concepts: dict[str, Concept] = {}
    for (release, language), path in sorted(archive.files[kind].items()):
        for row in read_rows(path):
            group = row["iscoGroup"] if kind == "occupations" else _skill_kind(row)
            concept = concepts.setdefault(row["conceptUri"], Concept(release, group))
            concept.release, concept.group = release, group
            others = [name.strip() for name in row["altLabels"].split("\n") if name.strip()]
            concept.names[language] = (row["preferredLabel"].strip(), others)
            if language == "it":
                concept.description = row["description"].strip()
    return concepts


def _skill_kind(row: dict[str, str]) -> SkillKind:
    if row["reuseLevel"] == "transversal":
        return SkillKind.TRANSVERSAL
    return SkillKind.KNOWLEDGE if row["skillType"] == "knowledge" else SkillKind.SKILL
