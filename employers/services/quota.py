"""Keeping a reckoning of targeted placement, when the company wants it kept."""

from django.utils import timezone

from employers.engine.quota import Staff, quota_of
from employers.models import Company, QuotaReckoning
from employers.render.quota import as_data, quota_rules
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("quota.save")
def save_reckoning(*, company: Company, staff: Staff, by: Scope) -> QuotaReckoning:
    """Reckon by the rules of today and keep the result in the place of the last one. Raises MissingParameterError."""
    rules, rows, due_on = quota_rules(on=timezone.localdate())
    told, verdict = as_data(staff, quota_of(staff, rules), rows, due_on)
    QuotaReckoning.objects.get_or_create(company=company, defaults={"told": told, "verdict": verdict})
    saved = QuotaReckoning.objects.select_for_update(of=("self",)).get(company=company)
    saved.told, saved.verdict, saved.saved_at = told, verdict, timezone.now()
    saved.save()
    return saved


@audit.service("quota.forget")
def forget_reckoning(*, company: Company, by: Scope) -> None:
    """Take the saved reckoning away."""
    QuotaReckoning.objects.filter(company=company).delete()
