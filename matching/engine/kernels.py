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

from matching.engine.arithmetic import great_circle_m

FULL = 1000
PARTS = 8
OCCUPATION, ESSENTIAL, OPTIONAL, EXPERIENCE, LANGUAGES, EDUCATION, DISTANCE, RECENCY = range(PARTS)

SAME_WORK = 650
"""Years count on occupations at least this near: the same ISCO group of four digits."""

FAR_M = 50_000
"""Metres at which nearness is worth nothing; between home and there it falls evenly."""

RULES = 6
# Taken into the loops: a call would count the references of every array that it is given, for every person.
_inlined = njit(inline="always")
LOW = (1 << 32) - 1


@_inlined
def work(starts, occupation, years, row, near):  # type: ignore[no-untyped-def]
    """The nearest occupation, and the years on those of the same work."""
    best, total = np.int64(0), np.int64(0)
    for at in range(starts[row], starts[row + 1]):
        proximity = np.int64(near[occupation[at]])
        best = max(best, proximity)
        total += (proximity >= SAME_WORK) * np.int64(years[at])
    return best, total


@_inlined
def experience(years, asked):  # type: ignore[no-untyped-def]
    return np.int64(FULL) if years >= asked else FULL * years // asked


@_inlined
def education(held, asked):  # type: ignore[no-untyped-def]
    if asked < 0 or held >= asked:
        return np.int64(FULL)
    return np.int64(FULL // 2) if held >= 0 and held == asked - 1 else np.int64(0)


@_inlined
def nearness(metres):  # type: ignore[no-untyped-def]
    return np.int64(0) if metres < 0 else max(np.int64(0), FULL - FULL * metres // FAR_M)


@_inlined
def recency(days):  # type: ignore[no-untyped-def]
    return np.int64(200 * (days <= 30) + 200 * (days <= 60) + 300 * (days <= 90) + 300 * (days <= 180))


@_inlined
def share(met, asked):  # type: ignore[no-untyped-def]
    return FULL * met // asked if asked > 0 else np.int64(FULL)


@_inlined
def is_empty(occupation_at, skill_at, row):  # type: ignore[no-untyped-def]
    """Whether the person has named neither an occupation nor a skill."""
    return occupation_at[row] == occupation_at[row + 1] and skill_at[row] == skill_at[row + 1]


@_inlined
def _column(lines, row):  # type: ignore[no-untyped-def]
    """The bits of one row over several lines."""
    bits = np.uint64(0)
    for kind in range(len(lines)):
        bits |= (lines[kind, row >> 6] >> np.uint64(row & 63) & np.uint64(1)) << np.uint64(kind)
    return bits


@_inlined
def _own(people, row):  # type: ignore[no-untyped-def]
    """What the rules ask of one person: may work, licences held, contracts and hours accepted, the parts of the week."""
    return (
        np.int64(people.may_work[row >> 6] >> np.uint64(row & 63) & np.uint64(1)),
        _column(people.licences, row),
        _column(people.contracts, row),
        _column(people.hours, row),
        _column(people.week, row),
    )


@_inlined
def _rules(own, reach_m, metres, vacancies, vacancy):  # type: ignore[no-untyped-def]
    """The six rules as bits, in their order."""
    may_work, held, accepted, times, free = own
    licensed = np.int64((held & vacancies.licences[vacancy]) == vacancies.licences[vacancy])
    contracted = np.int64((accepted & vacancies.contract[vacancy]) == vacancies.contract[vacancy])
    timely = np.int64((times & np.uint64(vacancies.hours[vacancy])) != 0)
    freely = np.int64((free & vacancies.week[vacancy]) == vacancies.week[vacancy])
    near = np.int64(metres <= reach_m)
    return may_work | licensed << 1 | contracted << 2 | timely << 3 | freely << 4 | near << 5


@njit(cache=True, nogil=True)
def first_failed(passed):  # type: ignore[no-untyped-def]
    """The number of the first rule that failed, `RULES` when none did."""
    for rule in range(RULES):
        if not passed >> rule & 1:
            return rule
    return RULES


@njit(cache=True, nogil=True)
def wanted_skills(vacancies, vacancy, words):  # type: ignore[no-untyped-def]
    """What each skill is worth to the vacancy; the sum over a person's gives both shares at once."""
    worth = np.zeros(words, np.int64)
    for at in range(vacancies.skill_at[vacancy], vacancies.skill_at[vacancy + 1]):
        worth[vacancies.skill[at]] = vacancies.worth[at]
    return worth


@njit(cache=True, nogil=True)
def wanted_languages(vacancies, vacancy, languages):  # type: ignore[no-untyped-def]
    """The level asked of each language, 8 where none is: higher than any."""
    levels = np.full(languages, 8, np.int64)
    for at in range(vacancies.language_at[vacancy], vacancies.language_at[vacancy + 1]):
        levels[vacancies.language[at] >> 3] = vacancies.language[at] & 7
    return levels


@_inlined
def skills_met(starts, skill, row, worth):  # type: ignore[no-untyped-def]
    met = np.int64(0)
    for at in range(starts[row], starts[row + 1]):
        met += worth[skill[at]]
    return met


@_inlined
def languages_met(starts, language, row, levels):  # type: ignore[no-untyped-def]
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
    worth = wanted_skills(vacancies, vacancy, words)
    levels = wanted_languages(vacancies, vacancy, languages)
    spoken = vacancies.language_at[vacancy + 1] - vacancies.language_at[vacancy]
    full = vacancies.full[vacancy]
    parts = np.zeros((len(rows), PARTS), np.int64)
    passed = np.zeros(len(rows), np.int64)
    metres = np.zeros(len(rows), np.int64)
    for i in range(len(rows)):
        row = rows[i]
        metres[i] = metres_to(people, _place_of(people.place_at, row), vacancies, vacancy)
        passed[i] = _rules(_own(people, row), people.reach_m[row], metres[i], vacancies, vacancy)
        if is_empty(people.occupation_at, people.skill_at, row):
            continue
        best, years = work(
            people.occupation_at, people.occupation, people.years, row, proximity[vacancies.occupation[vacancy]]
        )
        met = skills_met(people.skill_at, people.skill, row, worth)
        parts[i, OCCUPATION] = best
        parts[i, ESSENTIAL] = share(met & LOW, full & LOW)
        parts[i, OPTIONAL] = share(met >> 32, full >> 32)
        parts[i, EXPERIENCE] = experience(years, np.int64(vacancies.years[vacancy]))
        parts[i, LANGUAGES] = share(languages_met(people.language_at, people.language, row, levels), np.int64(spoken))
        parts[i, EDUCATION] = education(np.int64(people.eqf[row]), np.int64(vacancies.eqf[vacancy]))
        parts[i, DISTANCE] = nearness(metres[i])
        parts[i, RECENCY] = recency(today - people.confirmed[row])
    return parts, passed, metres


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
    own = _own(people, row)
    place, tells_nothing = _place_of(people.place_at, row), is_empty(people.occupation_at, people.skill_at, row)
    fresh = recency(today - people.confirmed[row])
    held = np.int64(people.eqf[row])
    for vacancy in range(size):
        metres = metres_to(people, place, vacancies, vacancy)
        failed[vacancy] = first_failed(_rules(own, people.reach_m[row], metres, vacancies, vacancy))
        if tells_nothing:
            continue
        nearest, years = work(
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
            + weights[ESSENTIAL] * share(met & LOW, full & LOW)
            + weights[OPTIONAL] * share(met >> 32, full >> 32)
            + weights[EXPERIENCE] * experience(years, np.int64(vacancies.years[vacancy]))
            + weights[LANGUAGES] * share(spoken, asked)
            + weights[EDUCATION] * education(held, np.int64(vacancies.eqf[vacancy]))
            + weights[DISTANCE] * nearness(metres)
            + weights[RECENCY] * fresh
        )
    return scores, failed
