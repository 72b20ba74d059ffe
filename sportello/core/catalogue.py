"""The data catalogue: every field of every model says what it is, why it is kept and who reads it.

Record of processing, access export, erasure and log masking are read from here (GDPR art. 5, 15, 17, 30).
A field that nobody classified fails the system check.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from django.apps import apps
from django.core.checks import CheckMessage, Error, register
from django.db import models

M = TypeVar("M", bound=models.Model)


class Category(StrEnum):
    """What kind of data a field holds; order of rising care."""

    PUBLIC = "public"
    TECHNICAL = "technical"
    ORGANISATION = "organisation"
    IDENTITY = "identity"
    CONTACT = "contact"
    PROFILE = "profile"
    CASE = "case"
    EVIDENCE = "evidence"  # what proves a result to who must account for it: it outlives the rest
    SPECIAL = "special"  # GDPR art. 9 and 10, and what reveals them
    SECRET = "secret"


PERSONAL = frozenset(
    {Category.IDENTITY, Category.CONTACT, Category.PROFILE, Category.CASE, Category.EVIDENCE, Category.SPECIAL}
)


class Basis(StrEnum):
    """Legal basis of the processing."""

    PUBLIC_TASK = "GDPR art. 6(1)(e), art. 2-ter D.Lgs. 196/2003"
    LEGAL_DUTY = "GDPR art. 6(1)(c)"
    CONSENT = "GDPR art. 6(1)(a)"
    NOT_PERSONAL = "no personal data"


@dataclass(frozen=True)
class Processing:
    """Why a model's personal fields are kept, how long, and which roles read them."""

    purpose: str
    basis: Basis = Basis.NOT_PERSONAL
    retention: str = "none"
    readers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """Classification of one field: `model` is "app.Model", `field` its name."""

    model: str
    field: str
    category: Category
    processing: Processing


_declared: dict[str, tuple[Processing, dict[str, Category]]] = {}
_counted: set[str] = set()


def declare(label: str, processing: Processing, **fields: str) -> None:
    """Classify the fields of the model `label` ("app.Model").

    `fields` maps a category to field names parted by spaces: `identity="first_name last_name"`.
    The primary key `id` is technical unless said otherwise. Raises ValueError for a field named twice.
    """
    by_field: dict[str, Category] = {}
    for category, names in fields.items():
        for name in names.split():
            if name in by_field:
                raise ValueError(f"{label}.{name} is classified twice")
            by_field[name] = Category(category)
    by_field.setdefault("id", Category.TECHNICAL)
    _declared[label.lower()] = (processing, by_field)


def classified(processing: Processing, *, counted: bool = False, **fields: str) -> Callable[[type[M]], type[M]]:
    """Class decorator: `declare` for a model of our own, written where the model is written.

    Figures are counted from the rows of a `counted` model: when its person is erased they stay, without any word.
    """

    def decorate(model: type[M]) -> type[M]:
        declare(model._meta.label, processing, **fields)
        if counted:
            _counted.add(model._meta.label_lower)
        return model

    return decorate


def entries() -> Iterator[Entry]:
    """Every classified field of every installed model."""
    for model in _catalogued_models():
        processing, by_field = _declared.get(model._meta.label_lower, (Processing(""), {}))
        for name in _field_names(model):
            if name in by_field:
                yield Entry(model._meta.label, name, by_field[name], processing)


def category_of(model: type[models.Model], field: str) -> Category | None:
    """What kind of data a field holds; None for the fields of tables that nobody declares (history, links)."""
    return _declared.get(model._meta.label_lower, (Processing(""), {}))[1].get(field)


def is_counted(model: type[models.Model]) -> bool:
    """Whether the model's rows outlive the person they are about."""
    return model._meta.label_lower in _counted


@dataclass(frozen=True)
class Activity:
    """One line of the record of processing (GDPR art. 30): a purpose and the kinds of data it needs."""

    processing: Processing
    categories: tuple[Category, ...]


def record() -> list[Activity]:
    """The processing of personal data as the catalogue knows it, by purpose."""
    found: dict[Processing, set[Category]] = {}
    for entry in entries():
        if entry.category in PERSONAL:
            found.setdefault(entry.processing, set()).add(entry.category)
    return [
        Activity(processing, tuple(sorted(found[processing]))) for processing in sorted(found, key=lambda p: p.purpose)
    ]


def _catalogued_models() -> Iterator[type[models.Model]]:
    """Real tables, less the history tables, whose fields mirror those of the model they follow."""
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy and not hasattr(model, "pgh_tracked_model"):
            yield model


def _field_names(model: type[models.Model]) -> list[str]:
    return [f.name for f in (*model._meta.local_fields, *model._meta.local_many_to_many)]


@register()
def check_catalogue(**_: object) -> list[CheckMessage]:
    """System check: no field without a classification, no classification without its field, no personal data without a reason."""
    problems: list[CheckMessage] = []
    for model in _catalogued_models():
        label = model._meta.label
        processing, by_field = _declared.get(model._meta.label_lower, (Processing(""), {}))
        names = set(_field_names(model))
        for name in sorted(names - by_field.keys()):
            problems.append(Error(f"{label}.{name} is not in the data catalogue", id="catalogue.E001"))
        for name in sorted(by_field.keys() - names - {"id"}):
            problems.append(Error(f"{label}.{name} is catalogued but does not exist", id="catalogue.E002"))
        if PERSONAL & set(by_field.values()) and (
            processing.basis is Basis.NOT_PERSONAL or not processing.readers or not processing.purpose
        ):
            problems.append(
                Error(f"{label} holds personal data without purpose, basis and readers", id="catalogue.E003")
            )
    return problems
