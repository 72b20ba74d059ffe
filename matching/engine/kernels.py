"""The loops of the engine, compiled. Scores are sums of whole numbers: the same on every machine and in both directions.

The formula: each of the eight parts is 0 to 1000, the score is the sum of part x weight, 0 to 100000.
- occupation: the nearest of the person's to the one asked; years count on those at least `SAME_WORK` near;
- essential and optional skills, languages: the share met, skills by weight; title: whole, or half one level below;
- distance: falls evenly to nothing at `FAR_M`; recency: by the days since the profile was confirmed.
Where nothing is asked the part is whole, but for who has named neither an occupation nor a skill: who told nothing to weigh
agrees with nothing, and every part is 0. Ties: the longest waiting, then a keyed hash of vacancy and person.
"""

import numpy as np
from numba import njit

from matching.engine.arithmetic import great_circle_m, lot

FULL = 1000
PARTS = 8
OCCUPATION, ESSENTIAL, OPTIONAL, EXPERIENCE, LANGUAGES, EDUCATION, DISTANCE, RECENCY = range(PARTS)

SAME_WORK = 650
"""Years count on occupations at least this near: the same ISCO group of four digits."""

FAR_M = 50_000
"""Metres at which nearness is worth nothing; between home and there it falls evenly."""

RULES = 5
ELIGIBLE = (1 << RULES) - 1
# Taken into the loops: a call would count the references of every array that it is given, for every person.
_inlined = njit(inline="always")
_LOW = (1 << 32) - 1


@_inlined
def _work(starts, occupation, years, row, near):  # type: ignore[no-untyped-def]
    """The nearest occupation, and the years on those of the same work."""
    best, total = np.int64(0), np.int64(0)
    for at in range(starts[row], starts[row + 1]):
        proximity = np.int64(near[occupation[at]])
        best = max(best, proximity)
        total += (proximity >= SAME_WORK) * np.int64(years[at])
    return best, total


@_inlined
def _experience(years, asked):  # type: ignore[no-untyped-def]
    return np.int64(FULL) if years >= asked else FULL * years // asked


@_inlined
def _education(held, asked):  # type: ignore[no-untyped-def]
    if asked < 0 or held >= asked:
        return np.int64(FULL)
    return np.int64(FULL // 2) if held >= 0 and held == asked - 1 else np.int64(0)


@_inlined
def _nearness(metres):  # type: ignore[no-untyped-def]
    return np.int64(0) if metres < 0 else max(np.int64(0), FULL - FULL * metres // FAR_M)


@_inlined
def _recency(days):  # type: ignore[no-untyped-def]
    return np.int64(200 * (days <= 30) + 200 * (days <= 60) + 300 * (days <= 90) + 300 * (days <= 180))


@_inlined
def _share(met, asked):  # type: ignore[no-untyped-def]
    return FULL * met // asked if asked > 0 else np.int64(FULL)


@_inlined
def _is_empty(occupation_at, skill_at, row):  # type: ignore[no-untyped-def]
    """Whether the person has named neither an occupation nor a skill."""
    return occupation_at[row] == occupation_at[row + 1] and skill_at[row] == skill_at[row + 1]


@_inlined
def _rules(may_work, held, accepted, times, reach_m, row, metres, licences, contract, hours):  # type: ignore[no-untyped-def]
    """The five rules as bits, in their order; no jump depends on a person."""
    licensed = np.int64((held[row] & licences) == licences)
    contracted = np.int64((accepted[row] & contract) == contract)
    timely = np.int64((times[row] & hours) != 0)
    near = np.int64(metres <= reach_m[row])
    return np.int64(may_work[row]) | licensed << 1 | contracted << 2 | timely << 3 | near << 4


@njit(cache=True, nogil=True)
def first_failed(passed):  # type: ignore[no-untyped-def]
    """The number of the first rule that failed, `RULES` when none did."""
    for rule in range(RULES):
        if not passed >> rule & 1:
            return rule
    return RULES


@njit(cache=True, nogil=True)
def _wanted_skills(vacancies, vacancy, words):  # type: ignore[no-untyped-def]
    """What each skill is worth to the vacancy; the sum over a person's gives both shares at once."""
    worth = np.zeros(words, np.int64)
    for at in range(vacancies.skill_at[vacancy], vacancies.skill_at[vacancy + 1]):
        worth[vacancies.skill[at]] = vacancies.worth[at]
    return worth


@njit(cache=True, nogil=True)
def _wanted_languages(vacancies, vacancy, languages):  # type: ignore[no-untyped-def]
    """The level asked of each language, 8 where none is: higher than any."""
    levels = np.full(languages, 8, np.int64)
    for at in range(vacancies.language_at[vacancy], vacancies.language_at[vacancy + 1]):
        levels[vacancies.language[at] >> 3] = vacancies.language[at] & 7
    return levels


@_inlined
def _skills(starts, skill, row, worth):  # type: ignore[no-untyped-def]
    met = np.int64(0)
    for at in range(starts[row], starts[row + 1]):
        met += worth[skill[at]]
    return met


@_inlined
def _languages(starts, language, row, levels):  # type: ignore[no-untyped-def]
    met = np.int64(0)
    for at in range(starts[row], starts[row + 1]):
        met += np.int64(language[at] & 7) >= levels[language[at] >> 3]
    return met


@njit(cache=True, nogil=True)
def _place_of(place_at, row):  # type: ignore[no-untyped-def]
    return np.searchsorted(place_at, row, side="right") - 1


@njit(cache=True, nogil=True)
def metres_to(people, place, vacancies, vacancy):  # type: ignore[no-untyped-def]
    """Metres between a place and a vacancy, -1 when either is unknown."""
    if not (people.place_known[place] and vacancies.known[vacancy]):
        return np.int64(-1)
    return great_circle_m(
        people.place_x[place],
        people.place_y[place],
        people.place_z[place],
        vacancies.x[vacancy],
        vacancies.y[vacancy],
        vacancies.z[vacancy],
    )


@njit(cache=True, nogil=True)
def weigh_people(people, rows, vacancies, vacancy, proximity, words, languages, today):  # type: ignore[no-untyped-def]
    """The parts of some people for one vacancy (rows x 8), their rules as bits, their metres."""
    worth = _wanted_skills(vacancies, vacancy, words)
    levels = _wanted_languages(vacancies, vacancy, languages)
    spoken = vacancies.language_at[vacancy + 1] - vacancies.language_at[vacancy]
    full = vacancies.full[vacancy]
    parts = np.zeros((len(rows), PARTS), np.int64)
    passed = np.zeros(len(rows), np.int64)
    metres = np.zeros(len(rows), np.int64)
    for i in range(len(rows)):
        row = rows[i]
        metres[i] = metres_to(people, _place_of(people.place_at, row), vacancies, vacancy)
        passed[i] = _rules(
            people.may_work,
            people.licences,
            people.contracts,
            people.hours,
            people.reach_m,
            row,
            metres[i],
            vacancies.licences[vacancy],
            vacancies.contract[vacancy],
            vacancies.hours[vacancy],
        )
        if _is_empty(people.occupation_at, people.skill_at, row):
            continue
        best, years = _work(
            people.occupation_at, people.occupation, people.years, row, proximity[vacancies.occupation[vacancy]]
        )
        met = _skills(people.skill_at, people.skill, row, worth)
        parts[i, OCCUPATION] = best
        parts[i, ESSENTIAL] = _share(met & _LOW, full & _LOW)
        parts[i, OPTIONAL] = _share(met >> 32, full >> 32)
        parts[i, EXPERIENCE] = _experience(years, np.int64(vacancies.years[vacancy]))
        parts[i, LANGUAGES] = _share(_languages(people.language_at, people.language, row, levels), np.int64(spoken))
        parts[i, EDUCATION] = _education(np.int64(people.eqf[row]), np.int64(vacancies.eqf[vacancy]))
        parts[i, DISTANCE] = _nearness(metres[i])
        parts[i, RECENCY] = _recency(today - people.confirmed[row])
    return parts, passed, metres


@_inlined
def _is_before(score, wait, ticket, other, other_wait, other_ticket):  # type: ignore[no-untyped-def]
    if score != other:
        return score > other
    if wait != other_wait:
        return wait < other_wait
    return ticket < other_ticket


@njit(cache=True, nogil=True)
def _keep(rows, scores, waits, tickets, size, row, score, wait, ticket):  # type: ignore[no-untyped-def]
    """Put a person among the best; the first of the heap is the last of the best. Returns the new size."""
    if size < len(rows):
        at = size
        size += 1
        while at > 0:
            up = (at - 1) // 2
            if not _is_before(scores[up], waits[up], tickets[up], score, wait, ticket):
                break
            rows[at], scores[at], waits[at], tickets[at] = rows[up], scores[up], waits[up], tickets[up]
            at = up
    else:
        if not _is_before(score, wait, ticket, scores[0], waits[0], tickets[0]):
            return size
        at = 0
        while True:
            down = 2 * at + 1
            if down >= size:
                break
            if down + 1 < size and _is_before(
                scores[down], waits[down], tickets[down], scores[down + 1], waits[down + 1], tickets[down + 1]
            ):
                down += 1
            if not _is_before(score, wait, ticket, scores[down], waits[down], tickets[down]):
                break
            rows[at], scores[at], waits[at], tickets[at] = rows[down], scores[down], waits[down], tickets[down]
            at = down
    rows[at], scores[at], waits[at], tickets[at] = row, score, wait, ticket
    return size


@njit(cache=True, nogil=True)
def _compete(  # type: ignore[no-untyped-def]
    people, chosen, count, metres, vacancies, vacancy, near, worth, levels, today, weights, best, size
):
    """Let the chosen rows of one place into `best`; a person is dropped as soon as even full parts would not do."""
    rows, scores, waits, tickets = best
    asked_languages = np.int64(vacancies.language_at[vacancy + 1] - vacancies.language_at[vacancy])
    full = vacancies.full[vacancy]
    asked_years, asked_eqf = np.int64(vacancies.years[vacancy]), np.int64(vacancies.eqf[vacancy])
    here = weights[DISTANCE] * _nearness(metres)
    by_skills = FULL * (weights[ESSENTIAL] + weights[OPTIONAL])
    by_the_rest = FULL * (weights[EXPERIENCE] + weights[LANGUAGES] + weights[EDUCATION])
    for i in range(count):
        row = chosen[i]
        floor = scores[0] if size == len(rows) else np.int64(-1)
        nearest, years = _work(people.occupation_at, people.occupation, people.years, row, near)
        score = here + weights[OCCUPATION] * nearest + weights[RECENCY] * _recency(today - people.confirmed[row])
        if score + by_skills + by_the_rest < floor:
            continue
        score += weights[EXPERIENCE] * _experience(years, asked_years)
        spoken = np.int64(0)
        if asked_languages:
            spoken = _languages(people.language_at, people.language, row, levels)
        score += weights[LANGUAGES] * _share(spoken, asked_languages)
        score += weights[EDUCATION] * _education(np.int64(people.eqf[row]), asked_eqf)
        if score + by_skills < floor:
            continue
        met = _skills(people.skill_at, people.skill, row, worth)
        score += weights[ESSENTIAL] * _share(met & _LOW, full & _LOW)
        score += weights[OPTIONAL] * _share(met >> 32, full >> 32)
        if _is_empty(people.occupation_at, people.skill_at, row):
            score = np.int64(0)
        wait = np.int64(people.waiting[row])
        if score < floor or (score == floor and wait > waits[0]):
            continue
        ticket = lot(vacancies.id_high[vacancy], vacancies.id_low[vacancy], people.id_high[row], people.id_low[row])
        size = _keep(rows, scores, waits, tickets, size, row, score, wait, ticket)
    return size


@njit(cache=True, nogil=True)
def rank_people(  # type: ignore[no-untyped-def]
    people, gone, vacancies, vacancy, proximity, words, languages, today, weights, most, most_excluded
):
    """The best `most` of the eligible and `most_excluded` of the others for one vacancy, exactly.

    `gone` is 1 for rows to pass over. Returns people by bits of the rules passed, then for both groups rows, scores, days
    since when they wait and tickets, in no order.
    """
    near = proximity[vacancies.occupation[vacancy]]
    worth = _wanted_skills(vacancies, vacancy, words)
    levels = _wanted_languages(vacancies, vacancy, languages)
    licences, contract, hours = vacancies.licences[vacancy], vacancies.contract[vacancy], vacancies.hours[vacancy]
    counts = np.zeros(ELIGIBLE + 1, np.int64)
    eligible = (np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.uint64))
    excluded = (
        np.empty(most_excluded, np.int64),
        np.empty(most_excluded, np.int64),
        np.empty(most_excluded, np.int64),
        np.empty(most_excluded, np.uint64),
    )
    size, size_excluded = 0, 0
    places = len(people.place_at) - 1
    largest = 0
    for place in range(places):
        largest = max(largest, people.place_at[place + 1] - people.place_at[place])
    inside, outside = np.empty(largest, np.int64), np.empty(largest, np.int64)
    for place in range(places):
        metres = metres_to(people, place, vacancies, vacancy)
        count, count_outside = 0, 0
        for row in range(people.place_at[place], people.place_at[place + 1]):
            if gone[row]:
                continue
            passed = _rules(
                people.may_work,
                people.licences,
                people.contracts,
                people.hours,
                people.reach_m,
                row,
                metres,
                licences,
                contract,
                hours,
            )
            counts[passed] += 1
            # Written always, kept by the count: a jump here would be guessed wrong for every third person.
            inside[count] = row
            outside[count_outside] = row
            count += passed == ELIGIBLE
            count_outside += passed != ELIGIBLE
        if most > 0:
            size = _compete(
                people, inside, count, metres, vacancies, vacancy, near, worth, levels, today, weights, eligible, size
            )
        if most_excluded > 0:
            size_excluded = _compete(
                people,
                outside,
                count_outside,
                metres,
                vacancies,
                vacancy,
                near,
                worth,
                levels,
                today,
                weights,
                excluded,
                size_excluded,
            )
    return counts, eligible, size, excluded, size_excluded


@njit(cache=True, nogil=True)
def rank_vacancies(people, row, vacancies, proximity, words, languages, today, weights):  # type: ignore[no-untyped-def]
    """One person for every vacancy: the score, and the first rule that failed (`RULES` when none did)."""
    size = len(vacancies.occupation)
    scores, failed = np.zeros(size, np.int64), np.zeros(size, np.int64)
    has = np.zeros(words, np.int64)
    for at in range(people.skill_at[row], people.skill_at[row + 1]):
        has[people.skill[at]] = 1
    speaks = np.zeros(languages, np.int64)
    for at in range(people.language_at[row], people.language_at[row + 1]):
        speaks[people.language[at] >> 3] = people.language[at] & 7
    place, is_empty = _place_of(people.place_at, row), _is_empty(people.occupation_at, people.skill_at, row)
    recency = _recency(today - people.confirmed[row])
    held = np.int64(people.eqf[row])
    for vacancy in range(size):
        metres = metres_to(people, place, vacancies, vacancy)
        passed = _rules(
            people.may_work,
            people.licences,
            people.contracts,
            people.hours,
            people.reach_m,
            row,
            metres,
            vacancies.licences[vacancy],
            vacancies.contract[vacancy],
            vacancies.hours[vacancy],
        )
        failed[vacancy] = first_failed(passed)
        if is_empty:
            continue
        nearest, years = _work(
            people.occupation_at, people.occupation, people.years, row, proximity[vacancies.occupation[vacancy]]
        )
        met = np.int64(0)
        for at in range(vacancies.skill_at[vacancy], vacancies.skill_at[vacancy + 1]):
            met += has[vacancies.skill[at]] * vacancies.worth[at]
        spoken = np.int64(0)
        asked = np.int64(vacancies.language_at[vacancy + 1] - vacancies.language_at[vacancy])
        for at in range(vacancies.language_at[vacancy], vacancies.language_at[vacancy + 1]):
            level = speaks[vacancies.language[at] >> 3]
            spoken += level > 0 and level >= vacancies.language[at] & 7
        full = vacancies.full[vacancy]
        scores[vacancy] = (
            weights[OCCUPATION] * nearest
            + weights[ESSENTIAL] * _share(met & _LOW, full & _LOW)
            + weights[OPTIONAL] * _share(met >> 32, full >> 32)
            + weights[EXPERIENCE] * _experience(years, np.int64(vacancies.years[vacancy]))
            + weights[LANGUAGES] * _share(spoken, asked)
            + weights[EDUCATION] * _education(held, np.int64(vacancies.eqf[vacancy]))
            + weights[DISTANCE] * _nearness(metres)
            + weights[RECENCY] * recency
        )
    return scores, failed
