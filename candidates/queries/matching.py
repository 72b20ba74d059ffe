"""The only door through which the matching reads people: a projection without protected attributes.

Neither sex, birth date, citizenship, tax code, disability nor benefits appear here (art. 10 D.Lgs. 276/2003).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg, JSONBAgg
from django.db.models import BooleanField, ExpressionWrapper, F, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, JSONObject
from django.utils import timezone

from candidates.models import (
    AvailabilityWindow,
    Candidate,
    DesiredOccupation,
    HeldLicence,
    LanguageSkill,
    Profile,
    SkillStatement,
)
from candidates.models.profile import holds_on
from candidates.states import CaseState
from sportello.core.db import gathered


@dataclass(frozen=True)
class MatchingProfile:
    """One person as the engine sees them; ids are those of the vocabularies, distances come from the coordinates.

    `windows` are the keys of the parts of the week (`WEEK_BANDS`) in which they said they can work: which, never why.
    """

    candidate_id: UUID
    occupations: dict[UUID, int]
    skills: frozenset[UUID]
    licences: frozenset[UUID]
    languages: dict[UUID, str]
    education_eqf: int | None
    hours_wanted: str
    contract_types: frozenset[UUID]
    windows: frozenset[str]
    latitude: float | None
    longitude: float | None
    max_travel_km: int
    may_work: bool
    available_from: date | None
    confirmed_on: date
    waiting_since: date


def matching_profiles(candidate_ids: Iterable[UUID] | None = None) -> list[MatchingProfile]:
    """Profiles of the people with an open case (or of those named, among them), in one query ordered by id."""
    return [profile for profile, _ in profiles_beside(candidate_ids)]


def profiles_beside(
    candidate_ids: Iterable[UUID] | None = None, *columns: str | Combinable
) -> list[tuple[MatchingProfile, tuple[Any, ...]]]:
    """The same, each beside what a page wants to know of the person, in the same query; the engine gets the profile alone."""
    today = timezone.localdate()
    people = Candidate.objects.filter(erased_at__isnull=True, cases__state=CaseState.OPEN, profile__is_complete=True)
    if candidate_ids is not None:
        people = people.filter(pk__in=list(candidate_ids))
    rows = people.order_by("pk").values_list(
        "pk",
        gathered(DesiredOccupation, "candidate", JSONBAgg(JSONObject(id="occupation_id", years="years"))),
        gathered(SkillStatement, "candidate", ArrayAgg("skill_id")),
        gathered(
            HeldLicence,
            "profile__candidate",
            ArrayAgg("drivinglicence_id", filter=holds_on(today)),
        ),
        gathered(LanguageSkill, "candidate", JSONBAgg(JSONObject(id="language_id", level="level"))),
        "profile__education_level__eqf",
        "profile__hours_wanted",
        gathered(Profile.contract_types.through, "profile__candidate", ArrayAgg("contracttype_id")),
        gathered(
            AvailabilityWindow, "candidate", ArrayAgg(Concat("weekday", Value("-"), "band", output_field=TextField()))
        ),
        Coalesce(F("domicile__latitude"), F("residence__latitude")),
        Coalesce(F("domicile__longitude"), F("residence__longitude")),
        "profile__max_travel_km",
        ExpressionWrapper(
            Q(profile__work_permit_until__isnull=True) | Q(profile__work_permit_until__gte=today), BooleanField()
        ),
        "profile__available_from",
        "confirmed_at",
        "cases__opened_on",
        *columns,
    )
    return [
        (
            MatchingProfile(
                candidate_id=pk,
                occupations={UUID(o["id"]): o["years"] for o in occupations or ()},
                skills=frozenset(skills or ()),
                licences=frozenset(licences or ()),
                languages={UUID(item["id"]): item["level"] for item in languages or ()},
                education_eqf=eqf,
                hours_wanted=hours,
                contract_types=frozenset(contract_types or ()),
                windows=frozenset(windows or ()),
                latitude=latitude,
                longitude=longitude,
                max_travel_km=km,
                may_work=may_work,
                available_from=available_from,
                confirmed_on=timezone.localdate(confirmed_at),
                waiting_since=waiting_since,
            ),
            tuple(others),
        )
        for (
            pk,
            occupations,
            skills,
            licences,
            languages,
            eqf,
            hours,
            contract_types,
            windows,
            latitude,
            longitude,
            km,
            may_work,
            available_from,
            confirmed_at,
            waiting_since,
            *others,
        ) in rows
    ]
