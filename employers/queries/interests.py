"""Who has a part in which company."""

from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from employers.models import Company, DeclaredInterest
from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.accounts.scope import Scope


def has_part_in(user_id: UUID, company_id: UUID) -> bool:
    """Whether the person acts for the company too, or has declared an interest in it; one query."""
    acts = Membership.objects.in_force().filter(user=user_id, organisation=OuterRef("organisation"), role=Role.COMPANY)
    declared = DeclaredInterest.objects.filter(company=OuterRef("pk"), user=user_id, ended_at__isnull=True)
    return Company.objects.filter(Exists(acts) | Exists(declared), pk=company_id).exists()


def interests_of(company: Company, scope: Scope) -> QuerySet[DeclaredInterest]:
    """The interests in a company that the actor may read, those in force first, the newest of them on top."""
    rows = company.declared_interests.filter(user__in=people_kept_by(scope)).select_related("user")
    return rows.order_by(F("ended_at").desc(nulls_first=True), "-declared_at", "pk")


def impartial_colleagues(company: Company) -> QuerySet[User]:
    """Who serves the company's desk and has no part in the company, by name."""
    serves = Membership.objects.in_force().filter(
        role__in=(Role.OPERATOR, Role.COORDINATOR), desks=company.desk_id, user=OuterRef("pk")
    )
    acts = Membership.objects.in_force().filter(
        organisation=company.organisation_id, role=Role.COMPANY, user=OuterRef("pk")
    )
    tied = DeclaredInterest.objects.filter(company=company, ended_at__isnull=True, user=OuterRef("pk"))
    return User.objects.filter(Q(Exists(serves)) & ~Exists(acts) & ~Exists(tied)).order_by(
        "last_name", "first_name", "pk"
    )


def people_kept_by(scope: Scope) -> QuerySet[User]:
    """For whom the actor may declare an interest: themself, and who serves a desk that they coordinate."""
    served = Membership.objects.in_force().filter(
        role__in=(Role.OPERATOR, Role.COORDINATOR), desks__in=scope.desk_ids if scope.coordinates else ()
    )
    return User.objects.filter(Q(pk=scope.account_id) | Q(pk__in=served.values("user"))).order_by(
        "last_name", "first_name", "pk"
    )
