"""The copy of a person's data tells all of it, in words and for programs."""

import json
import zipfile
from io import BytesIO

import pytest
from django.db import models

from candidates.models import Candidate, DisclosureRequest
from sportello.accounts.models import User
from sportello.core.catalogue import PERSONAL, category_of
from sportello.core.subject import holdings
from sportello.workspaces.render import TITLES, WORDS, data_copy, label_of
from tests.support.life import ADDRESS, WORD, whole_life
from tests.support.personas import make_candidate

pytestmark = pytest.mark.django_db

FOR_PROGRAMS = {
    *("actor_id", "balance", "convokes", "data", "drawing", "features", "is_complete", "is_new", "parts", "position"),
    *("record", "search_key", "size", "snapshot", "sort_key", "target_evidence"),
}
"""Fields that a person cannot read as a line of words."""


def opened(person: Candidate) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(data_copy(person)))


def test_every_table_about_people_has_its_title() -> None:
    tables = ["candidates.Candidate", *(holding.model._meta.label for holding in holdings(Candidate))]
    assert set(TITLES) == {*tables, "core.Message", "core.AccessLogEntry"}


def test_every_field_to_read_has_its_words() -> None:
    tables: list[type[models.Model]] = [Candidate, *(holding.model for holding in holdings(Candidate))]
    wordless = {
        field.name
        for model in tables
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if category_of(model, field.name) in PERSONAL
        and not isinstance(field, models.BinaryField)
        and field.related_model not in (*tables, User)
        and not (WORDS.get(field.name) or label_of(model._meta.label, field.name))
    }
    assert wordless == FOR_PROGRAMS


def test_the_copy_tells_every_table() -> None:
    person = whole_life()
    archive = opened(person)
    told = json.loads(archive.read("dati.json"))
    # Of a code to sign with only its secret is kept.
    assert TITLES.keys() - told.keys() == {"candidates.SigningCode"}
    page = archive.read("dati.html").decode()
    assert [str(TITLES[label]) for label in told if f"<h2>{TITLES[label]}</h2>" not in page] == []
    assert (ADDRESS in page, WORD in page) == (True, True)


def test_the_copy_tells_nothing_of_others() -> None:
    whole_life()
    other = make_candidate()
    archive = opened(other)
    assert WORD not in archive.read("dati.html").decode() + archive.read("dati.json").decode()


def test_who_worked_with_the_person_is_not_named() -> None:
    person = whole_life()
    operator = person.cases.get().responsible_operator
    assert operator is not None
    archive = opened(person)
    assert operator.last_name not in archive.read("dati.html").decode() + archive.read("dati.json").decode()


def test_a_consent_names_the_body_that_may_look() -> None:
    person = whole_life()
    (told,) = json.loads(opened(person).read("dati.json"))["candidates.DisclosureRequest"]
    disclosure = DisclosureRequest.objects.get(candidate=person)
    assert told["state"] == disclosure.get_state_display()
