"""Services of the catalogue and what was delivered of them."""

from datetime import date
from typing import Any

from django.utils import timezone

from candidates.models import Case, ServiceDelivered
from candidates.services.delivered import record_service
from sportello.accounts.scope import Scope
from sportello.reference.models import ServiceCatalogueItem


def make_item(code: str = "PROVA_A", **fields: Any) -> ServiceCatalogueItem:
    """A service for people."""
    values = {"audience": "person", "label": code.capitalize(), "citation": "Prova", "position": 1, **fields}
    return ServiceCatalogueItem.objects.get_or_create(code=code, defaults=values)[0]


def deliver(
    case: Case, *, by: Scope, code: str = "PROVA_A", minutes: int = 60, on: date | None = None
) -> ServiceDelivered:
    """One service delivered today, or on a day."""
    return record_service(
        case=case,
        service=make_item(code),
        delivered_on=on or timezone.localdate(),
        minutes=minutes,
        mode="in_person",
        by=by,
    )
