"""The vocabularies that the demonstration draws from."""

import pytest

from sportello.reference.models import Occupation, OccupationSkill, Sector
from sportello.workspaces.services.demo.draw import Draw, table
from sportello.workspaces.services.demo.territory import TerritoryMissing
from sportello.workspaces.services.demo.vocabulary import read_vocabulary
from tests.workspaces.services.demo.conftest import TODAY

pytestmark = pytest.mark.usefixtures("village")


def test_every_trade_hires_people_whose_skills_are_known() -> None:
    vocabulary = read_vocabulary(Draw(seed=1, today=TODAY))
    for _ in range(200):
        trade = vocabulary.trades.next()
        assert trade.words
        assert vocabulary.skills[trade.occupations.next().pk]


def test_the_essential_skills_come_first() -> None:
    occupation = Occupation.objects.get(code="forklift-operator")
    essential = set(
        OccupationSkill.objects.filter(occupation=occupation, relation="essential").values_list("skill", flat=True)
    )
    known = [skill.pk for skill in read_vocabulary(Draw(seed=1, today=TODAY)).skills[occupation.pk]]
    assert set(known[: len(essential)]) == essential


def test_a_vocabulary_that_is_not_loaded_is_named() -> None:
    row = next(table("trades"))
    Sector.objects.filter(code=row["sector"]).update(code="altro")
    with pytest.raises(TerritoryMissing, match=row["sector"]):
        read_vocabulary(Draw(seed=1, today=TODAY))
