"""Loads an official ESCO archive (CSV) beside the curated vocabulary, joined by URI.

What stays curated keeps our names; ESCO adds its own as alternatives, its descriptions and its relations.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from psycopg import sql

from sportello.core.text import search_key, sort_key
from sportello.reference.enums import LabelKind, TaxonomySource
from sportello.reference.models import TaxonomyVersion
from sportello.reference.rules import shown_label
from sportello.reference.services.esco_archive import (
    KINDS,
    Archive,
    Concept,
    EscoError,
    Release,
    find_archive,
    read_concepts,
    read_rows,
)

_CURATED = sql.SQL("version_id IN (SELECT id FROM reference_taxonomyversion WHERE source = 'curated')")
_NOT_CURATED = sql.SQL("version_id NOT IN (SELECT id FROM reference_taxonomyversion WHERE source = 'curated')")

Row = tuple[object, ...]


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


def load_esco(*, folder: Path, dry_run: bool = False) -> EscoReport:
    """Load all releases and languages under `folder` in one transaction; may be repeated.

    The newest release is the current one; concepts that only older ones have are kept as retired. With `dry_run`
    everything is done and rolled back. Raises EscoError when the folder has no ESCO file or an older release than ours.
    """
    archive = find_archive(folder)
    occupations = read_concepts(archive, "occupations")
    skills = read_concepts(archive, "skills")
    with transaction.atomic():
        versions = _record_versions(archive)
        retired = _merge_concepts("occupation", archive, occupations, versions)
        retired += _merge_concepts("skill", archive, skills, versions)
        labels = _merge_labels("occupation", archive, occupations) + _merge_labels("skill", archive, skills)
        links, unknown = _merge_links(archive, occupations, skills)
        _merge_groups(archive)
        # Until the database has looked at so many new names, a search of them is planned as if there were few: minutes.
        _run("ANALYZE reference_occupation, reference_occupationlabel, reference_skill, reference_skilllabel")
        _run("ANALYZE reference_occupationskill")
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


def _record_versions(archive: Archive) -> dict[Release, UUID]:
    loaded = TaxonomyVersion.objects.filter(source=TaxonomySource.ESCO)
    newer = [v.version for v in loaded if tuple(map(int, v.version.split("."))) > archive.newest]
    if newer:
        raise EscoError(
            _("Nel portale c'è già ESCO %(version)s, più recente di questo archivio") % {"version": max(newer)}
        )
    versions = {}
    for release in {release for found in archive.files.values() for release, language in found}:
        version, created = TaxonomyVersion.objects.get_or_create(
            source=TaxonomySource.ESCO, version=".".join(map(str, release))
        )
        if not created:
            version.save(update_fields=["loaded_at"])
        versions[release] = version.pk
    loaded.update(is_current=Q(pk=versions[archive.newest]))
    return versions


def _both_genders(label: str) -> tuple[str, str]:
    """ESCO writes "cuoco/cuoca" in Italian; one form alone serves both."""
    his, stroke, hers = label.partition("/")
    return his.strip(), (hers if stroke else his).strip()


def _merge_concepts(
    table: Literal["occupation", "skill"],
    archive: Archive,
    concepts: dict[str, Concept],
    versions: dict[Release, UUID],
) -> int:
    """Insert or refresh the concepts; curated rows keep our names and only gain a description. Returns the retired."""
    if not concepts:
        return 0
    newest = max(release for release, language in archive.files[f"{table}s"])
    own = ("isco08", "label_masculine", "label_feminine") if table == "occupation" else ("kind",)
    columns = ("uri", "code", *own, "label", "sort_key", "description", "version_id", "retired_in_id")
    target = f"reference_{table}"
    rows = (_concept_row(table, uri, concept, newest, versions) for uri, concept in concepts.items())
    _copy("esco_concept", target, columns, rows)
    refreshed = [sql.Identifier(column) for column in columns if column not in ("uri", "code")]
    names = {
        "target": sql.Identifier(target),
        "columns": _identifiers(columns),
        "refreshed": sql.SQL(", ").join(sql.SQL("{0} = excluded.{0}").format(column) for column in refreshed),
        "curated": _CURATED,
        "not_curated": _NOT_CURATED,
        "newest": sql.Literal(versions[newest]),
    }
    _run(
        "INSERT INTO {target} (id, {columns}) SELECT gen_random_uuid(), {columns} FROM esco_concept "
        "ON CONFLICT (uri) DO UPDATE SET {refreshed} WHERE {target}.{not_curated}",
        **names,
    )
    _run(
        "UPDATE {target} SET description = c.description FROM esco_concept c "
        "WHERE c.uri = {target}.uri AND c.description <> '' AND {target}.{curated}",
        **names,
    )
    _run(
        "UPDATE {target} SET retired_in_id = {newest} WHERE retired_in_id IS NULL AND {target}.{not_curated} "
        "AND uri NOT IN (SELECT uri FROM esco_concept)",
        **names,
    )
    return sum(1 for concept in concepts.values() if concept.release != newest)


def _concept_row(
    table: Literal["occupation", "skill"], uri: str, concept: Concept, newest: Release, versions: dict[Release, UUID]
) -> Row:
    """One row in the order of the columns of `_merge_concepts`; what the newest release lacks is retired in it."""
    own: Row = (concept.group,)
    label = concept.label
    if table == "occupation":
        his, hers = _both_genders(label)
        own, label = (concept.group, his, hers), shown_label(his, hers)
    retired = None if concept.release == newest else versions[newest]
    code = f"esco-{re.split('[/:]', uri)[-1]}"
    return (uri, code, *own, label, sort_key(label), concept.description, versions[concept.release], retired)


def _merge_labels(table: Literal["occupation", "skill"], archive: Archive, concepts: dict[str, Concept]) -> int:
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
        "curated": sql.SQL("o.") + _CURATED,
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


def _merge_links(archive: Archive, occupations: dict[str, Concept], skills: dict[str, Concept]) -> tuple[int, int]:
    """Write ESCO's relations where we have none of our own; returns relations written and those naming unknown concepts."""
    path = archive.newest_of("occupationSkillRelations")
    if path is None:
        return 0, 0
    rows: dict[tuple[str, str], Row] = {}
    unknown = 0
    for row in read_rows(path):
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


def _merge_groups(archive: Archive) -> None:
    """Names of ISCO groups that we do not name ourselves."""
    path = archive.newest_of("ISCOGroups")
    if path is None:
        return
    groups = {row["code"]: row["preferredLabel"].strip() for row in read_rows(path)}
    _copy("esco_group", "reference_iscogroup", ("code", "label"), groups.items())
    _run(
        "INSERT INTO reference_iscogroup (id, code, label) SELECT gen_random_uuid(), code, label FROM esco_group "
        "ON CONFLICT (code) DO NOTHING"
    )


def _missing(
    archive: Archive, occupations: dict[str, Concept], skills: dict[str, Concept], unknown: int
) -> Iterator[str]:
    for kind in KINDS:
        if not archive.files[kind]:
            yield _("manca %(kind)s_it.csv (o un'altra lingua)") % {"kind": kind}
    for kind, concepts, noun in (("occupations", occupations, _("mestieri")), ("skills", skills, _("competenze"))):
        if archive.files[kind] and "it" not in archive.languages(kind):
            yield _(
                "manca %(kind)s_it.csv: %(noun)s con il solo nome straniero, mai proposti a chi cerca in italiano"
            ) % {"kind": kind, "noun": noun}
        elif without := sum(1 for concept in concepts.values() if "it" not in concept.names):
            yield _("%(noun)s senza nome italiano: %(count)d") % {"noun": noun, "count": without}
    if unknown:
        yield _("relazioni che nominano mestieri o competenze assenti: %(count)d") % {"count": unknown}


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
        # As text: what listens to the statements (the audit context) reads strings.
        cursor.execute(sql.SQL(statement).format(**parts).as_string(connection.connection))
        return int(cursor.rowcount)
