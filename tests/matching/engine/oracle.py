"""The formula once more, in plain steps over plain objects: it shares no code with the engine, and is slow."""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from matching.engine.features import OccupationFeatures, PersonFeatures, VacancyFeatures

WEIGHTS = [30, 30, 8, 10, 7, 5, 7, 3]
RULES = ["may_work", "licences", "contract", "hours", "week", "distance"]
R_CM = 637100880


@dataclass
class Weighed:
    """What the oracle says of one pair."""

    person: PersonFeatures
    parts: list[int]
    failed: str | None
    metres: int | None
    score: int
    order: tuple[int, date, int]


class Oracle:
    """Of one edition of occupations and skills."""

    def __init__(self, occupations: list[OccupationFeatures], skills: list[UUID]) -> None:
        self.occupations = {occupation.id: occupation for occupation in occupations}
        self.weight = {skill: self._weight(skill) for skill in skills}

    def _weight(self, skill: UUID) -> int:
        df = len([o for o in self.occupations.values() if skill in o.essential or skill in o.optional])
        rarity = round(10 * math.log((len(self.occupations) + 1) / (df + 1)))
        return 10 if rarity < 10 else 120 if rarity > 120 else rarity

    def _strengths(self, occupation: OccupationFeatures) -> dict[UUID, int]:
        found = {skill: self.weight[skill] for skill in occupation.optional}
        found.update({skill: 2 * self.weight[skill] for skill in occupation.essential})
        return found

    def proximity(self, one: UUID, other: UUID) -> int:
        if one == other:
            return 1000
        a, b = self.occupations[one], self.occupations[other]
        x, y = self._strengths(a), self._strengths(b)
        dot = sum(x[skill] * y[skill] for skill in set(x) & set(y))
        lengths = sum(v * v for v in x.values()) * sum(v * v for v in y.values())
        like = math.isqrt(10**6 * dot * dot // lengths) if lengths else 0
        shared = 4
        while shared and a.isco08[:shared] != b.isco08[:shared]:
            shared -= 1
        base, share = [(0, 300), (80, 300), (220, 280), (450, 250), (650, 250)][shared]
        return base + share * like // 1000

    def weigh(self, vacancy: VacancyFeatures, person: PersonFeatures, today: date) -> Weighed:
        metres = distance(vacancy.point, person.point)
        rules = [
            person.may_work,
            all(licence in person.licences for licence in vacancy.licences),
            not vacancy.contract_type or not person.contract_types or vacancy.contract_type in person.contract_types,
            person.hours_wanted in ("any", vacancy.hours_kind),
            not person.windows or all(part in person.windows for part in vacancy.bands),
            metres is None or metres <= 1000 * person.max_travel_km,
        ]
        failed = None if all(rules) else RULES[rules.index(False)]
        parts = self._parts(vacancy, person, metres, (today - person.confirmed_on).days)
        score = sum(weight * part for weight, part in zip(WEIGHTS, parts, strict=True))
        order = (-score, person.waiting_since, siphash(vacancy.id.bytes + person.id.bytes))
        return Weighed(person, parts, failed, metres, score, order)

    def _parts(self, vacancy: VacancyFeatures, person: PersonFeatures, metres: int | None, days: int) -> list[int]:
        if not person.occupations and not person.skills:
            return [0] * 8
        near = [(self.proximity(vacancy.occupation, pk), years) for pk, years in person.occupations]
        years = sum(y for proximity, y in near if proximity >= 650)
        spoken = [pk for pk, level in vacancy.languages.items() if person.languages.get(pk, 0) >= level]
        if vacancy.education_eqf is None or (person.education_eqf or -9) >= vacancy.education_eqf:
            education = 1000
        else:
            education = 500 if person.education_eqf == vacancy.education_eqf - 1 else 0
            education = 1000 if person.education_eqf == vacancy.education_eqf == 0 else education
        return [
            max([proximity for proximity, _ in near], default=0),
            self._share(vacancy.essential, person),
            self._share(vacancy.optional, person),
            min(1000, 1000 * years // vacancy.years_experience) if vacancy.years_experience else 1000,
            1000 * len(spoken) // len(vacancy.languages) if vacancy.languages else 1000,
            education,
            0 if metres is None else max(0, 1000 - 1000 * metres // 50000),
            next((value for limit, value in ((30, 1000), (60, 800), (90, 600), (180, 300)) if days <= limit), 0),
        ]

    def _share(self, asked: tuple[UUID, ...], person: PersonFeatures) -> int:
        if not asked:
            return 1000
        met = sum(self.weight[skill] for skill in asked if skill in person.skills)
        return 1000 * met // sum(self.weight[skill] for skill in asked)

    def rank(
        self, vacancy: VacancyFeatures, people: list[PersonFeatures], today: date
    ) -> tuple[list[Weighed], list[Weighed], dict[str, int]]:
        """The eligible in order, the others in order, how many each rule stopped first."""
        weighed = sorted((self.weigh(vacancy, person, today) for person in people), key=lambda w: w.order)
        excluded = [w for w in weighed if w.failed]
        return [w for w in weighed if not w.failed], excluded, dict(Counter(str(w.failed) for w in excluded))


def distance(one: tuple[float, float] | None, other: tuple[float, float] | None) -> int | None:
    if one is None or other is None:
        return None
    chord = math.isqrt(sum((a - b) ** 2 for a, b in zip(_vector(*one), _vector(*other), strict=True))) // 100
    angle = chord * 10**7 // R_CM
    angle2 = angle * angle // 10**5
    return chord + chord * angle2 // (24 * 10**5) + 3 * chord * angle2 // 10**5 * angle2 // (640 * 10**5)


def _vector(latitude: float, longitude: float) -> tuple[int, int, int]:
    lat, lon = math.radians(latitude), math.radians(longitude)
    return (
        round(R_CM * math.cos(lat) * math.cos(lon)),
        round(R_CM * math.cos(lat) * math.sin(lon)),
        round(R_CM * math.sin(lat)),
    )


def siphash(message: bytes, key: bytes = b"sportello-lavoro") -> int:
    """SipHash-2-4, written after the paper's text."""
    mask = 2**64 - 1
    k0, k1 = int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]

    def rotated(x: int, by: int) -> int:
        return (x << by | x >> (64 - by)) & mask

    def half(a: int, b: int, c: int, d: int, turns: tuple[int, int]) -> None:
        v[a] = (v[a] + v[b]) & mask
        v[c] = (v[c] + v[d]) & mask
        v[b], v[d] = rotated(v[b], turns[0]) ^ v[a], rotated(v[d], turns[1]) ^ v[c]
        v[a] = rotated(v[a], 32)

    def rounds(times: int) -> None:
        for _ in range(times):
            half(0, 1, 2, 3, (13, 16))
            half(2, 1, 0, 3, (17, 21))

    padded = message + bytes(7 - len(message) % 8) + bytes([len(message) % 256])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at : at + 8], "little")
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 0xFF
    rounds(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]
