"""What the matching costs on drawn people (see `make bench`): one table, the sides of each ratio interleaved in one run.

People and vacancies are drawn straight into columns: 1 to 3 occupations (frequent ones more often), 14 skills about, 60 places.
The SQL side needs DATABASE_URL; it works in temporary tables, which leave nothing behind.
"""

import os
import resource
import statistics
import sys
import time
import uuid
from collections.abc import Callable
from datetime import date
from functools import partial
from multiprocessing import get_context
from typing import Any

import django
import numpy as np
import numpy.typing as npt

django.setup()

# Models can be imported once Django is ready.
from django.db import connection, transaction  # noqa: E402

from matching.engine.columns import People, Vacancies, frozen  # noqa: E402
from matching.engine.scoring import WEIGHTS, Part, Pool, rank_row, rank_vacancies, warm  # noqa: E402
from matching.engine.vocabulary import Vocabulary  # noqa: E402

TODAY = date(2026, 5, 4)
OCCUPATIONS, SKILLS, LANGUAGES, PLACES = 455, 734, 42, 60
RADIUS_CM = 637_100_880
Column = npt.NDArray[Any]


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def draw_vocabulary(random: np.random.Generator) -> Vocabulary:
    """Occupations in groups of five, nearer inside a group."""
    near = random.integers(0, 450, (OCCUPATIONS, OCCUPATIONS), np.int16)
    near = np.maximum(near, near.T)
    group = np.arange(OCCUPATIONS) // 5
    near[group[:, None] == group[None, :]] = 700
    np.fill_diagonal(near, 1000)
    weights = random.integers(10, 62, SKILLS, np.int32)
    near.flags.writeable = weights.flags.writeable = False

    def ids(size: int) -> tuple[uuid.UUID, ...]:
        return tuple(uuid.UUID(int=number) for number in range(size))

    return Vocabulary(ids(SKILLS), ids(OCCUPATIONS), ids(LANGUAGES), ids(30), ids(15), weights, near)


def draw_lists(random: np.random.Generator, size: int, least: int, most: int, words: int) -> tuple[Column, Column]:
    """For each row a list of different words, frequent ones more often: (starts, words)."""
    wanted = random.integers(least, most + 1, size)
    rows = np.repeat(np.arange(size), wanted)
    drawn = (words * random.random(len(rows)) ** 2).astype(np.int64)
    pairs = np.unique(rows * words + drawn)
    starts = np.searchsorted(pairs // words, np.arange(size + 1))
    return starts.astype(np.int32), (pairs % words).astype(np.uint16)


def draw_points(random: np.random.Generator, size: int) -> Column:
    """Points within some 40 km of Milano, in centimetres from the centre of the earth."""
    latitude = np.radians(45.46 + random.normal(0, 0.15, size))
    longitude = np.radians(9.19 + random.normal(0, 0.2, size))
    flat = np.cos(latitude)
    vectors = RADIUS_CM * np.stack([flat * np.cos(longitude), flat * np.sin(longitude), np.sin(latitude)])
    whole: Column = np.rint(vectors).astype(np.int64)
    return whole


def draw_bits(random: np.random.Generator, size: int, kinds: int, share: float) -> Column:
    chosen: Column = (random.random((size, kinds)) < share).astype(np.uint64)
    bits: Column = np.asarray(chosen @ np.left_shift(np.uint64(1), np.arange(kinds, dtype=np.uint64)))
    return bits


def draw_people(random: np.random.Generator, size: int) -> People:
    """`size` people over the places, of whom each vacancy leaves a quarter to a third eligible."""
    x, y, z = draw_points(random, PLACES)
    bounds = np.sort(random.integers(0, size, PLACES - 1))
    occupation_at, occupation = draw_lists(random, size, 1, 3, OCCUPATIONS)
    skill_at, skill = draw_lists(random, size, 5, 30, SKILLS)
    language_at, language = draw_lists(random, size, 0, 3, LANGUAGES)
    high, low = (random.integers(0, 2**63, size, np.uint64) for _ in "hl")
    choosy = random.random(size) < 0.4
    return frozen(
        People(
            id_high=high,
            id_low=low,
            by_id=np.lexsort((low, high)).astype(np.int32),
            place_x=x,
            place_y=y,
            place_z=z,
            place_known=np.ones(PLACES, np.uint8),
            place_at=np.concatenate([[0], bounds, [size]]).astype(np.int32),
            may_work=(random.random(size) < 0.97).astype(np.uint8),
            licences=draw_bits(random, size, 4, 0.6).astype(np.uint64),
            contracts=np.where(choosy, draw_bits(random, size, 15, 0.5), np.uint64(2**64 - 1)).astype(np.uint64),
            hours=random.choice(np.array([1, 2, 3, 3], np.uint8), size),
            reach_m=random.choice(np.array([10, 15, 20, 30, 50], np.int32), size) * np.int32(1000),
            confirmed=(TODAY.toordinal() - random.integers(0, 300, size)).astype(np.int32),
            waiting=(TODAY.toordinal() - random.integers(0, 700, size)).astype(np.int32),
            eqf=random.integers(-1, 8, size).astype(np.int8),
            occupation_at=occupation_at,
            occupation=occupation,
            years=random.integers(0, 25, len(occupation)).astype(np.uint8),
            skill_at=skill_at,
            skill=skill,
            language_at=language_at,
            language=(language * 8 + random.integers(1, 7, len(language))).astype(np.uint16),
        )
    )


def draw_vacancies(random: np.random.Generator, size: int, words: Vocabulary) -> Vacancies:
    """`size` jobs with 4 to 12 essential and 2 to 8 optional skills."""
    x, y, z = draw_points(random, size)
    skill_at, skill = draw_lists(random, size, 6, 20, SKILLS)
    worth = words.weights[skill].astype(np.int64)
    worth[random.random(len(worth)) < 0.35] <<= 32
    sums = np.concatenate([[0], np.cumsum(worth)])
    language_at, language = draw_lists(random, size, 0, 1, LANGUAGES)
    return frozen(
        Vacancies(
            id_high=random.integers(0, 2**63, size, np.uint64),
            id_low=random.integers(0, 2**63, size, np.uint64),
            x=x,
            y=y,
            z=z,
            known=np.ones(size, np.uint8),
            licences=random.choice(np.array([0, 0, 1, 2], np.uint64), size),
            contract=np.left_shift(np.uint64(1), random.integers(0, 15, size, np.uint64)),
            hours=random.choice(np.array([1, 2], np.uint8), size),
            occupation=(OCCUPATIONS * random.random(size) ** 2).astype(np.int32),
            years=random.integers(0, 6, size).astype(np.int32),
            eqf=random.integers(-1, 7, size).astype(np.int8),
            full=sums[skill_at[1:]] - sums[skill_at[:-1]],
            skill_at=skill_at,
            skill=skill,
            worth=worth,
            language_at=language_at,
            language=(language * 8 + random.integers(1, 5, len(language))).astype(np.uint16),
        )
    )


def pool_of(words: Vocabulary, people: People) -> Pool:
    nobody = people._replace(
        **{name: column[: 1 if name.endswith("_at") else 0] for name, column in people._asdict().items()}
    )
    return Pool(words, people, np.zeros(len(people.may_work), np.uint8), frozen(nobody))


def timed(call: Callable[[], Any]) -> tuple[Any, float, float]:
    """The answer, milliseconds of this thread's processor and of the clock."""
    began, began_cpu = time.perf_counter(), time.thread_time()
    answer = call()
    return answer, (time.thread_time() - began_cpu) * 1000, (time.perf_counter() - began) * 1000


def line(what: str, cpu: list[float], wall: list[float]) -> None:
    def pair(times: list[float]) -> str:
        return f"{statistics.median(times):9.2f} {statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]:9.2f}"

    say(f"{what:<58}{pair(cpu)}{pair(wall)}")


def load(people: People) -> None:
    """The same people as rows of temporary tables, indexed by person."""
    place = np.repeat(np.arange(PLACES), np.diff(people.place_at))
    no_limit = (1 << 62) - 1
    tables: dict[str, tuple[str, list[Column]]] = {
        "person": (
            "place int, may_work int, licences bigint, contracts bigint, hours int, reach int, confirmed int, waiting int, eqf int",
            [
                place,
                people.may_work,
                people.licences,
                people.contracts & np.uint64(no_limit),
                people.hours,
                people.reach_m,
                people.confirmed,
                people.waiting,
                people.eqf,
            ],
        ),
    }
    lists: dict[str, tuple[Column, list[Column]]] = {
        "occupation": (people.occupation_at, [people.occupation, people.years]),
        "skill": (people.skill_at, [people.skill]),
        "language": (people.language_at, [people.language >> 3, people.language & 7]),
    }
    with connection.cursor() as cursor:
        for name, (columns, values) in tables.items():
            cursor.execute(f"CREATE TEMPORARY TABLE b_{name} (row int, {columns})")
            with cursor.copy(f"COPY b_{name} FROM STDIN") as copy:
                for row in zip(range(len(place)), *(column.tolist() for column in values), strict=True):
                    copy.write_row(row)
            cursor.execute(f"ALTER TABLE b_{name} ADD PRIMARY KEY (row)")
        for name, (starts, values) in lists.items():
            owner = np.repeat(np.arange(len(place)), np.diff(starts))
            extra = ", value int" if len(values) > 1 else ""
            cursor.execute(f"CREATE TEMPORARY TABLE b_{name} (row int, word int{extra})")
            with cursor.copy(f"COPY b_{name} FROM STDIN") as copy:
                for found in zip(owner.tolist(), *(column.tolist() for column in values), strict=True):
                    copy.write_row(found)
            cursor.execute(f"CREATE INDEX ON b_{name} (word)")
            cursor.execute(f"CREATE INDEX ON b_{name} (row)")
        cursor.execute("ANALYZE b_person; ANALYZE b_occupation; ANALYZE b_skill; ANALYZE b_language")


FORMULA = """
WITH eligible AS MATERIALIZED (
    SELECT p.*, m.metres FROM b_person p JOIN unnest(%(metres)s::int[]) WITH ORDINALITY AS m(metres, place) ON p.place = m.place - 1
    WHERE may_work = 1 AND licences & %(licences)s = %(licences)s AND contracts & %(contract)s = %(contract)s
    AND hours & %(hours)s <> 0 AND m.metres <= reach
), work AS (
    SELECT row, max(near) AS near, sum(CASE WHEN near >= 650 THEN value ELSE 0 END) AS years
    FROM b_occupation JOIN unnest(%(near)s::int[]) WITH ORDINALITY AS n(near, word) ON b_occupation.word = n.word - 1 GROUP BY row
), met AS (
    SELECT row, sum(essential) AS essential, sum(optional) AS optional FROM b_skill
    JOIN unnest(%(skills)s::int[], %(essential)s::int[], %(optional)s::int[]) AS s(word, essential, optional) USING (word) GROUP BY row
), spoken AS (
    SELECT row, count(*) AS met FROM b_language
    JOIN unnest(%(languages)s::int[], %(levels)s::int[]) AS l(word, level) ON b_language.word = l.word AND value >= level GROUP BY row
)
SELECT row, 30 * near
    + 30 * CASE WHEN %(all_essential)s = 0 THEN 1000 ELSE 1000 * coalesce(essential, 0) / %(all_essential)s END
    + 8 * CASE WHEN %(all_optional)s = 0 THEN 1000 ELSE 1000 * coalesce(optional, 0) / %(all_optional)s END
    + 10 * CASE WHEN years >= %(years)s THEN 1000 ELSE 1000 * years / %(years)s END
    + 7 * CASE WHEN %(all_languages)s = 0 THEN 1000 ELSE 1000 * coalesce(met, 0) / %(all_languages)s END
    + 5 * CASE WHEN %(eqf)s < 0 OR eqf >= %(eqf)s THEN 1000 WHEN eqf >= 0 AND eqf = %(eqf)s - 1 THEN 500 ELSE 0 END
    + 7 * greatest(0, 1000 - 1000 * metres::bigint / 50000)
    + 3 * CASE WHEN %(today)s - confirmed <= 30 THEN 1000 WHEN %(today)s - confirmed <= 60 THEN 800
               WHEN %(today)s - confirmed <= 90 THEN 600 WHEN %(today)s - confirmed <= 180 THEN 300 ELSE 0 END AS score
FROM eligible JOIN work USING (row) LEFT JOIN met USING (row) LEFT JOIN spoken USING (row)
ORDER BY score DESC, waiting, row LIMIT 50
"""


def question(words: Vocabulary, people: People, vacancies: Vacancies, row: int) -> dict[str, Any]:
    from matching.engine.kernels import metres_to

    skills = slice(vacancies.skill_at[row], vacancies.skill_at[row + 1])
    languages = slice(vacancies.language_at[row], vacancies.language_at[row + 1])
    worth = vacancies.worth[skills]
    return {
        "metres": [int(metres_to(people, place, vacancies, row)) for place in range(PLACES)],
        "licences": int(vacancies.licences[row]),
        "contract": int(vacancies.contract[row]),
        "hours": int(vacancies.hours[row]),
        "near": words.proximity[vacancies.occupation[row]].tolist(),
        "skills": vacancies.skill[skills].tolist(),
        "essential": (worth & 0xFFFFFFFF).tolist(),
        "optional": (worth >> 32).tolist(),
        "languages": (vacancies.language[languages] >> 3).tolist(),
        "levels": (vacancies.language[languages] & 7).tolist(),
        "all_essential": int(vacancies.full[row]) & 0xFFFFFFFF,
        "all_optional": int(vacancies.full[row]) >> 32,
        "all_languages": languages.stop - languages.start,
        "years": int(vacancies.years[row]),
        "eqf": int(vacancies.eqf[row]),
        "today": TODAY.toordinal(),
    }


def in_sql(asked: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(FORMULA, asked)
        return [score for _, score in cursor.fetchall()]


def _read(columns: list[Column]) -> None:
    for column in columns:
        np.bitwise_or.reduce(column)


def one_vacancy(size: int, rounds: int, *, sql_rounds: int) -> None:
    """Top 50 of `size` people: the engine, a plain read of the same columns, and the formula in SQL, in turns."""
    random = np.random.default_rng(size)
    words = draw_vocabulary(random)
    began = time.perf_counter()
    people = draw_people(random, size)
    vacancies, pool = draw_vacancies(random, rounds, words), pool_of(words, people)
    megabytes = sum(column.nbytes for column in people) / 1e6
    say(f"{size:,} people: drawn in {time.perf_counter() - began:.1f} s, columns {megabytes:.0f} MB")
    if sql_rounds:
        load(people)
    floor = [(bytes_ := column.view(np.uint8))[: len(bytes_) // 8 * 8].view(np.uint64) for column in people]
    engine: tuple[list[float], list[float]] = ([], [])
    read: tuple[list[float], list[float]] = ([], [])
    sql: tuple[list[float], list[float]] = ([], [])
    for row in range(rounds):
        answers: list[Any] = []
        sides: list[tuple[tuple[list[float], list[float]], Callable[[], object]]] = [
            (engine, partial(rank_row, pool, vacancies, row, today=TODAY, most=50)),
            (read, partial(_read, floor)),
        ]
        if row < sql_rounds:
            sides.append((sql, partial(in_sql, question(words, people, vacancies, row))))
        for (cpu, wall), call in sides:
            answer, spent, passed = timed(call)
            answers.append(answer)
            cpu.append(spent)
            wall.append(passed)
        if row < sql_rounds:
            assert [ranked.score for ranked in answers[0].best] == answers[2], "SQL and engine differ"
    line(f"  one vacancy, top 50 of {size:,}", *engine)
    line("  plain read of the same columns", *read)
    ratio = statistics.median(engine[0]) / statistics.median(read[0])
    say(f"  engine / plain read (cpu): {ratio:.1f}")
    if sql_rounds:
        line("  the same formula in SQL, same answers", *sql)
        ratio = statistics.mean(sql[1]) / statistics.mean(engine[1][:sql_rounds])
        say(f"  SQL / engine (wall): {ratio:.0f}")


def nightly(people_size: int, jobs: int, processes: int) -> float:
    """Seconds for the top 50 of every vacancy, split over processes that draw the same people."""
    with get_context("fork").Pool(processes) as workers:
        shares = [(people_size, jobs, number, processes) for number in range(processes)]
        return max(workers.map(_share_of_the_night, shares))


def _share_of_the_night(share: tuple[int, int, int, int]) -> float:
    people_size, jobs, number, processes = share
    random = np.random.default_rng(people_size)
    words = draw_vocabulary(random)
    people = draw_people(random, people_size)
    vacancies, pool = draw_vacancies(random, jobs, words), pool_of(words, people)
    began = time.perf_counter()
    for row in range(number, jobs, processes):
        rank_row(pool, vacancies, row, today=TODAY, most=50)
    return time.perf_counter() - began


def one_person(jobs: int, rounds: int) -> None:
    random = np.random.default_rng(3)
    words = draw_vocabulary(random)
    people, vacancies = draw_people(random, 1000), draw_vacancies(random, jobs, words)
    times = [timed(partial(rank_vacancies, words, people, row, vacancies, today=TODAY)) for row in range(rounds)]
    cpu, wall = ([found[at] for found in times] for at in (1, 2))
    line(f"one changed profile against {jobs:,} vacancies", cpu, wall)


def main() -> None:
    quick = "--quick" in sys.argv
    assert sum(WEIGHTS[part] for part in Part) == 100
    warm()
    say(f"load {os.getloadavg()[0]:.1f}; milliseconds{'':<32} cpu p50       p95 wall p50       p95")
    with transaction.atomic():
        one_vacancy(100_000, 200, sql_rounds=10)
        transaction.set_rollback(True)
    one_person(20_000, 200)
    with transaction.atomic():
        one_vacancy(1_000_000, 20 if quick else 100, sql_rounds=0 if quick else 5)
        transaction.set_rollback(True)
    jobs = 2_000 if quick else 20_000
    alone, together = nightly(100_000, jobs, 1), nightly(100_000, jobs, 2)
    say(f"night of {jobs:,} vacancies x 100,000 people: {alone:.1f} s in one process, {together:.1f} s in two")
    say(f"most memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
