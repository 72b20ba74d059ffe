"""How well and how fast free words find their occupation among ESCO's Italian names (see `make bench-linker`).

One alternative name in twenty is taken away from occupations that keep others, and asked for: as it was, with typing
errors, and as a person would ask. The first half of them served to choose the linker's constants: the table shows the
second. "New" are those whose words no other name has, with gender and number folded: ESCO's alternatives are often twins.
"""

import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings

django.setup()

# The archive's messages can be imported once Django is ready.
from sportello.core.text import search_key  # noqa: E402
from sportello.reference.engine.linker import SAFE, Linker, Name  # noqa: E402
from sportello.reference.engine.stem import stem  # noqa: E402
from sportello.reference.engine.words import FUNCTION_WORDS, words  # noqa: E402
from sportello.reference.services.esco_archive import find_archive, read_concepts  # noqa: E402

ESCO = Path(os.environ.get("SPORTELLO_ESCO", settings.BASE_DIR.parent / "shared" / "data" / "esco"))
SEED = 7
HELD_SHARE = 0.05
LETTERS = "abcdefghilmnopqrstuvz"
AROUND = (
    "cerco lavoro come {}",
    "{} a Milano",
    "offresi {} con esperienza",
    "{} part time zona Segrate",
    "{} anche nel weekend",
    "sono una {} seria e puntuale, automunita",
    "Buongiorno, cerco un posto da {}",
    "{} full time Cinisello",
    "urgente {} disponibile subito",
    "ho fatto per 10 anni {}",
)

Question = tuple[str, str]
"""The occupation meant, and what is asked."""


@dataclass(frozen=True)
class Split:
    """Names that the linker reads, and those held out."""

    kept: list[Name[str]]
    held: list[Question]


def split(folder: Path, chance: random.Random) -> Split:
    """ESCO's Italian names less one alternative in twenty, none of them the last one of its occupation or of two."""
    kept: list[Name[str]] = []
    alternatives: dict[str, list[str]] = {}
    owners: dict[str, set[str]] = {}
    for uri, concept in sorted(read_concepts(find_archive(folder), "occupations").items()):
        preferred, others = concept.names.get("it", ("", []))
        own = [text.strip() for text in preferred.split("/") if text.strip()]
        alternatives[uri] = [text for text in others if search_key(text) not in map(search_key, own)]
        kept += [Name(uri, text, 1.0) for text in own]
        for text in (*own, *alternatives[uri]):
            owners.setdefault(search_key(text), set()).add(uri)
    pool = [(uri, text) for uri, texts in alternatives.items() for text in texts if len(owners[search_key(text)]) == 1]
    chance.shuffle(pool)
    left = {uri: len(texts) for uri, texts in alternatives.items()}
    held: list[Question] = []
    for uri, text in pool:
        if left[uri] > 1 and len(held) < HELD_SHARE * sum(map(len, alternatives.values())):
            held.append((uri, text))
            left[uri] -= 1
    away = set(held)
    kept += [Name(uri, text) for uri, texts in alternatives.items() for text in texts if (uri, text) not in away]
    return Split(kept, held)


def mistyped(text: str, chance: random.Random) -> str:
    """A letter swapped, lost, changed or added in half of the words of four letters and more, in one at least."""
    typed = text.split()
    long = [place for place, word in enumerate(typed) if len(word) >= 4]
    wrong = {place for place in long if chance.random() < 0.5} or set(long[:1])
    return " ".join(_edited(word, chance) if place in wrong else word for place, word in enumerate(typed))


def _edited(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    edits: tuple[Callable[[], str], ...] = (
        lambda: word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        lambda: word[:at] + word[at + 1 :],
        lambda: word[:at] + chance.choice(LETTERS) + word[at + 1 :],
        lambda: word[:at] + chance.choice(LETTERS) + word[at:],
    )
    return chance.choice(edits)()


def said(text: str, chance: random.Random) -> str:
    """The name inside a request; three in ten with typing errors."""
    request = chance.choice(AROUND).format(text)
    return mistyped(request, chance) if chance.random() < 0.3 else request


def key(text: str) -> tuple[str, ...]:
    """What the linker keeps of a name."""
    return tuple(stem(word) for word in words(text) if word not in FUNCTION_WORDS)


def questions(split: Split, held: list[Question], chance: random.Random) -> Iterator[tuple[str, list[Question]]]:
    """The four ways of asking."""
    known = {key(name.text) for name in split.kept}
    yield "clean", held
    yield "new", [(uri, text) for uri, text in held if key(text) not in known]
    yield "typos", [(uri, mistyped(search_key(text), chance)) for uri, text in held]
    yield "citizen", [(uri, said(text, chance)) for uri, text in held]


def measure(linker: Linker[str], asked: list[Question]) -> str:
    """MRR, share right first and among five, share of these that are safe, and milliseconds a request (wall, then CPU)."""
    inverse, five, safe, wall, cpu = [], 0, 0, [], []
    for uri, text in asked:
        begun, begun_cpu = time.perf_counter(), time.thread_time()
        found = linker.link(text, limit=50)
        wall.append((time.perf_counter() - begun) * 1000)
        cpu.append((time.thread_time() - begun_cpu) * 1000)
        ranks = [rank for rank, link in enumerate(found, start=1) if link.concept == uri]
        inverse.append(1 / ranks[0] if ranks else 0.0)
        if inverse[-1] >= 1 / 5:
            five += 1
            safe += found[0].score >= SAFE
    first = sum(value == 1 for value in inverse)
    times = [f"{statistics.median(spent):6.2f} {statistics.quantiles(spent, n=20)[-1]:6.2f}" for spent in (wall, cpu)]
    n = len(asked)
    return f"{n:5} {sum(inverse) / n:6.3f} {first / n:6.3f} {five / n:6.3f} {safe / max(1, five):6.3f}   {'   '.join(times)}"


def main() -> None:
    """Print the table."""
    if not ESCO.is_dir():
        sys.exit("L'archivio ESCO non è su questa macchina: indicalo con SPORTELLO_ESCO.")
    parts = split(ESCO, random.Random(SEED))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    linker = Linker(parts.kept)
    built = time.perf_counter() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(f"{len(parts.kept)} names read in {built:.1f} s, {grown:.0f} MB; {len(parts.held)} held out\n")
    sys.stdout.write(
        f"{'':8} {'n':>5} {'MRR':>6} {'@1':>6} {'@5':>6} {'safe':>6}   {'wall':>6} {'p95':>6}   {'cpu':>6} {'p95':>6}\n"
    )
    linker.link("prima domanda")
    for name, asked in questions(parts, parts.held[1::2], random.Random(SEED)):
        sys.stdout.write(f"{name:8} {measure(linker, asked)}\n")


if __name__ == "__main__":
    main()
