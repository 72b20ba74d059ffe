"""What the portal keeps about one person: found by the foreign keys that lead to them, handed out and erased by the data catalogue.

A table that somebody adds tomorrow is found too. On erasure its rows are deleted, unless the catalogue says that they are counted:
those stay, without a word that anybody wrote in them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models import Field, Model, Q, QuerySet

from sportello.core.catalogue import PERSONAL, Category, category_of, is_counted

ERASED = "—"
"""What stands where something was written about somebody who was erased: a constraint may ask for a word."""


@dataclass(frozen=True)
class Holding:
    """A table with rows about people, and the lookups that lead from it to the person: "pact__case__candidate"."""

    model: type[Model]
    paths: tuple[str, ...]

    def rows(self, person: Model) -> QuerySet[Any]:
        about = reduce(or_, (Q(**{path: person.pk}) for path in self.paths))
        return self.model._default_manager.filter(about).order_by("pk")


def holdings(person: type[Model]) -> tuple[Holding, ...]:
    """Every table with rows about a person, the nearest first; history and link tables are part of what they follow.

    A table is read by the shortest ways to the person, all of them: who was merged into whom is about both.
    """
    found: dict[type[Model], tuple[str, ...]] = {person: ("",)}
    level = [person]
    while level:
        following: dict[type[Model], list[str]] = {}
        for model in level:
            for child, name in _pointing_at(model):
                if child not in found:
                    following.setdefault(child, []).extend(f"{name}__{path}".strip("_") for path in found[model])
        level = list(following)
        found |= {model: tuple(paths) for model, paths in following.items()}
    return tuple(Holding(model, paths) for model, paths in found.items() if model is not person)


def copy_of(person: Model, *, account: type[Model]) -> dict[str, list[dict[str, Any]]]:
    """Rows of each table, "app.Model" -> fields of personal data by name, the person first; empty tables are left out.

    Choices and rows of other tables are in words; files appear by the name under which they are kept. Whoever of `account`
    worked with the person is not part of the copy.
    """
    held = holdings(type(person))
    untold = (type(person), account, *(holding.model for holding in held))
    groups = {person._meta.label: [_told(person, untold)]}
    for holding in held:
        groups[holding.model._meta.label] = [_told(row, untold) for row in holding.rows(person)]
    return {label: told for label, rows in groups.items() if (told := [row for row in rows if row])}


def files_of(person: Model) -> Iterator[tuple[str, Storage]]:
    """Name and storage of each private file about the person."""
    for holding in holdings(type(person)):
        for field in _fields(holding.model, models.FileField):
            for name in holding.rows(person).exclude(**{field.name: ""}).values_list(field.name, flat=True):
                yield name, field.storage


def erase_rows(person: Model) -> None:
    """Delete what hangs from the person, blank what is counted, forget every past version; the person's own row stays as it is.

    Call it in a transaction. The files go when it commits.
    """
    for name, storage in list(files_of(person)):
        transaction.on_commit(partial(storage.delete, name))
    keys = {
        holding.model: list(holding.rows(person).values_list("pk", flat=True)) for holding in holdings(type(person))
    }
    for model, about_person in keys.items():
        rows = model._default_manager.filter(pk__in=about_person)
        if is_counted(model):
            _blank(rows)
        else:
            rows.delete()
    # Last: blanking and deleting write one more version each.
    for model, about_person in keys.items():
        forget_versions(model, about_person)
    forget_versions(type(person), [person.pk])


def forget_versions(model: type[Model], keys: Collection[Any]) -> None:
    """Delete the history of rows: what they were before."""
    for versions in apps.get_models():
        if getattr(versions, "pgh_tracked_model", None) is model:
            versions._default_manager.filter(pgh_obj_id__in=keys).delete()


def _pointing_at(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Tables with a foreign key to the model, and its name."""
    for relation in model._meta.get_fields(include_hidden=True):
        child = relation.related_model
        if isinstance(relation, models.ManyToOneRel) and isinstance(child, type) and _is_own(child):
            yield child, relation.field.name


def _is_own(model: type[Model]) -> bool:
    return not model._meta.auto_created and not hasattr(model, "pgh_tracked_model")


def _fields(model: type[Model], *kinds: type[Field[Any, Any]]) -> list[Any]:
    return [field for field in model._meta.local_fields if isinstance(field, kinds)]


def _told(row: Model, untold: tuple[type[Model], ...]) -> dict[str, Any]:
    """What a row says in fields of personal data; rows of the tables `untold` are told by themselves, or not at all."""
    told: dict[str, Any] = {}
    for field in (*row._meta.local_fields, *row._meta.local_many_to_many):
        value = getattr(row, field.name)
        if category_of(type(row), field.name) not in PERSONAL or value in (None, "") or isinstance(value, untold):
            continue
        if isinstance(field, models.ManyToManyField):
            told[field.name] = [str(found) for found in value.all()]
        elif isinstance(field, models.ForeignKey):
            told[field.name] = str(value)
        elif field.choices:
            told[field.name] = str(getattr(row, f"get_{field.name}_display")())
        elif isinstance(field, models.FileField):
            told[field.name] = value.name
        elif isinstance(field, models.JSONField):
            told[field.name] = value
        elif not isinstance(field, models.BinaryField):
            told[field.name] = field.value_to_string(row)
    return told


def _blank(rows: QuerySet[Any]) -> None:
    """Take every word out of rows that are counted: what was chosen from a list, dates and places stay."""
    for field in _fields(rows.model, models.CharField, models.TextField, models.JSONField, models.FileField):
        if field.choices or category_of(rows.model, field.name) not in PERSONAL - {Category.EVIDENCE}:
            continue
        if isinstance(field, models.JSONField):
            rows.filter(**{f"{field.name}__isnull": False}).update(**{field.name: {}})
        else:
            written = rows.exclude(**{field.name: ""})
            written.update(**{field.name: "" if isinstance(field, models.FileField) else ERASED})
