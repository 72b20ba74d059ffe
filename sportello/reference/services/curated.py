"""Loads the curated vocabulary of `reference/data`, ATECO 2025 and the dated rule parameters."""

import csv
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.text import capfirst

from sportello.core import audit
from sportello.core.text import search_key, sort_key
from sportello.reference.enums import LabelKind, SkillRelation, TaxonomySource
from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    EducationLevel,
    IscoGroup,
    Language,
    Occupation,
    OccupationLabel,
    OccupationSkill,
    RuleParameter,
    Sector,
    ServiceCatalogueItem,
    Skill,
    SkillLabel,
    TaxonomyVersion,
)
from sportello.reference.rules import shown_label

DATA = Path(__file__).resolve().parents[1] / "data"
# Year and month of the last change of the files; raise it with them.
CURATED_VERSION = "2026.11"
_ATECO_LEVELS = ("section", "division", "group", "class", "category", "subcategory")
_BATCH = 2000

# A label as the tables want it: owner, language, search key -> kind, text.
Labels = dict[tuple[UUID, str, str], tuple[LabelKind, str]]


class _Loader:
    """Who writes the rows of the files, in the history of the rules."""

    actor_id = None
    actor_label = "load_reference"


@transaction.atomic
def load_curated() -> dict[str, int]:
    """Bring the tables to what the files say; may be repeated. Returns rows by table.

    An occupation or skill that left the files is retired, not deleted. A rule parameter that the desk changed is kept.
    """
    version, _ = TaxonomyVersion.objects.get_or_create(source=TaxonomySource.CURATED, version=CURATED_VERSION)
    TaxonomyVersion.objects.filter(source=TaxonomySource.CURATED).update(is_current=Q(pk=version.pk))
    version.save(update_fields=["loaded_at"])
    occupations = _load_occupations(version)
    skills = _load_skills(version)
    counts = {
        "occupations": len(occupations),
        "skills": len(skills),
        "occupation_skills": _load_occupation_skills(occupations, skills),
        "isco_groups": _upsert(IscoGroup, list(_rows("isco_groups"))),
        "sectors": _load_sectors(),
        "contract_types": _upsert(
            ContractType,
            [{**row, "is_employment": row["is_employment"] == "true"} for row in _listed("contract_types")],
        ),
        "education_levels": _upsert(
            EducationLevel,
            [{**row, "isced": int(row["isced"]), "eqf": int(row["eqf"])} for row in _listed("education_levels")],
        ),
        "languages": _upsert(Language, list(_listed("languages"))),
        "services": _upsert(ServiceCatalogueItem, list(_listed("service_catalogue"))),
        "driving_licences": _upsert(DrivingLicence, list(_listed("driving_licences"))),
        "rule_parameters": _load_rule_parameters(),
    }
    # Until the database has looked at the new rows, what joins them is planned as if there were none: minutes.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reference_occupation, reference_skill, reference_occupationskill")
        cursor.execute("ANALYZE reference_occupationlabel, reference_skilllabel, reference_sector")
    return counts


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _listed(name: str) -> Iterator[dict[str, Any]]:
    """Rows of a short list in the order of its file."""
    for position, row in enumerate(_rows(name), start=1):
        yield {**row, "label_en": _english(row), "position": position}


def _english(row: dict[str, Any]) -> str:
    """The English name, with a capital where the Italian one begins with it."""
    name: str = row["label_en"]
    return capfirst(name) if row["label"][:1].isupper() else name


def _upsert(model: type[models.Model], rows: Sequence[dict[str, Any]], ids: dict[str, UUID] | None = None) -> int:
    """Insert or update `rows` by their code; `ids` gives the rows' identifiers by code, else the table is asked."""
    if ids is None:
        ids = dict(model._default_manager.values_list("code", "id"))
    model._default_manager.bulk_create(
        [model(id=ids.get(row["code"]) or uuid4(), **row) for row in rows],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=list(rows[0]),
    )
    return len(rows)


def _identifiers(model: type[Occupation] | type[Skill], rows: Sequence[dict[str, Any]]) -> dict[str, UUID]:
    """Identifier of each row's code: the one of the same code, else of the same concept of ESCO, else a new one."""
    by_code: dict[str, UUID] = dict(model._default_manager.values_list("code", "id"))
    by_uri: dict[str, UUID] = dict(model._default_manager.values_list("uri", "id"))
    return {row["code"]: by_code.get(row["code"]) or by_uri.get(row["uri"]) or uuid4() for row in rows}


def _load_occupations(version: TaxonomyVersion) -> dict[str, UUID]:
    source = list(_rows("occupations"))
    rows = []
    for row in source:
        label = shown_label(row["label_masculine"], row["label_feminine"])
        rows.append(
            {
                "code": row["code"],
                "uri": row["esco_uri"] or f"urn:sportello:occupation:{row['code']}",
                "isco08": row["isco08"],
                "label_masculine": row["label_masculine"],
                "label_feminine": row["label_feminine"],
                "label": label,
                "label_en": row["label_en"],
                "sort_key": sort_key(label),
                "version": version,
                "retired_in": None,
            }
        )
    ids = _identifiers(Occupation, rows)
    _upsert(Occupation, rows, ids)
    gone = Occupation.objects.filter(version__source=TaxonomySource.CURATED, retired_in__isnull=True)
    gone.exclude(id__in=ids.values()).update(retired_in=version)
    labels: Labels = {}
    for row in source:
        owner = ids[row["code"]]
        _add_label(labels, owner, "it", LabelKind.PREFERRED, row["label_masculine"], row["label_feminine"])
        _add_label(labels, owner, "it", LabelKind.EVERYDAY, *filter(None, row["synonyms"].split("|")))
        _add_label(labels, owner, "en", LabelKind.PREFERRED, row["label_en"])
    _load_labels(OccupationLabel, "occupation_id", labels)
    return ids


def _load_skills(version: TaxonomyVersion) -> dict[str, UUID]:
    source = list(_rows("skills"))
    rows = [
        {
            "code": row["code"],
            "uri": row["esco_uri"] or f"urn:sportello:skill:{row['code']}",
            "kind": row["kind"],
            "label": row["label"],
            "label_en": _english(row),
            "sort_key": sort_key(row["label"]),
            "version": version,
            "retired_in": None,
        }
        for row in source
    ]
    ids = _identifiers(Skill, rows)
    _upsert(Skill, rows, ids)
    gone = Skill.objects.filter(version__source=TaxonomySource.CURATED, retired_in__isnull=True)
    gone.exclude(id__in=ids.values()).update(retired_in=version)
    labels: Labels = {}
    for row in source:
        owner = ids[row["code"]]
        _add_label(labels, owner, "it", LabelKind.PREFERRED, row["label"])
        _add_label(labels, owner, "it", LabelKind.EVERYDAY, *filter(None, row["synonyms"].split("|")))
        _add_label(labels, owner, "en", LabelKind.PREFERRED, row["label_en"])
    _load_labels(SkillLabel, "skill_id", labels)
    return ids


def _add_label(labels: Labels, owner: UUID, language: str, kind: LabelKind, *texts: str) -> None:
    for text in texts:
        labels.setdefault((owner, language, search_key(text)), (kind, text))


def _load_labels(model: type[OccupationLabel] | type[SkillLabel], owner_field: str, labels: Labels) -> None:
    """Write `labels`; everyday names of the same owners that are no longer wanted go, other preferred ones step back."""
    owners = {owner for owner, _, _ in labels}
    existing = model._default_manager.filter(**{f"{owner_field}__in": owners})
    unwanted: dict[str, list[UUID]] = {LabelKind.EVERYDAY: [], LabelKind.PREFERRED: [], LabelKind.ALTERNATIVE: []}
    for pk, owner, language, key, kind in existing.values_list("id", owner_field, "language", "search_key", "kind"):
        if (owner, language, key) not in labels:
            unwanted[kind].append(pk)
    existing.filter(id__in=unwanted[LabelKind.EVERYDAY]).delete()
    existing.filter(id__in=unwanted[LabelKind.PREFERRED]).update(kind=LabelKind.ALTERNATIVE)
    rows: list[Any] = [
        model(**{owner_field: owner}, language=language, search_key=key, kind=kind, text=text)
        for (owner, language, key), (kind, text) in labels.items()
    ]
    model._default_manager.bulk_create(
        rows,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=[owner_field.removesuffix("_id"), "language", "search_key"],
        update_fields=["kind", "text"],
    )


def _load_occupation_skills(occupations: dict[str, UUID], skills: dict[str, UUID]) -> int:
    links = {
        (occupations[row["occupation_code"]], skills[row["skill_code"]]): SkillRelation(row["relation"])
        for row in _rows("occupation_skills")
    }
    ours = OccupationSkill.objects.filter(source=TaxonomySource.CURATED)
    gone = [pk for pk, *pair in ours.values_list("id", "occupation_id", "skill_id") if tuple(pair) not in links]
    ours.filter(id__in=gone).delete()
    OccupationSkill.objects.bulk_create(
        [
            OccupationSkill(occupation_id=occupation, skill_id=skill, relation=relation, source=TaxonomySource.CURATED)
            for (occupation, skill), relation in links.items()
        ],
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["occupation", "skill"],
        update_fields=["relation", "source"],
    )
    return len(links)


def _load_sectors() -> int:
    # Slow to import (reads 5 MB of JSON) and needed by nobody else.
    from ateco._load import load_nodes

    nodes = load_nodes("2025").values()
    known: dict[str, UUID] = dict(Sector.objects.values_list("code", "id"))
    ids = {node["code"]: known.get(node["code"]) or uuid4() for node in nodes}
    return _upsert(
        Sector,
        [
            {
                "code": node["code"],
                "label": node["title"],
                "level": _ATECO_LEVELS.index(node["level"]) + 1,
                "parent_id": ids[node["parent"]] if node["parent"] else None,
            }
            for node in nodes
        ],
        ids,
    )


def _load_rule_parameters() -> int:
    """Insert new rows and refresh ours; a row that the administrator wrote or changed, or that stands in the way, is kept.

    A row of ours that is still open closes when the files close it. Returns how many rows of the files are in force.
    """
    wanted = [_rule_parameter(row) for row in _rows("rule_parameters")]
    known = {(row.key, row.valid_from): row for row in RuleParameter.objects.order_by("key", "valid_from")}
    with audit.acting(_Loader(), "rules.load"):
        return _apply(wanted, known)


def _apply(wanted: list[RuleParameter], known: dict[tuple[str, date], RuleParameter]) -> int:
    applied = 0
    # Closings first: the row that follows must find its days free.
    for row in wanted:
        kept = known.get((row.key, row.valid_from))
        if kept is not None and kept.value == row.value and not kept.is_local:
            kept.citation, kept.indicative = row.citation, row.indicative
            kept.valid_to = kept.valid_to or row.valid_to
            kept.save(update_fields=["citation", "indicative", "valid_to"])
            applied += 1
    for row in wanted:
        if not any(_overlap(row, other) for other in known.values()):
            row.save(force_insert=True)
            known[row.key, row.valid_from] = row
            applied += 1
    return applied


def _rule_parameter(row: dict[str, str]) -> RuleParameter:
    return RuleParameter(
        key=row["key"],
        value=json.loads(row["value"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        citation=row["citation"],
        indicative=row["indicative"] == "true",
    )


def _overlap(one: RuleParameter, other: RuleParameter) -> bool:
    return (
        one.key == other.key
        and one.valid_from <= (other.valid_to or date.max)
        and other.valid_from <= (one.valid_to or date.max)
    )
