"""From free words to occupations and skills, and what an occupation asks for."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from sportello.reference.engine.linker import Linker, Name
from sportello.reference.enums import LabelKind, SkillRelation
from sportello.reference.models import (
    Occupation,
    OccupationLabel,
    OccupationSkill,
    Skill,
    SkillLabel,
    TaxonomyVersion,
)

# Among names that fit equally well: the job's own name, then everyday words, then ESCO's alternatives.
_RANKS = {LabelKind.PREFERRED: 1.0, LabelKind.EVERYDAY: 0.8, LabelKind.ALTERNATIVE: 0.0}

Concept = TypeVar("Concept", Occupation, Skill)
# Editions loaded, when, and which are current: every load of a vocabulary changes it.
State = tuple[tuple[UUID, datetime, bool], ...]


@dataclass(frozen=True)
class OccupationMatch:
    """An occupation that a request may mean; `score` from 0 to 1, 1 for a name as it stands."""

    occupation: Occupation
    score: float


@dataclass(frozen=True)
class SkillProposal:
    """A skill an occupation asks for, and whether it is essential there."""

    skill: Skill
    essential: bool


NO_SAFE_JOB = _("Non troviamo un mestiere sicuro: prova con altre parole.")
"""What a form says where `find_occupations` finds none."""


class _Vocabulary(Generic[Concept]):
    """The linker of one vocabulary, kept by this process until a load changes the vocabulary."""

    def __init__(self, read: Callable[[], Iterable[Name[Concept]]]) -> None:
        self._read: Callable[[], Iterable[Name[Concept]]] = read
        self._lock = Lock()
        self._kept: tuple[State, Linker[Concept]] | None = None

    def linker(self) -> Linker[Concept]:
        """The linker of the vocabulary as it is now; one query, one more when it must be built."""
        # Read before the names: what is loaded meanwhile changes the next state, and the names are read again.
        state: State = tuple(TaxonomyVersion.objects.order_by("pk").values_list("pk", "loaded_at", "is_current"))
        with self._lock:
            if self._kept is None or self._kept[0] != state:
                self._kept = state, Linker(self._read())
            return self._kept[1]


def _occupation_names() -> Iterator[Name[Occupation]]:
    labels = OccupationLabel.objects.filter(language="it", occupation__retired_in__isnull=True)
    ordered = (
        labels.select_related("occupation")
        .defer("occupation__description")
        .order_by("occupation__sort_key", "occupation_id", "search_key")
    )
    for label in ordered.iterator():
        yield Name(label.occupation, label.text, _RANKS[LabelKind(label.kind)])


def _skill_names() -> Iterator[Name[Skill]]:
    labels = SkillLabel.objects.filter(language="it", skill__retired_in__isnull=True)
    for label in (
        labels.select_related("skill")
        .defer("skill__description")
        .order_by("skill__sort_key", "skill_id", "search_key")
        .iterator()
    ):
        yield Name(label.skill, label.text, _RANKS[LabelKind(label.kind)])


_occupations = _Vocabulary(_occupation_names)
_skills = _Vocabulary(_skill_names)


def occupation_linker() -> Linker[Occupation]:
    """Whatever text to all occupations that it may mean, safe or not; one query, a second when a load changed them.

    The occupations come without their description.
    """
    return _occupations.linker()


def skill_linker() -> Linker[Skill]:
    """Whatever text to all skills that it may mean, safe or not; as `occupation_linker`."""
    return _skills.linker()


def find_occupations(text: str, *, limit: int = 8) -> list[OccupationMatch]:
    """Occupations whose Italian names say what `text` asks for, best first; one query, none for an empty text.

    Accents, case, gender, typing errors and the words of a request ("cerco", "part time") do not matter.
    An empty list says that there is no safe proposal.
    """
    if not text.strip():
        return []
    return [OccupationMatch(link.concept, link.score) for link in occupation_linker().propose(text, limit=limit)]


def proposed_skills(*occupation_ids: UUID) -> list[SkillProposal]:
    """Skills of the occupations that have an Italian name, ours and the essential ones first; one query."""
    in_italian = Exists(SkillLabel.objects.filter(skill=OuterRef("skill"), language="it"))
    links = (
        OccupationSkill.objects.filter(in_italian, occupation_id__in=occupation_ids, skill__retired_in__isnull=True)
        .select_related("skill")
        # "curated" < "esco" and "essential" < "optional".
        .order_by("source", "relation", "skill__sort_key")
    )
    return [SkillProposal(link.skill, link.relation == SkillRelation.ESSENTIAL) for link in links]
