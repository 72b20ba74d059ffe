"""Strong proposals that nobody has seen yet, for who follows the person. The company is never told."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from candidates.models import Case
from candidates.models.restriction import hidden_from
from candidates.states import CaseState
from employers.models import Vacancy
from matching.models import MatchRun, Override, Proposal, Referral
from matching.states import OverrideKind
from sportello.accounts.scope import Scope

STRONG = 80_000
"""Points of 100,000: enough to be worth a telephone call; below, the operator finds them when looking."""

NEWS_DAYS = 7
"""After a week it is no news."""


def new_matches(scope: Scope) -> QuerySet[Proposal]:
    """People whom the actor follows, newly and strongly proposed for a vacancy that is open, was not proposed to them, and for which
    nobody set them aside."""
    newest = MatchRun.objects.filter(vacancy=OuterRef("run__vacancy")).order_by("-ran_at").values("pk")[:1]
    followed = Case.objects.filter(
        candidate=OuterRef("candidate"), state=CaseState.OPEN, responsible_operator=scope.account_id
    )
    referred = Referral.objects.filter(candidate=OuterRef("candidate"), vacancy=OuterRef("run__vacancy"))
    aside = Override.objects.filter(
        candidate=OuterRef("candidate"), vacancy=OuterRef("run__vacancy"), kind=OverrideKind.SET_ASIDE
    )
    return (
        Proposal.objects.filter(
            Exists(followed),
            ~hidden_from(scope.user_id),
            ~Exists(referred),
            ~Exists(aside),
            is_new=True,
            score__gte=STRONG,
            run=Subquery(newest),
            run__ran_at__gte=timezone.now() - timedelta(days=NEWS_DAYS),
            run__vacancy__in=Vacancy.objects.published(),
        )
        .select_related("candidate", "run__vacancy__company__organisation", "run__vacancy__workplace__municipality")
        .order_by("-score", "pk")
    )
