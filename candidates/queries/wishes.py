"""How many people look for a kind of job: numbers alone, nobody's name."""

from collections.abc import Iterable

from django.db.models import CharField, Count
from django.db.models.functions import Left

from candidates.models import Candidate, DesiredOccupation


def people_wanting(groups: Iterable[str]) -> dict[str, int]:
    """People on file who look for an occupation of each ISCO-08 group of two digits; groups that nobody wants are left out.

    Who looks for two jobs of a group is one person; who looks for jobs of two groups is in both. One query.
    """
    rows = (
        DesiredOccupation.objects.filter(candidate__in=Candidate.objects.standing())
        .annotate(group=Left("occupation__isco08", 2, output_field=CharField()))
        .filter(group__in=set(groups))
        .order_by()
        .values_list("group")
        .annotate(Count("candidate", distinct=True))
    )
    return dict(rows)
