"""Loads an official ESCO archive (CSV) beside the curated vocabulary, joined by URI.

Files are read as the European Commission publishes them: `occupations_it.csv`, `skills_en.csv`, ... in folders whose
name tells the version ("ESCO dataset - v1.2.0 - classification - it - csv"). What stays curated keeps our names.
"""

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from django.db import connection, transaction
from psycopg import sql

from sportello.core.text import search_key, sort_key
from sportello.reference.enums import LabelKind, SkillKind, TaxonomySource
from sportello.reference.models import TaxonomyVersion
from sportello.reference.rules import shown_label

_FILE = re.compile(r"^(occupations|skills|ISCOGroups|occupationSkillRelations)_([a-z]{2})\.csv$")
_VERSION = re.compile(r"v(\d+(?:\.\d+)+)")
_KINDS = ("occupations", "skills", "ISCOGroups", "occupationSkillRelations")

Release = tuple[int, ...]
Row = tuple[object, ...]


class EscoError(ValueError):
    """The folder holds nothing that can be loaded; the message says why, in Italian, for the person who runs the command."""


@dataclass(frozen=True)
class EscoReport:
    """What a load did: rows now in the tables, concepts retired, and in Italian what the archive lacks."""

    version: str
    occupations: int
    skills: int
    labels: int
    links: int
    retired: int
    missing: tuple[str, ...]


@dataclass
class _Concept:
    """An occupation or a skill as its newest release has it; `names` maps a language to preferred and other names."""

    release: Release
    group: str
    names: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    description: str = ""

    @property
    def label(self) -> str:
        preferred, _ = self.names.get("it") or self.names.get("en") or next(iter(self.names.values()))
        return preferred


@dataclass(frozen=True)
class _Archive:
    """Files found: kind -> (release, language) -> path."""

    files: dict[str, dict[tuple[Release, str], Path]]

    @property
    def newest(self) -> Release:
        return max(release for found in self.files.values() for release, _ in found)

    def languages(self, kind: str) -> set[str]:
        return {language for _, language in self.files[kind]}

    def newest_of(self, kind: str) -> Path | None:
        """File of the newest release, the Italian one if there is a choice."""
        found = self.files[kind]
        return found[max(found, key=lambda item: (item[0], item[1] == "it", item[1] == "en"))] if found else None


def load_esco(*, folder: Path, dry_run: bool = False) -> EscoReport:
    """Load all releases and languages under `folder` in one transaction; may be repeated.

    The newest release is the current one; concepts that only older ones have are kept as retired. With `dry_run`
    everything is done and rolled back. Raises EscoError when the folder has no ESCO file or an older release than ours.
    """
    archive = _find(folder)
    occupations = _read_concepts(archive, "occupations")
    skills = _read_concepts(archive, "skills")
    with transaction.atomic():
        versions = _record_versions(archive)
        retired = _merge_concepts("occupation", archive, occupations, versions)
        retired += _merge_concepts("skill", archive, skills, versions)
        labels = _merge_labels("occupation", archive, occupations) + _merge_labels("skill", archive, skills)
        links, unknown = _merge_links(archive, occupations, skills)
        _merge_groups(archive)
        report = EscoReport(
            version=".".join(map(str, archive.newest)),
            occupations=len(occupations),
            skills=len(skills),
            labels=labels,
            links=links,
            retired=retired,
            missing=tuple(_missing(archive, occupations, skills, unknown)),
        )
        transaction.set_rollback(dry_run)
    return report


def _find(folder: Path) -> _Archive:
    archive = _Archive({kind: {} for kind in _KINDS})
    for path in sorted(folder.rglob("*.csv")):
        named = _FILE.match(path.name)
        release = next((found for part in reversed(path.parts) if (found := _VERSION.search(part))), None)
        if named and release:
            kind, language = named.groups()
            archive.files[kind][tuple(map(int, release[1].split("."))), language] = path
    if not (archive.files["occupations"] or archive.files["skills"]):
        raise EscoError(f"In {folder} non ci sono file ESCO in cartelle con la versione nel nome (per esempio v1.2.0)")
    return archive


def _rows(path: Path) -> Iterator[dict[str, str]]:
    # ESCO's descriptions pass the csv module's default limit of 128 kB a field in some languages.
    csv.field_size_limit(sys.maxsize)
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def _read_concepts(archive: _Archive, kind: str) -> dict[str, _Concept]:
    """Concepts by URI; older files first, so that the newest release has the last word in each language."""
    concepts: dict[str, _Concept] = {}
    for (release, language), path in sorted(archive.files[kind].items()):
        for row in _rows(path):
            group = row["iscoGroup"] if kind == "occupations" else _skill_kind(row)
            concept = concepts.setdefault(row["conceptUri"], _Concept(release, group))
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


def _record_versions(archive: _Archive) -> dict[Release, UUID]:
    loaded = TaxonomyVersion.objects.filter(source=TaxonomySource.ESCO)
    newer = [v.version for v in loaded if tuple(map(int, v.version.split("."))) > archive.newest]
    if newer:
        raise EscoError(f"Nel portale c'è già ESCO {max(newer)}, più recente di questo archivio")
    versions = {}
    for release in {release for found in archive.files.values() for release, _ in found}:
        version, _ = TaxonomyVersion.objects.update_or_create(
            source=TaxonomySource.ESCO,
            version=".".join(map(str, release)),
            defaults={"is_current": release == archive.newest},
        )
        versions[release] = version.pk
    loaded.exclude(pk=versions[archive.newest]).update(is_current=False)
    return versions


def _both_genders(label: str) -> tuple[str, str]:
    """ESCO writes "cuoco/cuoca" in Italian; one form alone serves both."""
    his, _, hers = label.partition("/")
    return his.strip(), hers.strip() or his.strip()


def _merge_concepts(
    table: Literal["occupation", "skill"],
    archive: _Archive,
    concepts: dict[str, _Concept],
    versions: dict[Release, UUID],
) -> int:
    """Insert or refresh the concepts; curated rows keep our names and only gain a description. Returns the retired."""
    if not concepts:
        return 0
    newest = max(release for release, _ in archive.files[f"{table}s"])
    own = ("isco08", "label_masculine", "label_feminine") if table == "occupation" else ("kind",)
    columns = ("uri", "code", *own, "label", "sort_key", "description", "version_id", "retired_in_id")
    rows: list[Row] = []
    for uri, concept in concepts.items():
        special: Row = (concept.group,)
        label = concept.label
        if table == "occupation":
            his, hers = _both_genders(label)
            special, label = (concept.group, his, hers), shown_label(his, hers)
        rows.append(
            (
                uri,
                f"esco-{re.split('[/:]', uri)[-1]}",
                *special,
                label,
                sort_key(label),
                concept.description,
                versions[concept.release],
                None if concept.release == newest else versions[newest],
            )
        )
    target = f"reference_{table}"
    _copy("esco_concept", target, columns, rows)
    curated = "version_id IN (SELECT id FROM reference_taxonomyversion WHERE source = 'curated')"
    refreshed = sql.SQL(", ").join(
        sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column))
        for column in columns
        if column not in ("uri", "code")
    )
    names = {"target": sql.Identifier(target), "columns": _identifiers(columns), "curated": sql.SQL(curated)}
    _run(
        "INSERT INTO {target} (id, {columns}) SELECT gen_random_uuid(), {columns} FROM esco_concept "
        "ON CONFLICT (uri) DO UPDATE SET {refreshed} WHERE {target}.{curated}",
        **{**names, "refreshed": refreshed, "curated": sql.SQL(curated.replace(" IN ", " NOT IN ", 1))},
    )
    _run(
        "UPDATE {target} SET description = c.description FROM esco_concept c "
        "WHERE c.uri = {target}.uri AND c.description <> '' AND {target}.{curated}",
        **names,
    )
    _run(
        "UPDATE {target} SET retired_in_id = {newest} WHERE retired_in_id IS NULL AND NOT {target}.{curated} "
        "AND uri NOT IN (SELECT uri FROM esco_concept)",
        **{**names, "newest": sql.Literal(versions[newest])},
    )
    return sum(1 for concept in concepts.values() if concept.release != newest)


def _merge_labels(table: Literal["occupation", "skill"], archive: _Archive, concepts: dict[str, _Concept]) -> int:
    """Write the names in the languages found, drop those ESCO gave up; returns how many ESCO gives."""
    if not concepts:
        return 0
    rows: dict[tuple[str, str, str], Row] = {}
    for uri, concept in concepts.items():
        for language, (preferred, others) in concept.names.items():
            shown = _both_genders(preferred) if table == "occupation" else (preferred,)
            for kind, texts in ((LabelKind.PREFERRED, shown), (LabelKind.ALTERNATIVE, others)):
                for text in texts:
                    key = search_key(text)
                    if key:
                        rows.setdefault((uri, language, key), (uri, kind.value, language, text, key))
    target = f"reference_{table}label"
    _copy(
        "esco_label",
        target,
        ("uri", "kind", "language", "text", "search_key"),
        rows.values(),
        uri_of=("uri",),
    )
    names = {
        "target": sql.Identifier(target),
        "owner": sql.Identifier(f"{table}_id"),
        "concept": sql.Identifier(f"reference_{table}"),
        "languages": sql.Literal(sorted(archive.languages(f"{table}s"))),
        "curated": sql.SQL("o.version_id IN (SELECT id FROM reference_taxonomyversion WHERE source = 'curated')"),
    }
    # Of a curated concept only the alternative names are ESCO's.
    _run(
        "DELETE FROM {target} l USING {concept} o WHERE o.id = l.{owner} AND l.language = ANY({languages}) "
        "AND (l.kind = 'alternative' OR NOT {curated}) AND NOT EXISTS (SELECT FROM esco_label e "
        "WHERE e.uri = o.uri AND e.language = l.language AND e.search_key = l.search_key)",
        **names,
    )
    _run(
        "INSERT INTO {target} (id, {owner}, kind, language, text, search_key) "
        "SELECT gen_random_uuid(), o.id, CASE WHEN {curated} THEN 'alternative' ELSE e.kind END, "
        "e.language, e.text, e.search_key FROM esco_label e JOIN {concept} o USING (uri) "
        "ON CONFLICT ({owner}, language, search_key) DO UPDATE SET kind = excluded.kind, text = excluded.text "
        "WHERE {target}.kind <> 'everyday' AND excluded.kind <> 'alternative'",
        **names,
    )
    return len(rows)


def _merge_links(archive: _Archive, occupations: dict[str, _Concept], skills: dict[str, _Concept]) -> tuple[int, int]:
    """Write ESCO's relations where we have none of our own; returns relations written and those naming unknown concepts."""
    path = archive.newest_of("occupationSkillRelations")
    if path is None:
        return 0, 0
    rows: dict[tuple[str, str], Row] = {}
    unknown = 0
    for row in _rows(path):
        pair = (row["occupationUri"], row["skillUri"])
        if pair[0] in occupations and pair[1] in skills:
            # A pair named twice keeps the stronger relation: "essential" < "optional".
            rows[pair] = min(
                rows.get(pair, (*pair, "optional")), (*pair, row["relationType"]), key=lambda link: str(link[2])
            )
        else:
            unknown += 1
    _copy(
        "esco_link",
        "reference_occupationskill",
        ("occupation_uri", "skill_uri", "relation"),
        rows.values(),
        uri_of=("occupation_uri", "skill_uri"),
    )
    # Joined once and counted: a correlated join would be planned row by row.
    _run("DROP TABLE IF EXISTS esco_pair")
    _run(
        "CREATE TEMPORARY TABLE esco_pair ON COMMIT DROP AS SELECT o.id AS occupation_id, s.id AS skill_id, e.relation "
        "FROM esco_link e JOIN reference_occupation o ON o.uri = e.occupation_uri "
        "JOIN reference_skill s ON s.uri = e.skill_uri"
    )
    _run("ANALYZE esco_pair")
    _run(
        "DELETE FROM reference_occupationskill l WHERE l.source = 'esco' AND NOT EXISTS (SELECT FROM esco_pair p "
        "WHERE p.occupation_id = l.occupation_id AND p.skill_id = l.skill_id)"
    )
    written = _run(
        "INSERT INTO reference_occupationskill (id, occupation_id, skill_id, relation, source) "
        "SELECT gen_random_uuid(), occupation_id, skill_id, relation, 'esco' FROM esco_pair "
        "ON CONFLICT (occupation_id, skill_id) DO UPDATE SET relation = excluded.relation "
        "WHERE reference_occupationskill.source = 'esco'"
    )
    return written, unknown


def _merge_groups(archive: _Archive) -> None:
    """Names of ISCO groups that we do not name ourselves."""
    path = archive.newest_of("ISCOGroups")
    if path is None:
        return
    groups = {row["code"]: row["preferredLabel"].strip() for row in _rows(path)}
    _copy("esco_group", "reference_iscogroup", ("code", "label"), groups.items())
    _run(
        "INSERT INTO reference_iscogroup (id, code, label) SELECT gen_random_uuid(), code, label FROM esco_group "
        "ON CONFLICT (code) DO NOTHING"
    )


def _missing(
    archive: _Archive, occupations: dict[str, _Concept], skills: dict[str, _Concept], unknown: int
) -> Iterator[str]:
    for kind in _KINDS:
        if not archive.files[kind]:
            yield f"manca {kind}_it.csv (o un'altra lingua)"
    for kind, concepts, noun in (("occupations", occupations, "mestieri"), ("skills", skills, "competenze")):
        if archive.files[kind] and "it" not in archive.languages(kind):
            yield f"manca {kind}_it.csv: {noun} con il solo nome straniero, mai proposti a chi cerca in italiano"
        elif without := sum(1 for concept in concepts.values() if "it" not in concept.names):
            yield f"{noun} senza nome italiano: {without}"
    if unknown:
        yield f"relazioni che nominano mestieri o competenze assenti: {unknown}"


def _copy(
    temporary: str, like: str, columns: tuple[str, ...], rows: Iterable[Row], uri_of: tuple[str, ...] = ()
) -> None:
    """Fill a temporary table with `columns`, typed as in the table `like`; those in `uri_of` are texts of their own."""
    _run("DROP TABLE IF EXISTS {temporary}", temporary=sql.Identifier(temporary))
    kept = [sql.Identifier(column) for column in columns if column not in uri_of]
    _run(
        "CREATE TEMPORARY TABLE {temporary} ON COMMIT DROP AS SELECT {kept} FROM {like} WITH NO DATA",
        temporary=sql.Identifier(temporary),
        kept=sql.SQL(", ").join(kept),
        like=sql.Identifier(like),
    )
    for column in uri_of:
        _run(
            "ALTER TABLE {temporary} ADD COLUMN {column} text",
            temporary=sql.Identifier(temporary),
            column=sql.Identifier(column),
        )
    with connection.cursor() as cursor:
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(temporary), _identifiers(columns))
        with cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    # Without statistics the planner joins a hundred thousand rows one by one.
    _run("ANALYZE {temporary}", temporary=sql.Identifier(temporary))


def _identifiers(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(sql.Identifier(column) for column in columns)


def _run(statement: str, **parts: Any) -> int:
    """Execute; returns the rows touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(statement).format(**parts))  # type: ignore[arg-type]
        return int(cursor.rowcount)
