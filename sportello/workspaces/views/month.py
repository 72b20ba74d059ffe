"""The month of a desk for those who work there: a page and its print."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from candidates.rules import led_desks
from reports.models import ReportIssue
from reports.queries.issues import listed
from reports.rules import change_told
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.core.pdf import SCHEME, print_page
from sportello.core.text import grouped
from sportello.workspaces.queries.month import DeskMonth, Month, desk_month, own_desks

operators = audience(Role.OPERATOR, Role.COORDINATOR)

EDITIONS_SHOWN = 4
"""Two years of half-yearly reports."""


@dataclass(frozen=True)
class Row:
    """A line of the table: each month's name and number, and how this month differs from it, in words; `is_part` of the line above."""

    label: str
    cells: tuple[tuple[str, str, str], ...]
    is_part: bool = False


@operators
@require_safe
def desk_month_page(request: Request) -> HttpResponse:
    """A month of a desk beside the month before and a year earlier: the last whole one, of the first desk, unless others are named."""
    context = _context(request)
    desk = context["page"].desk
    if desk.pk in led_desks(request.scope):
        issues = ReportIssue.objects.visible_to(request.scope).filter(desk=desk)
        context["issues"] = listed(issues)[:EDITIONS_SHOWN]
    return render(request, "workspaces/desk_month.html", context)


@operators
@require_safe
def desk_month_print(request: Request) -> HttpResponse:
    """The same on paper."""
    # Paper of the body's: Italian, whatever language the reader has chosen.
    with override("it"):
        context = _context(request)
        printed = print_page(render_to_string("workspaces/pdf/desk_month.html", context))
    name = f"mese-{context['page'].desk.slug}-{context['page'].month}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(printed.pdf, content_type="application/pdf", headers=headers)


def _context(request: Request) -> dict[str, Any]:
    desks = own_desks(request.scope)
    wanted = request.GET.get("sportello")
    desk = next((desk for desk in desks if wanted in (None, desk.slug)), None)
    if desk is None:
        raise Http404
    month = _month(request.GET.get("mese"))
    page = desk_month(desk, month)
    return {
        "page": page,
        "desks": desks,
        "names": [_name(each) for each in page.months],
        "groups": list(_groups(page)),
        "people": [_row(row.name or _("Nessuno"), row.cases, page) for row in page.followed],
        "following": None if month.is_running else month.after,
        "stylesheet": f"{SCHEME}css/month-print.css",
    }


def _month(text: str | None) -> Month:
    """The one that an address names, else the last that is over; 404 for none and for those to come."""
    if text is None:
        return Month.last_whole()
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404 from error


def _name(month: Month) -> str:
    return date_format(month.first_day, "F Y")


def _groups(page: DeskMonth) -> Iterator[tuple[str, list[Row]]]:
    """The lines of the table under their headings, in the order of the way to work."""

    def line(key: str, label: str, *, is_part: bool = False) -> Row:
        return _row(label, page.numbers[key], page, is_part=is_part)

    days = {"days": page.days}
    yield (
        _("Arrivi e primi contatti"),
        [
            line("registrations", _("Persone registrate")),
            line("first_contacts", _("Primi contatti da fare entro %(days)d giorni, con il termine nel mese") % days),
            line("first_contacts.in_time", _("di cui in tempo"), is_part=True),
        ],
    )
    yield (
        _("Appuntamenti"),
        [
            line("appointments_due", _("Appuntamenti del mese con un esito")),
            line("appointments_due.kept", _("di cui svolti"), is_part=True),
            line("appointments_due.excused", _("di cui assenze giustificate"), is_part=True),
            line("appointments_due.no_show", _("di cui la persona non è venuta"), is_part=True),
            line("appointments_unwritten", _("Appuntamenti passati senza esito scritto")),
        ],
    )
    yield (
        _("Pratiche, patti e servizi"),
        [
            line("cases_opened", _("Pratiche aperte")),
            line("closed_cases", _("Pratiche chiuse")),
            line("closed_cases.placed", _("di cui perché la persona ha trovato lavoro"), is_part=True),
            line("open_cases", _("Pratiche in carico alla fine del mese")),
            line("service_pacts", _("Patti di servizio firmati")),
            line("services", _("Servizi dati alle persone")),
            _row(_("Ore di servizio"), tuple(round(n / 60) for n in page.numbers["service_minutes"]), page),
        ],
    )
    yield (
        _("Candidature delle persone in carico"),
        [
            line("referrals.sent", _("Inviate all'impresa")),
            line("referrals.declined", _("La persona ha detto di no")),
            line("referrals.viewed", _("Viste dall'impresa")),
            line("referrals.interview", _("Arrivate a un colloquio")),
            line("referrals.offer", _("Arrivate a una proposta di lavoro")),
            line("referrals.hired", _("Arrivate a un'assunzione")),
            line("referrals.refused", _("L'impresa ha detto di no")),
        ],
    )
    yield (
        _("Lavoro trovato"),
        [
            line("contracts", _("Contratti iniziati nel mese e verificati")),
            line("internships", _("Tirocini iniziati nel mese e verificati")),
        ],
    )


def _row(label: str, numbers: tuple[int, ...], page: DeskMonth, *, is_part: bool = False) -> Row:
    cells = []
    for month, number in zip(page.months, numbers, strict=True):
        # Some days of a month say nothing beside a whole one.
        is_compared = month != page.month and not page.month.is_running
        cells.append((_name(month), grouped(number), change_told(numbers[0] - number) if is_compared else ""))
    return Row(label, tuple(cells), is_part)
