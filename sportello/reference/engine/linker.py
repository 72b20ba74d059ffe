"""From free Italian words to the concepts meant: typing errors, gender, number and the words of a request do not matter.

BM25 on occupational stems finds the words; TF-IDF on runs of letters forgives how they are written; a word that no
name has is read as the nearest ones. A score of 1 is a name as it stands; it falls with whatever remains unexplained
in the request or in the name, so that scores of different requests may be compared.
"""

from array import array
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from sportello.reference.engine.stem import stem
from sportello.reference.engine.words import ABBREVIATIONS, FUNCTION_WORDS, REQUEST_WORDS, words

SAFE = 0.42
"""The least score of a safe proposal, chosen on the half of the names that `make bench-linker` does not report:
97 of 100 mistyped names whose job is among the first five keep it, 85 of 100 names of towns mean no job."""

_NEAR_SHARE = 0.5
"""A concept half as sure as the best one is no longer what was meant."""
_K1, _B = 1.2, 0.75
"""BM25's usual saturation and share of length."""
_WORDS_SHARE = 0.7
"""Weight of the words in a score; the rest is the letters'."""
_RANK_BONUS = 0.01
"""What the highest rank adds: it parts equals, and no more than these."""
_LETTERS = range(2, 6)
_NEAREST = 3
_LEAST_RATIO = 72.0
"""Likeness of 100 under which a word is another word."""
_REQUEST_RATIO = 80.0
"""Likeness from which an unknown word may be a word of requests with a typing error: one letter of five."""
_SAME_RATIO = 85.0
"""Likeness from which an unknown word is a known one with a typing error, not two words written as one."""
_SHORTEST_PART = 4
"""Letters that each part of words written together or cut short has at least: babysitter, ammin."""
_UNKNOWN_IDF = 3.0
"""How much an unknown word lessens the score: a common word of names, for most are places and circumstances."""
_MOST_WORDS = 16
"""Words that are read of a request."""

Concept = TypeVar("Concept", bound=Hashable)
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Readings = dict[str, float]
"""The known stems that an asked word may be, each with its weight from 0 to 1."""


@dataclass(frozen=True)
class Name(Generic[Concept]):
    """One name of a concept; between names that fit equally well the higher `rank` wins, from 0 to 1."""

    concept: Concept
    text: str
    rank: float = 0.0


@dataclass(frozen=True)
class Link(Generic[Concept]):
    """A concept that a request may mean, its name nearest to the request, and how surely: 0 to 1."""

    concept: Concept
    name: str
    score: float


class _Rows:
    """A sparse matrix, a row a term: the places of the names that hold it, and its weight in each."""

    def __init__(self, terms: Ints, places: Ints, weights: Floats, size: int) -> None:
        order = np.argsort(terms, kind="stable")
        self._starts: list[int] = np.searchsorted(terms[order], np.arange(size + 1)).tolist()
        self._places = places[order]
        self._weights = weights[order]

    def add(self, term: int, factor: float, to: Floats) -> None:
        """Add the row times `factor`, in place."""
        span = slice(self._starts[term], self._starts[term + 1])
        to[self._places[span]] += self._weights[span] * np.float32(factor)


class Linker(Generic[Concept]):
    """All names of one vocabulary, read once; `link` may be called from several threads at a time."""

    def __init__(self, names: Iterable[Name[Concept]]) -> None:
        """Index the names, any number of them; of equal ones of a concept the highest rank stays."""
        concepts: dict[Concept, dict[str, Name[Concept]]] = {}
        for name in names:
            if key := " ".join(map(stem, _content(words(name.text)))):
                kept = concepts.setdefault(name.concept, {})
                if key not in kept or kept[key].rank < name.rank:
                    kept[key] = name
        self._names = [name for kept in concepts.values() for name in kept.values()]
        sizes = [len(kept) for kept in concepts.values()]
        self._starts = np.cumsum([0, *sizes])
        self._bonus: Floats = np.array([1 + _RANK_BONUS * name.rank for name in self._names], dtype=np.float32)
        keys = [key.split() for kept in concepts.values() for key in kept]
        self._held = [frozenset(key) for key in keys]
        self._whole = {" ".join(key) for key in keys}
        self._pairs = {pair for key in keys for pair in pairwise(key)}
        self._index_words(keys)
        self._index_letters([" ".join(key) for key in keys])

    def _index_words(self, keys: list[list[str]]) -> None:
        """BM25: what each stem weighs in each name that holds it."""
        holders = Counter(word for key in keys for word in set(key))
        self._idf = {word: log(1 + (len(keys) - n + 0.5) / (n + 0.5)) for word, n in holders.items()}
        self._vocabulary = list(self._idf)
        self._terms = {word: term for term, word in enumerate(self._vocabulary)}
        average = sum(map(len, keys)) / max(1, len(keys))
        terms, places, weights = array("i"), array("i"), array("f")
        for place, key in enumerate(keys):
            damping = _K1 * (1 - _B + _B * len(key) / average)
            for word, n in Counter(key).items():
                terms.append(self._terms[word])
                places.append(place)
                weights.append(self._idf[word] * n * (_K1 + 1) / (n + damping))
        self._words = _Rows(
            np.array(terms, dtype=np.int32),
            np.array(places, dtype=np.int32),
            np.array(weights, dtype=np.float32),
            len(self._terms),
        )

    def _index_letters(self, keys: list[str]) -> None:
        """TF-IDF of runs of letters, each name of length 1, so that a sum of products is a cosine."""
        self._runs: dict[str, int] = {}
        terms, places, counts = array("i"), array("i"), array("f")
        for place, key in enumerate(keys):
            for run, n in _runs(key).items():
                terms.append(self._runs.setdefault(run, len(self._runs)))
                places.append(place)
                counts.append(n)
        rows, columns = np.array(terms, dtype=np.int32), np.array(places, dtype=np.int32)
        holders = np.bincount(rows, minlength=len(self._runs))
        idf = np.log((1 + len(keys)) / (1 + holders)) + 1
        self._run_idf: list[float] = idf.tolist()
        self._unknown_run_idf = log(1 + len(keys)) + 1
        weights: Floats = np.array(counts, dtype=np.float32) * idf[rows].astype(np.float32)
        lengths = np.sqrt(np.bincount(columns, weights**2, minlength=len(keys))).astype(np.float32)
        self._letters = _Rows(rows, columns, weights / lengths[columns], len(self._runs))

    def link(self, text: str, *, limit: int = 10) -> list[Link[Concept]]:
        """At most `limit` concepts that the request may mean, best first, each once; none when nothing resembles.

        Never raises, whatever the text.
        """
        asked = self.asked_words(text)
        if not asked or not self._names:
            return []
        readings = [reading for word in asked for reading in self._readings(word)]
        likeness = self._by_letters(" ".join(map(stem, asked)))
        found = self._by_words(readings)
        total = (_WORDS_SHARE * _to_highest(found) + (1 - _WORDS_SHARE) * _to_highest(likeness)) * self._bonus
        best = np.maximum.reduceat(total, self._starts[:-1])
        order = np.argsort(-best, kind="stable")[:limit]
        chosen = [self._best_name(int(concept), total) for concept in order if best[concept] > 0]
        if not chosen:
            return []
        sure = self._confidence(readings, self._held[chosen[0]], float(likeness[chosen[0]]))
        highest = float(total[chosen[0]])
        return [
            Link(self._names[place].concept, self._names[place].text, sure * float(total[place]) / highest)
            for place in chosen
        ]

    def propose(self, text: str, *, limit: int = 10) -> list[Link[Concept]]:
        """Of `link` what may be proposed to a person: none when the best is not safe, else it and those near it."""
        links = self.link(text, limit=limit)
        if not links or links[0].score < SAFE:
            return []
        return [link for link in links if link.score >= _NEAR_SHARE * links[0].score]

    def asked_words(self, text: str) -> list[str]:
        """Normalised words of a request less those around the job: "Cerco lavoro come cameriera" -> ["cameriera"].

        A word of requests stays where a name has it beside the same word (consulente del lavoro), and where the
        request is a name from end to end. Repetitions are left out, and "a" of "operaio/a" with them.
        """
        read = _content(words(text))
        stems = [stem(word) for word in read]
        if " ".join(stems) not in self._whole:
            around = [word in REQUEST_WORDS for word in read]
            said = [
                not around[place]
                or any(
                    0 <= beside < len(read) and not around[beside] and (stems[first], stems[first + 1]) in self._pairs
                    for beside, first in ((place - 1, place - 1), (place + 1, place))
                )
                for place in range(len(read))
            ]
            read = [word for word, kept in zip(read, said, strict=True) if kept]
        return list({stem(word): word for word in reversed(read)}.values())[::-1][:_MOST_WORDS]

    def _readings(self, word: str) -> list[Readings]:
        """What the word may be: itself, what it abbreviates, its two parts, its nearest, or what begins with it.

        One empty reading for a word like none of the names; none for a mistyped word of requests.
        """
        key = stem(word)
        if key in self._terms:
            return [{key: 1.0}]
        if (full := stem(ABBREVIATIONS.get(word, ""))) in self._terms:
            return [{full: 1.0}]
        near = process.extract(key, self._vocabulary, scorer=fuzz.ratio, score_cutoff=_LEAST_RATIO, limit=_NEAREST)
        likeness = near[0][1] if near else 0.0
        meant = process.extractOne(word, REQUEST_WORDS, scorer=fuzz.ratio, score_cutoff=_REQUEST_RATIO)
        if meant and meant[1] > likeness:
            return []
        if likeness < _SAME_RATIO and (parts := self._parts(word)):
            return parts
        if near:
            return [{found: (ratio / 100) ** 2 for found, ratio, _place in near}]
        return [self._beginning_with(key)]

    def _parts(self, word: str) -> list[Readings]:
        """The two known words that are written as one in `word`: aiutocuoco; empty when there are none."""
        for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
            first, second = stem(word[:cut]), stem(word[cut:])
            if first in self._terms and second in self._terms:
                return [{first: 1.0}, {second: 1.0}]
        return []

    def _beginning_with(self, key: str) -> Readings:
        """The commonest words that `key` cuts short, as likely as it is long: ammin; empty when it is too short."""
        if len(key) < _SHORTEST_PART:
            return {}
        longer = sorted((w for w in self._vocabulary if w.startswith(key)), key=lambda w: self._idf[w])
        return {word: len(key) / len(word) for word in longer[:_NEAREST]}

    def _by_words(self, readings: list[Readings]) -> Floats:
        total = np.zeros(len(self._names), dtype=np.float32)
        for reading in readings:
            for word, weight in reading.items():
                self._words.add(self._terms[word], weight, total)
        return total

    def _by_letters(self, key: str) -> Floats:
        """Cosine of the request and each name, 0 to 1."""
        total = np.zeros(len(self._names), dtype=np.float32)
        length = 0.0
        for run, n in _runs(key).items():
            term = self._runs.get(run)
            weight = n * (self._unknown_run_idf if term is None else self._run_idf[term])
            length += weight**2
            if term is not None:
                self._letters.add(term, weight, total)
        return total / np.float32(max(length, 1.0) ** 0.5)

    def _best_name(self, concept: int, total: Floats) -> int:
        """Place of the concept's name that scored most."""
        start = int(self._starts[concept])
        return start + int(np.argmax(total[start : self._starts[concept + 1]]))

    def _confidence(self, readings: list[Readings], held: frozenset[str], likeness: float) -> float:
        """How much of the request the name explains and the request of the name, 0 to 1, in words and in letters."""
        asked = explained = 0.0
        told: Readings = {}
        for reading in readings:
            weight = max((self._idf[word] for word in reading), default=_UNKNOWN_IDF)
            met = {word: share for word, share in reading.items() if word in held}
            asked += weight
            explained += weight * max(met.values(), default=0.0)
            told |= {word: max(share, told.get(word, 0.0)) for word, share in met.items()}
        if not told:
            return (1 - _WORDS_SHARE) * min(likeness, 1.0)
        of_request = explained / asked
        of_name = sum(self._idf[word] * share for word, share in told.items()) / sum(self._idf[word] for word in held)
        both = 2 * of_request * of_name / (of_request + of_name)
        return _WORDS_SHARE * min(both, 1.0) + (1 - _WORDS_SHARE) * min(likeness, 1.0)


def _content(read: list[str]) -> list[str]:
    """The words that part one job from another."""
    return [word for word in read if word not in FUNCTION_WORDS]


def _runs(key: str) -> Counter[str]:
    """Runs of two to five signs of the stems, a space before, between and after them."""
    padded = f" {key} "
    return Counter(padded[at : at + size] for size in _LETTERS for at in range(len(padded) - size + 1))


def _to_highest(scores: Floats) -> Floats:
    highest = scores.max(initial=0)
    return scores / highest if highest > 0 else scores
