"""The words that people and jobs share, as numbers: positions, weights of skills, nearness of occupations.

All of it follows from one edition of the taxonomy: no number here moves while people come and go.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from math import log
from uuid import UUID

import numpy as np
import numpy.typing as npt

from matching.engine.arithmetic import likenesses
from matching.engine.features import OccupationFeatures

MOST_BITS = 64
"""Contracts and licences of a person are the bits of one number."""

# Shared leading digits of ISCO-08 -> (base, share of the likeness of skills), both in permille.
PROXIMITY = {4: (650, 250), 3: (450, 250), 2: (220, 280), 1: (80, 300), 0: (0, 300)}
_LEAST_WEIGHT, _MOST_WEIGHT = 10, 120


class UnknownWordError(LookupError):
    """A person or a job names a word that came after this vocabulary: make a new one."""


@dataclass(frozen=True)
class Vocabulary:
    """Ids in the order of their positions; `weights` of skills are 10 to 120, `proximity` of occupations 0 to 1000."""

    skills: tuple[UUID, ...]
    occupations: tuple[UUID, ...]
    languages: tuple[UUID, ...]
    licences: tuple[UUID, ...]
    contracts: tuple[UUID, ...]
    weights: npt.NDArray[np.int32]
    proximity: npt.NDArray[np.int16]

    @property
    def digest(self) -> str:
        """Of all its words and numbers."""
        whole = blake2b(digest_size=8)
        for ids in (self.skills, self.occupations, self.languages, self.licences, self.contracts):
            whole.update(b"".join(pk.bytes for pk in ids) + b"|")
        whole.update(self.weights.tobytes() + self.proximity.tobytes())
        return whole.hexdigest()

    def near(self, occupations: Iterable[UUID], at_least: int) -> set[UUID]:
        """The occupations that are so near to one of these, themselves included. Raises UnknownWordError."""
        positions = {pk: position for position, pk in enumerate(self.occupations)}
        try:
            rows = self.proximity[[positions[pk] for pk in occupations]]
        except KeyError as error:
            raise UnknownWordError(str(error)) from error
        return {self.occupations[position] for position in np.flatnonzero((rows >= at_least).any(axis=0))}


def make_vocabulary(
    occupations: Collection[OccupationFeatures],
    *,
    skills: Iterable[UUID],
    languages: Iterable[UUID],
    licences: Iterable[UUID],
    contracts: Iterable[UUID],
) -> Vocabulary:
    """Number the words and weigh them; raises ValueError for more contracts or licences than a number has bits."""
    ordered = sorted(occupations, key=lambda occupation: occupation.id)
    words = tuple(sorted(skills))
    positions = {pk: position for position, pk in enumerate(words)}
    weights = skill_weights(ordered, words)
    proximity = _proximity(ordered, positions, weights)
    # The kernels are compiled for what nobody writes to, as mapped files are.
    weights.flags.writeable = proximity.flags.writeable = False
    licence_ids, contract_ids = tuple(sorted(licences)), tuple(sorted(contracts))
    if max(len(licence_ids), len(contract_ids)) > MOST_BITS:
        raise ValueError("more than 64 licences or kinds of contract")
    return Vocabulary(
        skills=words,
        occupations=tuple(occupation.id for occupation in ordered),
        languages=tuple(sorted(languages)),
        licences=licence_ids,
        contracts=contract_ids,
        weights=weights,
        proximity=proximity,
    )


def skill_weights(occupations: Iterable[OccupationFeatures], skills: tuple[UUID, ...]) -> npt.NDArray[np.int32]:
    """The rarer among occupations, the heavier: 10 ln((N+1)/(df+1)) rounded, within 10 and 120."""
    found = list(occupations)
    named_by = Counter(skill for occupation in found for skill in occupation.essential | occupation.optional)
    raw = (round(10 * log((len(found) + 1) / (named_by[skill] + 1))) for skill in skills)
    return np.array([min(max(weight, _LEAST_WEIGHT), _MOST_WEIGHT) for weight in raw], np.int32)


def _proximity(
    occupations: list[OccupationFeatures], positions: dict[UUID, int], weights: npt.NDArray[np.int32]
) -> npt.NDArray[np.int16]:
    starts, linked, strengths = [0], [], []
    for occupation in occupations:
        for skill in sorted(occupation.essential | occupation.optional):
            position = positions[skill]
            linked.append(position)
            # Essential skills count twice the optional ones.
            strengths.append(int(weights[position]) * (2 if skill in occupation.essential else 1))
        starts.append(len(linked))
    like = likenesses(
        np.array(starts, np.int64), np.array(linked, np.int64), np.array(strengths, np.int64), len(positions)
    )
    shared = _shared_digits([occupation.isco08 for occupation in occupations])
    bases = np.array([PROXIMITY[digits][0] for digits in range(5)])
    shares = np.array([PROXIMITY[digits][1] for digits in range(5)])
    near: npt.NDArray[np.int16] = (bases[shared] + shares[shared] * like // 1000).astype(np.int16)
    np.fill_diagonal(near, 1000)
    return near


def _shared_digits(codes: list[str]) -> npt.NDArray[np.int64]:
    """How many leading digits each pair of codes shares, 0 to 4."""
    size = len(codes)
    digits = np.frombuffer("".join(code.ljust(4)[:4] for code in codes).encode("ascii"), np.uint8).reshape(size, 4)
    same = (digits[:, None, :] == digits[None, :, :]) & (digits[:, None, :] != ord(" "))
    shared: npt.NDArray[np.int64] = np.cumprod(same, axis=2, dtype=np.uint8).sum(axis=2, dtype=np.int64)
    return shared
