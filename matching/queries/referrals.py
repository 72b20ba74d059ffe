"""Referrals as the person, the operator and the company see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from candidates.models import Candidate
from candidates.models.profile import holds_on
from candidates.states import DisclosureState
from employers.models import Vacancy
from matching.models import Placement, Referral
from matching.queries.overrides import Decision, newest_decision, read_decision
from matching.states import NAMELESS_REFERRALS, PlacementState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Scope
from sportello.reference.models import shown_name


@dataclass(frozen=True)
class Applicant:
    """What a company sees of a person: work alone, and who it is only with `name` set."""

    occupations: tuple[tuple[str, int], ...]
    skills: tuple[str, ...]
    languages: tuple[tuple[str, str], ...]
    licences: tuple[str, ...]
    education: str
    about: str
    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class PipelineRow:
    """An application in the company's list; `name` is empty without a disclosure in force."""

    referral: Referral
    name: str


def own_referrals(candidate: Candidate) -> QuerySet[Referral]:
    """A person's referrals with their steps, the newest first; `decided` has what somebody decided otherwise than the ranking."""
    return (
        candidate.referrals.annotate(decided=newest_decision(OuterRef("vacancy"), candidate.pk))
        .select_related(
            "vacancy__company__organisation", "vacancy__workplace__municipality", "vacancy__desk", "disclosure"
        )
        .prefetch_related("transitions")
        .order_by("-created_at", "pk")
    )


def told(referrals: Iterable[Referral]) -> list[tuple[Referral, Decision | None]]:
    """Referrals of `own_referrals`, each with what somebody decided otherwise than the ranking."""
    return [(referral, read_decision(referral.decided)) for referral in referrals]  # type: ignore[attr-defined]


def own_referral(candidate: Candidate, pk: UUID) -> Referral:
    """One of the person's referrals with what a company sees of them, or a 404."""
    return get_object_or_404(own_referrals(candidate).select_related("candidate__profile__education_level"), pk=pk)


def visible_referral(scope: Scope, pk: UUID) -> Referral:
    """A referral for an operator, or a 404 when its person is not of their desks."""
    return get_object_or_404(Referral.objects.visible_to(scope).select_related("candidate"), pk=pk)


def pipeline(vacancy: Vacancy) -> QuerySet[Referral]:
    """Applications that reached the company, the newest first."""
    return vacancy.referrals.sent_to_company().select_related("disclosure", "candidate").order_by("-created_at", "pk")


def pipeline_rows(referrals: list[Referral], *, named: bool) -> list[PipelineRow]:
    """The same with the name of those who granted it, for a reader who may be told names (`named`)."""
    return [PipelineRow(r, str(r.candidate) if named and is_disclosed(r) else "") for r in referrals]


def company_referral(scope: Scope, pk: UUID) -> Referral:
    """An application to one of the vacancies of the actor's company, or a 404: another company's does not exist for it.

    With `rejection_reason` of the last hire that the desk did not confirm, None without one.
    """
    rejected = Placement.objects.filter(referral=OuterRef("pk"), state=PlacementState.REJECTED).order_by("-verified_at")
    return get_object_or_404(
        Referral.objects.sent_to_company()
        .filter(vacancy__company__organisation__in=scope.organisation_ids(Role.COMPANY))
        .select_related("vacancy__company__organisation", "disclosure", "candidate__profile__education_level")
        .annotate(rejection_reason=Subquery(rejected.values("rejection_reason")[:1])),
        pk=pk,
    )


def is_disclosed(referral: Referral) -> bool:
    """Whether the person's yes is in force for this application; a later one to the same vacancy shares the disclosure."""
    return referral.state not in NAMELESS_REFERRALS and referral.disclosure.state == DisclosureState.GRANTED


def own_applicant(candidate: Candidate) -> Applicant:
    """What a company would see of the person after their yes; five queries."""
    loaded = Candidate.objects.select_related("profile__education_level").get(pk=candidate.pk)
    return applicant(loaded, disclosed=True)


def applicant(candidate: Candidate, *, disclosed: bool) -> Applicant:
    """The person as a company sees them, named or not; four queries when the profile is loaded."""
    profile = candidate.profile
    return Applicant(
        occupations=tuple(
            candidate.desired_occupations.order_by("position").values_list(shown_name("occupation__"), "years")
        ),
        skills=tuple(
            candidate.skill_statements.order_by("skill__sort_key").values_list(shown_name("skill__"), flat=True)
        ),
        languages=tuple(
            candidate.language_skills.order_by("language__position").values_list(shown_name("language__"), "level")
        ),
        licences=tuple(
            profile.held_licences.filter(holds_on(timezone.localdate()))
            .order_by("drivinglicence__position")
            .values_list(shown_name("drivinglicence__"), flat=True)
        ),
        education=str(profile.education_level or ""),
        # Free text may say who the person is.
        about=profile.about if disclosed else "",
        name=str(candidate) if disclosed else "",
        email=candidate.email if disclosed else "",
        phone=candidate.phone.as_national if disclosed and candidate.phone else "",
    )
