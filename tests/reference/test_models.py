"""The names of the vocabularies, in the reader's language."""

import pytest
from django.utils import translation

from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    EducationLevel,
    Language,
    Named,
    Occupation,
    Skill,
    shown_name,
)

pytestmark = pytest.mark.usefixtures("vocabulary")

VOCABULARIES: list[type[Named]] = [ContractType, DrivingLicence, EducationLevel, Language, Occupation, Skill]


@pytest.mark.parametrize("model", VOCABULARIES)
def test_every_curated_name_is_said_in_english(model: type[Named]) -> None:
    assert model._default_manager.exists()
    assert not model._default_manager.filter(label_en="").exists()


def test_reader_meets_the_name_in_their_language() -> None:
    permanent = ContractType.objects.get(code="PERMANENT")
    assert str(permanent) == "Tempo indeterminato"
    with translation.override("en"):
        assert str(permanent) == "Permanent contract"


@pytest.mark.parametrize("language", ["it", "en"])
def test_the_column_and_the_row_agree(language: str) -> None:
    Occupation.objects.filter(code="bricklayer").update(label_en="")
    with translation.override(language):
        said = dict(Occupation.objects.values_list("pk", shown_name()))
        assert said == {occupation.pk: str(occupation) for occupation in Occupation.objects.all()}
