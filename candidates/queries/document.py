"""The files of a person."""

from django.db.models import QuerySet

from candidates.models import Candidate, PersonDocument


def documents_of(candidate: Candidate) -> QuerySet[PersonDocument]:
    """Files of the person with who added each, the newest first."""
    return candidate.documents.select_related("added_by").order_by("-added_at", "pk")
