"""How the matching works and whether it treats groups alike, told to everybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.engine.constraints import LEGAL_BASIS, Rule
from matching.engine.scoring import ENGINE_VERSION
from matching.queries.labels import RULE_LABELS
from matching.queries.strategies import strategies, weights_table
from reports.indicators.fairness import fairness_report
from sportello.accounts.scope import Request
from sportello.core import http


@http.public
@require_safe
def matching_card(request: Request) -> HttpResponse:
    """What it does, what it reads and never reads, who decides, how to object; from the numbers in use."""
    context = {
        "version": ENGINE_VERSION,
        **weights_table(strategies()),
        "fairness": fairness_report(request.scope),
        "rules": [(RULE_LABELS[rule.value], LEGAL_BASIS[rule]) for rule in Rule],
    }
    return render(request, "workspaces/algorithm.html", context)
