"""Only what was chosen is written, and written again it changes nothing."""

import pytest

from candidates.engine.europass_read import read_europass
from candidates.models import Candidate, HeldLicence, SkillStatement
from candidates.queries.curriculum import Piece, recognised
from candidates.services.curriculum import import_pieces
from sportello.accounts.scope import Scope
from sportello.reference.models import Skill
from tests.support.curriculum import SPECIMENS
from tests.support.personas import make_candidate

pytestmark = pytest.mark.usefixtures("vocabulary")

BY = Scope.of_process("tests")


def rows_of(person: Candidate) -> dict[str, list[object]]:
    return {
        "jobs": list(person.experiences.order_by("starts_on").values_list("title", "is_paid")),
        "studies": list(person.education.values_list("title", "year")),
        "languages": list(person.language_skills.values_list("language__code", "level", "is_native")),
        "licences": list(
            HeldLicence.objects.filter(profile__candidate=person).values_list("drivinglicence__code", flat=True)
        ),
        "about": list(Candidate.objects.filter(pk=person.pk).values_list("profile__about", "birth_place")),
    }


def test_pieces_are_written_like_what_is_typed() -> None:
    person = make_candidate(birth_place="Dakar")
    reading = read_europass((SPECIMENS / "candidate.xml").read_bytes())
    pieces = recognised(reading, person).pieces
    assert import_pieces(candidate=person, pieces=pieces, by=BY) == len(pieces)
    assert rows_of(person) == {
        "jobs": [("Aiuto cuoca", True), ("Cuoca", True)],
        "studies": [("Baccalaureat", 2004)],
        "languages": [("it", "B1", False), ("wo", "C2", True)],
        "licences": ["AM", "B"],
        "about": [("Mi piace cucinare & imparare.\nPuntuale", "Dakar")],
    }
    skills = {piece.fields["skill"] for piece in pieces if piece.kind == "skill"}
    assert set(Skill.objects.filter(pk__in=person.skill_statements.values("skill"))) == skills
    assert all(piece.is_on_file for piece in recognised(reading, Candidate.objects.get(pk=person.pk)).pieces)


def test_nothing_chosen_is_nothing_written() -> None:
    person = make_candidate()
    before = rows_of(person)
    assert import_pieces(candidate=person, pieces=(), by=BY) == 0
    assert rows_of(person) == before


def test_a_confirmed_skill_stays_confirmed() -> None:
    person, skill = make_candidate(), Skill.objects.get(code="accounting")
    SkillStatement.objects.create(
        candidate=person, skill=skill, source="operator", evidence_kind="test", confirmed_on="2026-01-02"
    )
    import_pieces(candidate=person, pieces=[Piece("k", "skill", "x", True, {"skill": skill})], by=BY)
    assert list(person.skill_statements.values_list("source", "evidence_kind")) == [("operator", "test")]
