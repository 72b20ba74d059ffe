"""The best of everybody for one vacancy, exactly, without weighing everybody.

The rules are tried on 64 people at once. Then each person has a ceiling, which is cheap: the place, the occupations, what the traits
leave possible of the skills, everything else whole. Who cannot reach the last of the best by it is not weighed.
"""

import numpy as np
from numba import njit

from matching.engine.arithmetic import lot, lowest, ones
from matching.engine.kernels import (
    DISTANCE,
    EDUCATION,
    ESSENTIAL,
    EXPERIENCE,
    FULL,
    LANGUAGES,
    LOW,
    OCCUPATION,
    OPTIONAL,
    RECENCY,
    RULES,
    education,
    experience,
    is_empty,
    languages_met,
    metres_to,
    nearness,
    recency,
    share,
    skills_met,
    wanted_languages,
    wanted_skills,
    work,
)

_ALL = np.uint64((1 << 64) - 1)
_BYTES, _BYTE = 8, 256
_inlined = njit(inline="always")


@_inlined
def _between(word, at, first, last):  # type: ignore[no-untyped-def]
    """Of the bits of number `at`, those of the rows from `first` on and before `last`."""
    if at == first >> 6:
        word &= _ALL << np.uint64(first & 63)
    if at == last >> 6:
        word &= (np.uint64(1) << np.uint64(last & 63)) - np.uint64(1)
    return word


@njit(cache=True, nogil=True)
def _count(bits):  # type: ignore[no-untyped-def]
    total = np.int64(0)
    for at in range(len(bits)):
        total += ones(bits[at])
    return total


@njit(cache=True, nogil=True)
def _count_between(bits, first, last):  # type: ignore[no-untyped-def]
    total = np.int64(0)
    for at in range(first >> 6, (last + 63) >> 6):
        total += ones(_between(bits[at], at, first, last))
    return total


@njit(cache=True, nogil=True)
def _passing(people, present, vacancies, vacancy, passed):  # type: ignore[no-untyped-def]
    """Who of those present passes the rules but that of the distance; `passed` gets how many each rule let through."""
    left = present & people.may_work
    passed[0] = _count(left)
    for kind in range(len(people.licences)):
        if vacancies.licences[vacancy] >> np.uint64(kind) & np.uint64(1):
            left &= people.licences[kind]
    passed[1] = _count(left)
    for kind in range(len(people.contracts)):
        if vacancies.contract[vacancy] >> np.uint64(kind) & np.uint64(1):
            left &= people.contracts[kind]
    passed[2] = _count(left)
    timely = np.zeros(len(left), np.uint64)
    for kind in range(len(people.hours)):
        if vacancies.hours[vacancy] >> kind & 1:
            timely |= people.hours[kind]
    left &= timely
    passed[3] = _count(left)
    for kind in range(len(people.week)):
        if vacancies.week[vacancy] >> np.uint64(kind) & np.uint64(1):
            left &= people.week[kind]
    passed[4] = _count(left)
    return left


@njit(cache=True, nogil=True)
def promises(vacancies, vacancy, weights):  # type: ignore[no-untyped-def]
    """For each byte of the traits the most points that skills with these bits may be worth, rounded up: 8 x 256."""
    full = vacancies.full[vacancy]
    essential, optional = full & LOW, full >> 32
    bits = np.zeros(8 * _BYTES, np.int64)
    for at in range(vacancies.skill_at[vacancy], vacancies.skill_at[vacancy + 1]):
        bits[vacancies.skill[at] % (8 * _BYTES)] += vacancies.worth[at]
    points = np.zeros(_BYTES * _BYTE, np.int32)
    for byte in range(_BYTES):
        for bit in range(8):
            worth = bits[8 * byte + bit]
            most = np.int64(0)
            if essential:
                most += -(-weights[ESSENTIAL] * FULL * (worth & LOW) // essential)
            if optional:
                most += -(-weights[OPTIONAL] * FULL * (worth >> 32) // optional)
            first = _BYTE * byte + (1 << bit)
            for at in range(first, first + (1 << bit)):
                points[at] = points[at - (1 << bit)] + most
    return points


@_inlined
def most_skills(points, traits):  # type: ignore[no-untyped-def]
    """The most points that somebody with these traits may have from skills."""
    most = points[traits & np.uint64(255)]
    for byte in range(1, _BYTES):
        most += points[np.uint64(_BYTE * byte) + (traits >> np.uint64(8 * byte) & np.uint64(255))]
    return most


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
def _compete(people, chosen, first, last, metres, vacancies, vacancy, wanted, best, size):  # type: ignore[no-untyped-def]
    """Let the chosen rows from `first` to `last`, all of one place, into `best`. Returns its new size."""
    near, worth, points, levels, today, weights = wanted
    rows, scores, waits, tickets = best
    asked_languages = np.int64(vacancies.language_at[vacancy + 1] - vacancies.language_at[vacancy])
    full = vacancies.full[vacancy]
    asked_years, asked_eqf = np.int64(vacancies.years[vacancy]), np.int64(vacancies.eqf[vacancy])
    here = weights[DISTANCE] * nearness(metres)
    by_skills = weights[ESSENTIAL] * share(np.int64(0), full & LOW) + weights[OPTIONAL] * share(np.int64(0), full >> 32)
    ceiling = by_skills + FULL * (weights[RECENCY] + weights[EDUCATION] + weights[LANGUAGES])
    for at in range(first >> 6, (last + 63) >> 6):
        word = _between(chosen[at], at, first, last)
        while word:
            row = (at << 6) + lowest(word)
            word &= word - np.uint64(1)
            floor = scores[0] if size == len(rows) else np.int64(-1)
            nearest, years = work(people.occupation_at, people.occupation, people.years, row, near)
            score = here + weights[OCCUPATION] * nearest + weights[EXPERIENCE] * experience(years, asked_years)
            promised = most_skills(points, people.traits[row])
            if score + promised + ceiling < floor:
                continue
            score += weights[RECENCY] * recency(today - people.confirmed[row])
            score += weights[EDUCATION] * education(np.int64(people.eqf[row]), asked_eqf)
            spoken = np.int64(0)
            if asked_languages:
                spoken = languages_met(people.language_at, people.language, row, levels)
            score += weights[LANGUAGES] * share(spoken, asked_languages)
            if score + promised + by_skills < floor:
                continue
            met = skills_met(people.skill_at, people.skill, row, worth)
            score += weights[ESSENTIAL] * share(met & LOW, full & LOW)
            score += weights[OPTIONAL] * share(met >> 32, full >> 32)
            if is_empty(people.occupation_at, people.skill_at, row):
                score = np.int64(0)
            wait = np.int64(people.waiting[row])
            if score < floor or (score == floor and wait > waits[0]):
                continue
            ticket = lot(vacancies.id_high[vacancy], vacancies.id_low[vacancy], people.id_high[row], people.id_low[row])
            size = _keep(rows, scores, waits, tickets, size, row, score, wait, ticket)
    return size


@njit(cache=True, nogil=True)
def _empty_best(most):  # type: ignore[no-untyped-def]
    return (np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.int64), np.empty(most, np.uint64))


@njit(cache=True, nogil=True)
def rank_people(  # type: ignore[no-untyped-def]
    people, present, vacancies, vacancy, proximity, words, languages, today, weights, most, most_excluded
):
    """The best `most` of the eligible and `most_excluded` of the others for one vacancy, exactly.

    `present` has a bit for each row to look at. Returns how many people each rule let through, after those before it; then for both
    groups rows, scores, days since when they wait and tickets, in no order.
    """
    wanted = (
        proximity[vacancies.occupation[vacancy]],
        wanted_skills(vacancies, vacancy, words),
        promises(vacancies, vacancy, weights),
        wanted_languages(vacancies, vacancy, languages),
        today,
        weights,
    )
    passed = np.zeros(RULES, np.int64)
    passing = _passing(people, present, vacancies, vacancy, passed)
    failing = present & ~passing if most_excluded > 0 else passing
    eligible, excluded = _empty_best(most), _empty_best(most_excluded)
    size, out = 0, 0
    for place in range(len(people.place_at) - 1):
        metres = metres_to(people, place, vacancies, vacancy)
        first, last = np.int64(people.place_at[place]), np.int64(people.place_at[place + 1])
        reached = first + np.searchsorted(people.reach_m[first:last], metres)
        passed[RULES - 1] += _count_between(passing, reached, last)
        if most > 0:
            size = _compete(people, passing, reached, last, metres, vacancies, vacancy, wanted, eligible, size)
        if most_excluded > 0:
            for chosen, start, end in ((present, first, reached), (failing, reached, last)):
                out = _compete(people, chosen, start, end, metres, vacancies, vacancy, wanted, excluded, out)
    return passed, eligible, size, excluded, out
