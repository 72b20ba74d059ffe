"""What the matching costs on drawn people (see `make bench`): one table, the sides of each ratio in turns in one run.

`--quick` takes 100,000 people and fewer vacancies. The SQL side needs DATABASE_URL; it works in temporary tables, which leave nothing
behind.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django
import numpy as np

django.setup()

# Models can be imported once Django is ready.
from django.db import transaction  # noqa: E402

from matching.engine.columns import People, Vacancies, people_columns, rows_of  # noqa: E402
from matching.engine.scoring import Pool, Ranking, rank_row, rank_vacancies, warm  # noqa: E402
from matching.engine.segment import Origin, building, open_segment, write_segment  # noqa: E402
from matching.engine.vocabulary import Vocabulary  # noqa: E402
from tests.performance import rivals  # noqa: E402
from tests.performance.drawn import (  # noqa: E402
    TODAY,
    draw_people,
    draw_vacancies,
    draw_vocabulary,
    drawn_features,
    pool_of,
)

NIGHT = 20_000
JOBS = 20_000


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def loaded() -> str:
    """How busy the machine is, over the last minute, of how many cores."""
    return f"load {os.getloadavg()[0]:.1f} of {os.cpu_count()}"


def spent() -> float:
    """Seconds of the processor, of this process and of those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(call: Callable[[], Any]) -> tuple[Any, float, float]:
    """The answer, milliseconds of the processor and of the clock."""
    began, began_cpu = time.perf_counter(), spent()
    answer = call()
    return answer, (spent() - began_cpu) * 1000, (time.perf_counter() - began) * 1000


class Side:
    """One way of answering, and what each answer of it cost."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cpu: list[float] = []
        self.wall: list[float] = []

    def ask(self, call: Callable[[], Any]) -> Any:
        answer, cpu, wall = timed(call)
        self.cpu.append(cpu)
        self.wall.append(wall)
        return answer

    def line(self, note: str = "") -> None:
        def pair(times: list[float]) -> str:
            ordered = sorted(times)
            return f"{statistics.median(ordered):10.2f}{ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]:10.2f}"

        say(f"{self.name:<42}{len(self.wall):>5}{pair(self.cpu)}{pair(self.wall)}  {note}")


def times(one: Side, other: Side) -> str:
    """How often `other` fits into `one`, over the questions that both were asked, by the clock."""
    both = min(len(one.wall), len(other.wall))
    return f"{statistics.median(one.wall[:both]) / statistics.median(other.wall[:both]):.1f}"


def one_vacancy(words: Vocabulary, people: People, rounds: int, *, sql_rounds: int) -> None:
    """Top 50: the engine and its rivals, in turns, vacancy by vacancy."""
    vacancies, pool = draw_vacancies(np.random.default_rng(rounds), rounds, words), pool_of(words, people)
    searcher, _, building_ms = timed(partial(rivals.index_people, people))
    rivals.load_rows(people)
    columns = rivals.plain(people)
    engine, page, read = (
        Side("engine, top 50"),
        Side("engine, top 60 and 30 of the excluded"),
        Side("plain read of the same columns"),
    )
    sql, search = Side("the same formula in SQL"), Side("tantivy, BM25 with the same filters")
    shared = []
    for row in range(rounds):
        asked = partial(rank_row, pool, vacancies, row, today=TODAY)
        found: Ranking = engine.ask(partial(asked, most=50))
        page.ask(partial(asked, most=60, most_excluded=30))
        read.ask(partial(rivals.plain_read, columns))
        question = rivals.search_question(searcher, words, people, vacancies, row)
        hits = searcher.rows(search.ask(partial(searcher.best, question)))
        best = set(rows_of(people, [ranked.person for ranked in found.best]).tolist())
        shared.append(len(best & set(hits)) / max(len(best), 1))
        if row < sql_rounds:
            assert searcher.matching(question) == found.eligible, "the filters of the search engine are not the rules"
            scores = sql.ask(partial(rivals.in_sql, rivals.sql_question(words, people, vacancies, row)))
            assert scores == [ranked.score for ranked in found.best], "SQL and engine differ"
    engine.line(loaded())
    page.line("as a page asks it")
    read.line(f"engine / read: {times(engine, read)}")
    sql.line(f"same answers; SQL / engine: {times(sql, engine)}; its processor is the server's")
    search.line(
        f"tantivy / engine: {times(search, engine)}; overlap@50 {statistics.mean(shared):.2f}; indexed in {building_ms / 1000:.0f} s"
    )


def one_person(words: Vocabulary, people: People, rounds: int) -> None:
    """A profile changes: that person against every vacancy."""
    vacancies, side = (
        draw_vacancies(np.random.default_rng(1), JOBS, words),
        Side(f"one changed profile, {JOBS:,} vacancies"),
    )
    for row in range(rounds):
        side.ask(partial(rank_vacancies, words, people, row, vacancies, today=TODAY))
    side.line()


def nightly(words: Vocabulary, people: People, rounds: int) -> None:
    """Top 50 of each vacancy, by one process and by two, in turns; they share the columns, as mapped files are shared."""
    vacancies, pool = draw_vacancies(np.random.default_rng(2), NIGHT, words), pool_of(words, people)
    assert pool.present.any()  # reckoned before the processes part
    sides = [Side(f"night of {NIGHT:,} vacancies, one process"), Side("  the same, two processes")]
    for _ in range(rounds):
        for processes, side in enumerate(sides, start=1):
            side.ask(partial(_spread, pool, vacancies, processes))
    seconds = statistics.median(sides[0].cpu) / 1000
    sides[0].line(f"{seconds:.1f} s of one core; {NIGHT / seconds:.0f} vacancies a second of it")
    sides[1].line(f"one / two: {times(*sides)}; {loaded()}")


def _spread(pool: Pool, vacancies: Vacancies, processes: int) -> None:
    context, size = get_context("fork"), len(vacancies.occupation)
    parts = [range(size * number // processes, size * (number + 1) // processes) for number in range(processes)]
    workers = [context.Process(target=_rank_each, args=(pool, vacancies, part)) for part in parts]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
        assert worker.exitcode == 0


def _rank_each(pool: Pool, vacancies: Vacancies, part: range) -> None:
    for row in part:
        rank_row(pool, vacancies, row, today=TODAY, most=50)


def building_of(words: Vocabulary, people: People) -> None:
    """From objects to columns, from columns to a checked segment on disk and back."""
    objects = drawn_features(min(people.size, 100_000), words)
    _, _, made = timed(partial(people_columns, objects, words))
    with TemporaryDirectory() as name:
        folder = Path(name)
        with building(folder):
            _, _, written = timed(partial(write_segment, folder, Origin("", "", 0, "", ""), words, people))
        _, _, opened = timed(partial(open_segment, folder))
    megabytes = sum(column.nbytes for column in people) / 1e6
    say(
        f"build: {len(objects):,} objects to columns {made / 1000:.1f} s; {people.size:,} rows written and checked "
        f"{written / 1000:.2f} s, opened {opened / 1000:.2f} s; columns {megabytes:.0f} MB"
    )


def main() -> None:
    quick = "--quick" in sys.argv
    warm()
    for size, rounds, nights in ((100_000, 200, 3), (1_000_000, 100, 1))[: 1 if quick else 2]:
        random = np.random.default_rng(size)
        words = draw_vocabulary(random)
        people = draw_people(random, size)
        say(f"\n{f'{size:,} people; milliseconds':<42}{'runs':>5}{'cpu p50':>10}{'p95':>10}{'wall p50':>10}{'p95':>10}")
        with transaction.atomic():
            one_vacancy(words, people, rounds // 4 if quick else rounds, sql_rounds=5 if quick else 10)
            transaction.set_rollback(True)
        one_person(words, people, 100)
        nightly(words, people, 1 if quick else nights)
        building_of(words, people)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    say(f"\nmost memory of a process, with the objects and the index of tantivy: {peak / 1024:.0f} MB")


if __name__ == "__main__":
    main()
