"""What else could answer who is best for a job: the formula in SQL, a search engine, and the floor of them all, a plain read."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import tantivy
from django.db import connection

from matching.engine.columns import People, Vacancies
from matching.engine.kernels import LOW, SAME_WORK, metres_to
from matching.engine.vocabulary import Vocabulary
from tests.performance.drawn import PLACES, TODAY, Column


def plain(people: People) -> list[Column]:
    """The columns as whole numbers of 64 bits."""
    flat = [column.reshape(-1).view(np.uint8) for column in people]
    return [column[: len(column) // 8 * 8].view(np.uint64) for column in flat]


def flags_of(line: Column, size: int) -> Column:
    """A line of bits as one number a row."""
    return np.unpackbits(line.view(np.uint8), bitorder="little")[:size]


def masks_of(lines: Column, size: int) -> Column:
    """Lines of bits as one mask a row."""
    masks = np.zeros(size, np.int64)
    for kind, line in enumerate(lines):
        masks |= flags_of(line, size).astype(np.int64) << kind
    return masks


def load_rows(people: People) -> None:
    """The same people as rows of temporary tables, indexed by person."""
    place = np.repeat(np.arange(PLACES), np.diff(people.place_at))
    tables: dict[str, tuple[str, list[Column]]] = {
        "person": (
            "place int, may_work int, licences bigint, contracts bigint, hours int, week bigint, reach int, confirmed int, waiting int, eqf int",
            [
                place,
                flags_of(people.may_work, people.size),
                masks_of(people.licences, people.size),
                masks_of(people.contracts, people.size),
                masks_of(people.hours, people.size),
                masks_of(people.week, people.size),
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
    AND hours & %(hours)s <> 0 AND week & %(week)s = %(week)s AND m.metres <= reach
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


def sql_question(words: Vocabulary, people: People, vacancies: Vacancies, row: int) -> dict[str, Any]:
    skills = slice(vacancies.skill_at[row], vacancies.skill_at[row + 1])
    languages = slice(vacancies.language_at[row], vacancies.language_at[row + 1])
    worth = vacancies.worth[skills]
    return {
        "metres": [int(metres_to(people, place, vacancies, row)) for place in range(PLACES)],
        "licences": int(vacancies.licences[row]),
        "contract": int(vacancies.contract[row]),
        "hours": int(vacancies.hours[row]),
        "week": int(vacancies.week[row]),
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


def plain_read(columns: list[Column]) -> None:
    """Every number looked at once, in their order, with one operation on each."""
    for column in columns:
        np.bitwise_or.reduce(column)


@dataclass(frozen=True)
class SearchEngine:
    """An index of the same people: a document each, its facts as words, in memory."""

    index: tantivy.Index
    searcher: tantivy.Searcher

    def best(self, asked: tantivy.Query) -> list[tuple[float, tantivy.DocAddress]]:
        return self.searcher.search(asked, 50, count=False).hits

    def matching(self, asked: tantivy.Query) -> int:
        """How many documents pass the filters."""
        return len(self.searcher.search(asked, self.searcher.num_docs, count=False).hits)

    def rows(self, hits: list[tuple[float, tantivy.DocAddress]]) -> list[int]:
        return [int(self.searcher.doc(address)["row"][0]) for _score, address in hits]


def index_people(people: People) -> SearchEngine:
    """One segment of tantivy, with lengths of fields and frequencies as BM25 wants them."""
    schema = tantivy.SchemaBuilder()
    schema.add_unsigned_field("row", stored=True)
    schema.add_text_field("rules", tokenizer_name="whitespace", index_option="basic")
    schema.add_text_field("work", tokenizer_name="whitespace", index_option="freq")
    schema.add_text_field("skills", tokenizer_name="whitespace", index_option="freq")
    index = tantivy.Index(schema.build())
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    place = np.repeat(np.arange(PLACES), np.diff(people.place_at))
    lines = {
        **{f"l{kind}": line for kind, line in enumerate(people.licences)},
        **{f"c{kind}": line for kind, line in enumerate(people.contracts)},
        **{f"h{kind}": line for kind, line in enumerate(people.hours)},
        **{f"t{part}": line for part, line in enumerate(people.week)},
        "w": people.may_work,
    }
    flags = [(word, flags_of(line, people.size)) for word, line in lines.items()]
    for row in range(people.size):
        rules = [word for word, line in flags if line[row]]
        document = tantivy.Document()
        document.add_unsigned("row", row)
        document.add_text("rules", " ".join([*rules, f"p{place[row]}r{people.reach_m[row]}"]))
        jobs = people.occupation[people.occupation_at[row] : people.occupation_at[row + 1]]
        document.add_text("work", " ".join(map(str, jobs.tolist())))
        held = people.skill[people.skill_at[row] : people.skill_at[row + 1]]
        document.add_text("skills", " ".join(map(str, held.tolist())))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return SearchEngine(index, index.searcher())


def search_question(
    engine: SearchEngine, words: Vocabulary, people: People, vacancies: Vacancies, row: int
) -> tantivy.Query:
    """The same rules as filters that add nothing; BM25 over the skills, optional ones a third, and over work of the same kind."""
    schema, query, occur = engine.index.schema, tantivy.Query, tantivy.Occur
    reaches = np.unique(people.reach_m).tolist()
    near = [
        f"p{place}r{reach}"
        for place in range(PLACES)
        for reach in reaches
        if metres_to(people, place, vacancies, row) <= reach
    ]
    demanded = [
        "w",
        *(f"l{kind}" for kind in range(64) if int(vacancies.licences[row]) >> kind & 1),
        *(f"c{kind}" for kind in range(64) if int(vacancies.contract[row]) >> kind & 1),
        *(f"h{kind}" for kind in range(2) if int(vacancies.hours[row]) >> kind & 1),
        *(f"t{part}" for part in range(64) if int(vacancies.week[row]) >> part & 1),
    ]
    filters = [query.term_query(schema, "rules", word) for word in demanded]
    filters.append(query.term_set_query(schema, "rules", near))
    asked: list[tuple[tantivy.Occur, tantivy.Query]] = [
        (occur.Must, query.const_score_query(found, 0.0)) for found in filters
    ]
    for at in range(vacancies.skill_at[row], vacancies.skill_at[row + 1]):
        term = query.term_query(schema, "skills", str(vacancies.skill[at]))
        asked.append((occur.Should, query.boost_query(term, 1.0 if vacancies.worth[at] & LOW else 0.3)))
    proximity = words.proximity[vacancies.occupation[row]]
    for job in np.flatnonzero(proximity >= SAME_WORK).tolist():
        term = query.term_query(schema, "work", str(job))
        asked.append((occur.Should, query.boost_query(term, float(proximity[job]) / 1000)))
    return query.boolean_query(asked)
