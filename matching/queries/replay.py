"""Ask the engine again what a kept run asked it."""

from dataclasses import dataclass

from django.utils import timezone

from matching.engine.record import read_person, read_vacancy
from matching.engine.scoring import ENGINE_VERSION, Part, weigh_people
from matching.models import MatchRun
from matching.queries.features import read_vocabulary


class CannotReplay(Exception):
    """The engine or the words are others by now, or the run is older than the keeping of what was asked."""


@dataclass(frozen=True)
class Replay:
    """How many proposals were weighed again, and the ranks at which the answer is another."""

    weighed: int
    different: list[int]


def replay(run: MatchRun) -> Replay:
    """Weigh the people of a run as they were then, with its weights, on its day. Raises CannotReplay.

    People erased since are no longer in the run; the others must stand in the same order with the same scores.
    """
    vocabulary = read_vocabulary()
    if (run.engine_version, run.vocabulary) != (ENGINE_VERSION, vocabulary.digest):
        raise CannotReplay
    proposals = list(run.proposals.order_by("rank"))
    weighed = weigh_people(
        vocabulary,
        read_vacancy(run.requirements),
        [read_person(proposal.features) for proposal in proposals],
        today=timezone.localdate(run.ran_at),
        weights={part: run.weights[part.value] for part in Part},
    )
    answers = [(scored.person.id, scored.score, scored.excluded_by) for scored in weighed]
    return Replay(
        weighed=len(proposals),
        different=[
            proposal.rank
            for proposal, answer in zip(proposals, answers, strict=True)
            if answer != (proposal.candidate_id, proposal.score, None)
        ],
    )
