"""The vacancies of a company at a glance."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case as SqlCase
from django.db.models import Count, Q, When

from employers.models import Company, Vacancy
from employers.states import VacancyState
from matching.states import ReferralState


@dataclass(frozen=True)
class VacancyCard:
    """One vacancy of a company with the number of people at each point of its pipeline."""

    id: UUID
    title: str
    reference: str
    place: str
    state: VacancyState
    waiting: int
    interviews: int
    hired: int


def vacancy_cards(company: Company) -> list[VacancyCard]:
    """The company's vacancies, those still open first, in one query. People who have not consented are not counted."""
    at = {
        "waiting": (ReferralState.SENT, ReferralState.VIEWED),
        "interviews": (ReferralState.INTERVIEW, ReferralState.OFFER),
        "hired": (ReferralState.HIRED,),
    }
    rows = (
        Vacancy.objects.filter(company=company)
        .annotate(
            over=SqlCase(When(state__in=(VacancyState.FILLED, VacancyState.WITHDRAWN), then=1), default=0),
            **{name: Count("referrals", filter=Q(referrals__state__in=states)) for name, states in at.items()},
        )
        .order_by("over", "-created_at", "pk")
        .values_list("pk", "title", "number", "workplace__municipality__name", "state", *at)
    )
    return [
        VacancyCard(pk, title, f"OL-{number:06d}", place, VacancyState(state), *counts)
        for pk, title, number, place, state, *counts in rows
    ]
