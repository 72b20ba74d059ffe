"""Forgiving search of occupations and skills, and what an occupation asks for."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, Exists, F, FloatField, Max, OuterRef, Q, Value, When
from django.db.models.expressions import Combinable

from sportello.reference.enums import LabelKind, SkillRelation
from sportello.reference.models import Occupation, OccupationSkill, Skill, SkillLabel
from sportello.reference.rules import asked_words

# Below this share of common trigrams a proposal is noise; measured on the requests of tests/reference/test_queries.py.
_LEAST_SCORE = 0.36
# Among names that fit equally well: the job's own name, then everyday words, then ESCO's alternatives.
_PREFERRED_BONUS = 0.06
_EVERYDAY_BONUS = 0.05
# Shorter words share too many trigrams with everything.
_LEAST_WORD = 4


@dataclass(frozen=True)
class OccupationMatch:
    """An occupation proposed for a request; `score` from 0 to 1.06, 1 and more for a name written exactly."""

    occupation: Occupation
    score: float


@dataclass(frozen=True)
class SkillProposal:
    """A skill an occupation asks for, and whether it is essential there."""

    skill: Skill
    essential: bool


def find_occupations(text: str, *, limit: int = 10) -> list[OccupationMatch]:
    """Occupations whose Italian names resemble `text`, best first; one query, none for an empty text.

    Accents, case, gender, typing errors and the words of a request ("cerco", "part time") do not matter.
    An empty list says that there is no safe proposal.
    """
    asked = asked_words(text)
    if not asked:
        return []
    found = (
        Occupation.objects.filter(_resembles(asked), labels__language="it", retired_in__isnull=True)
        .annotate(score=_score(asked))
        .filter(score__gte=_LEAST_SCORE)
        .order_by("-score", "sort_key")[:limit]
    )
    return [OccupationMatch(occupation, occupation.score) for occupation in found]


def proposed_skills(occupation_id: UUID) -> list[SkillProposal]:
    """Skills of an occupation that have an Italian name, ours and the essential ones first; one query."""
    in_italian = Exists(SkillLabel.objects.filter(skill=OuterRef("skill"), language="it"))
    links = (
        OccupationSkill.objects.filter(in_italian, occupation_id=occupation_id, skill__retired_in__isnull=True)
        .select_related("skill")
        # "curated" < "esco" and "essential" < "optional".
        .order_by("source", "relation", "skill__sort_key")
    )
    return [SkillProposal(link.skill, link.relation == SkillRelation.ESSENTIAL) for link in links]


def _resembles(asked: str) -> Q:
    """The whole request, or one of its longer words, stands in the label: served by the trigram index."""
    resembling = Q(labels__search_key__trigram_word_similar=asked)
    for word in asked.split():
        if len(word) >= _LEAST_WORD:
            resembling |= Q(labels__search_key__trigram_word_similar=word)
    return resembling


def _score(asked: str) -> Combinable:
    """Best label's mean of two likenesses: the request inside the label, and the one against the other."""
    inside = TrigramWordSimilarity(asked, F("labels__search_key"))
    whole = TrigramSimilarity(F("labels__search_key"), asked)
    bonus = Case(
        When(labels__kind=LabelKind.PREFERRED, then=_PREFERRED_BONUS),
        When(labels__kind=LabelKind.EVERYDAY, then=_EVERYDAY_BONUS),
        default=Value(0.0),
        output_field=FloatField(),
    )
    return Max((inside + whole) / Value(2.0, output_field=FloatField()) + bonus, output_field=FloatField())
