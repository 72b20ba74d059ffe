"""The balance of a pact's year, for everybody: a page and its print."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from reports.indicators import INDICATORS
from reports.queries.year import pact_year
from reports.render.year import Balance, balance_of, print_balance
from sportello.accounts.scope import Request
from sportello.core.http import limited, public
from sportello.pacts.models import TerritorialPact


@public
@require_safe
def pact_year_page(request: Request, slug: str, year: int) -> HttpResponse:
    """What the published editions of both halves say together."""
    return render(request, "reports/pact_year.html", {"balance": _balance(slug, year)})


@public
@limited("public_print", reads=True)
@require_safe
def pact_year_print(request: Request, slug: str, year: int) -> HttpResponse:
    """The same on paper."""
    # Paper of the body's: Italian, whatever language the reader has chosen.
    with override("it"):
        printed = print_balance(_balance(slug, year))
    headers = {"Content-Disposition": f'attachment; filename="bilancio-{slug}-{year}.pdf"'}
    return HttpResponse(printed.pdf, content_type="application/pdf", headers=headers)


def _balance(slug: str, year: int) -> Balance:
    """404 until both halves are published."""
    found = pact_year(get_object_or_404(TerritorialPact, slug=slug), year)
    if found is None:
        raise Http404
    return balance_of(found, INDICATORS)
