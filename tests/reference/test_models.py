"""Vocabularies and rules: nothing stands twice, and words are said as people say them."""

from datetime import date

import pytest
from django.utils import translation

from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    EducationLevel,
    Language,
    Named,
    Occupation,
    OccupationLabel,
    OccupationSkill,
    RuleParameter,
    Sector,
    Skill,
    SkillLabel,
    TaxonomyVersion,
    shown_name,
)
from tests.support.employers import make_occupation, make_skill, taxonomy
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_an_edition_a_name_and_a_link_stand_once() -> None:
    skill, version = make_skill("Usare il muletto"), taxonomy()
    occupation = make_occupation("magazziniere", skills=[skill])
    with refused("taxonomy_version_unique"):
        TaxonomyVersion.objects.create(source=version.source, version=version.version)
    with refused("occupation_label_unique"):
        OccupationLabel.objects.create(
            occupation=occupation, kind="alternative", text="Magazziniere!", search_key="magazziniere"
        )
    with refused("skill_label_unique"):
        SkillLabel.objects.create(skill=skill, kind="alternative", text="-", search_key="usare il muletto")
    with refused("occupation_skill_unique"):
        OccupationSkill.objects.create(occupation=occupation, skill=skill, relation="optional")
    OccupationLabel.objects.create(
        occupation=occupation, kind="alternative", language="en", text="Magazziniere", search_key="magazziniere"
    )
    assert occupation.labels.count() == 2


def rule(first: date, last: date | None, *, key: str = "days", citation: str = "art. 1") -> RuleParameter:
    return RuleParameter.objects.create(key=key, value=5, valid_from=first, valid_to=last, citation=citation)


def test_one_value_of_a_rule_is_valid_on_a_day() -> None:
    rule(date(2021, 1, 1), date(2021, 12, 31))
    with refused("rule_valid_once_at_a_time"):
        rule(date(2021, 12, 31), None)
    rule(date(2022, 1, 1), None)
    rule(date(2021, 1, 1), None, key="other")
    assert {str(each) for each in RuleParameter.objects.filter(key__in=("days", "other"))} == {"days = 5", "other = 5"}


def test_a_rule_names_its_source_and_ends_after_it_begins() -> None:
    with refused("rule_has_a_citation"):
        rule(date(2021, 1, 1), None, citation="")
    with refused("rule_ends_after_it_starts|range lower bound"):
        rule(date(2021, 1, 2), date(2021, 1, 1))


def test_what_people_choose_from_is_written_as_they_read_it() -> None:
    assert str(make_occupation("barista")) == "barista"
    assert str(make_skill("Fare il caffè")) == "Fare il caffè"
    assert "Ristoranti" in str(Sector(code="56.11", label="Ristoranti"))


VOCABULARIES: list[type[Named]] = [ContractType, DrivingLicence, EducationLevel, Language, Occupation, Skill]


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize("model", VOCABULARIES)
def test_every_curated_name_is_said_in_english(model: type[Named]) -> None:
    assert model._default_manager.exists()
    assert not model._default_manager.filter(label_en="").exists()


@pytest.mark.usefixtures("vocabulary")
def test_reader_meets_the_name_in_their_language() -> None:
    permanent = ContractType.objects.get(code="PERMANENT")
    assert str(permanent) == "Tempo indeterminato"
    with translation.override("en"):
        assert str(permanent) == "Permanent contract"


@pytest.mark.usefixtures("vocabulary")
@pytest.mark.parametrize("language", ["it", "en"])
def test_the_column_and_the_row_agree(language: str) -> None:
    Occupation.objects.filter(code="bricklayer").update(label_en="")
    with translation.override(language):
        said = dict(Occupation.objects.values_list("pk", shown_name()))
        assert said == {occupation.pk: str(occupation) for occupation in Occupation.objects.all()}
