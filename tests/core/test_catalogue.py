"""The data catalogue: no field without a classification, no personal data without a reason."""

import pytest
from django.apps import apps

from sportello.core import catalogue
from sportello.core.catalogue import PERSONAL, Basis, Category, Processing, check_catalogue, declare, entries, record


@pytest.fixture
def _undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test declares is forgotten."""
    monkeypatch.setattr(catalogue, "_declared", dict(catalogue._declared))


def problems() -> list[str]:
    return [str(problem.msg) for problem in check_catalogue()]


def test_every_field_of_every_table_is_in_the_catalogue_once() -> None:
    assert problems() == []
    named = [(entry.model, entry.field) for entry in entries()]
    assert len(named) == len(set(named))
    stored = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
    }
    assert set(named) == stored


@pytest.mark.usefixtures("_undone")
def test_a_field_that_nobody_classified_is_an_error() -> None:
    declare("territory.Zone", Processing("Prova"), public="slug name")
    assert problems() == ["territory.Zone.municipalities is not in the data catalogue"]


@pytest.mark.usefixtures("_undone")
def test_a_classification_without_its_field_is_an_error() -> None:
    declare("territory.Zone", Processing("Prova"), public="slug name municipalities colour")
    assert problems() == ["territory.Zone.colour is catalogued but does not exist"]


@pytest.mark.usefixtures("_undone")
@pytest.mark.parametrize(
    "processing",
    [
        Processing("Prova", readers=("operator",)),
        Processing("Prova", basis=Basis.PUBLIC_TASK),
        Processing("", basis=Basis.PUBLIC_TASK, readers=("operator",)),
    ],
)
def test_personal_data_wants_a_purpose_a_basis_and_readers(processing: Processing) -> None:
    declare("territory.Zone", processing, public="slug municipalities", identity="name")
    assert problems() == ["territory.Zone holds personal data without purpose, basis and readers"]


def test_a_field_is_classified_once() -> None:
    with pytest.raises(ValueError, match="name is classified twice"):
        declare("territory.Zone", Processing("Prova"), public="name", identity="name")


def test_the_record_names_personal_data_only_with_their_reason() -> None:
    activities = record()
    assert [a.processing.purpose for a in activities] == sorted(a.processing.purpose for a in activities)
    assert {category for activity in activities for category in activity.categories} <= PERSONAL
    assert all(a.processing.basis is not Basis.NOT_PERSONAL and a.processing.readers for a in activities)
    assert Category.SECRET not in PERSONAL
