"""The caseload as a queue of work: filters, views to keep, the table that leaves with its reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.caseload import FilterForm, SavedViewForm
from candidates.models import SavedView
from candidates.queries.caseload import (
    LONGEST_LIST,
    LONGEST_TABLE,
    chips_of,
    colleagues,
    filtered_cases,
    read_filters,
    saved_views,
    tags_in_use,
)
from candidates.queries.people import WORK_QUEUES, served_desks, stalled_days
from candidates.services import caseload as service
from candidates.views.gate import desk_page, note_names
from sportello.accounts.scope import Request
from sportello.core.paging import Pages
from sportello.core.sheets import XLSX, csv_bytes, write_workbook

PAGE_SIZE = 25


@desk_page
@require_safe
def caseload_list(request: Request) -> HttpResponse:
    """The open cases of my desks, or those that pass the filters."""
    filters = read_filters(request.GET)
    desks = {desk.pk: desk for desk in served_desks(request.scope)}
    context = {
        "page": Pages(filtered_cases(request.scope, filters), PAGE_SIZE).get_page(request.GET.get("pagina")),
        "view": filters.view,
        "views": [
            (key, label, replace(filters, view=key).query) for key, label in (("", _("Tutte")), *WORK_QUEUES.items())
        ],
        "query": filters.query,
        "chips": chips_of(request.scope, filters, desks),
        "saved": saved_views(request.scope),
        "desks": [*desks.values()],
        "stalled_days": stalled_days() if filters.view == "stalled" else None,
        "longest": LONGEST_LIST,
    }
    return render(request, "candidates/caseload.html", context)


@desk_page
@require_safe
def caseload_filters(request: Request) -> HttpResponse:
    """All the filters; they lead back to the list."""
    form = FilterForm(
        initial=request.GET.dict(),
        desks=served_desks(request.scope),
        operators=colleagues(request.scope),
        tags=tags_in_use(request.scope),
    )
    context = {"form": form, "save_form": SavedViewForm(), "query": read_filters(request.GET).query}
    return render(request, "candidates/caseload_filters.html", context)


@desk_page
@require_POST
def save_view(request: Request) -> HttpResponse:
    """Keep the list as it is under a name."""
    form = SavedViewForm(request.POST)
    query = read_filters(request.GET).query
    back = f"{reverse('caseload')}?{query}"
    if not form.is_valid():
        messages.error(request, _("Scrivi un nome per la vista."))
        return redirect(f"{reverse('caseload_filters')}?{query}")
    try:
        service.save_view(name=form.cleaned_data["name"], query=query, by=request.scope)
    except service.NameTaken:
        messages.error(request, _("Hai già una vista con questo nome."))
    else:
        messages.success(request, _("Vista salvata."))
    return redirect(back)


@desk_page
@require_POST
def drop_view(request: Request, saved_view: UUID) -> HttpResponse:
    """Keep a view no more."""
    service.drop_view(view=get_object_or_404(SavedView, pk=saved_view, owner=request.scope.user_id), by=request.scope)
    messages.success(request, _("Vista tolta."))
    return redirect("caseload")


@dataclass(frozen=True)
class _Table:
    """The list as it leaves: `facts` say what it is, `rows` are values a spreadsheet knows."""

    facts: list[list[object]]
    header: list[str]
    rows: list[list[object]]
    name: str


@desk_page
@require_safe
def caseload_table(request: Request) -> HttpResponse:
    """The list as a text table for spreadsheets, with filters, day and author on top; a reading of each file in it."""
    table = _table(request)
    lines: list[Sequence[object]] = [
        *table.facts,
        [],
        table.header,
        *([_as_text(value) for value in row] for row in table.rows),
    ]
    answer = HttpResponse(csv_bytes(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return answer


@desk_page
@require_safe
def caseload_workbook(request: Request) -> FileResponse:
    """The same as an Excel workbook, what it is on the first sheet."""
    table = _table(request)
    file = BytesIO()
    write_workbook(
        file,
        about=(_("Che cosa contiene"), table.facts),
        rows=(_("Pratiche"), table.header, table.rows),
    )
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{table.name}.xlsx", content_type=XLSX)


def _table(request: Request) -> _Table:
    filters = read_filters(request.GET)
    cases = list(filtered_cases(request.scope, filters).prefetch_related("tags")[:LONGEST_TABLE])
    note_names(
        request,
        (case.candidate_id for case in cases),
        part=FilePart.CASE_FILE,
        purpose=ReadingPurpose.LIST,
    )
    desks = {desk.pk: desk for desk in served_desks(request.scope)}
    in_force = [str(WORK_QUEUES[filters.view])] if filters.view else []
    in_force += [str(chip.label) for chip in chips_of(request.scope, filters, desks)]
    now = timezone.localtime()
    facts: list[list[object]] = [
        [_("Pratiche aperte")],
        [_("Filtri"), ", ".join(in_force) or _("nessuno")],
        [_("Preparato il"), date_format(now, "j F Y, G:i")],
        [_("Preparato da"), request.scope.full_name],
        [_("Pratiche"), len(cases)],
    ]
    header = [
        *(_("Cognome"), _("Nome"), _("Residenza"), _("Sportello"), _("In carico dal")),
        *(_("Ultimo contatto"), _("Responsabile"), _("Etichette")),
    ]
    rows: list[list[object]] = [
        [
            case.candidate.last_name,
            case.candidate.first_name,
            case.candidate.residence,
            case.desk,
            case.opened_on,
            case.last_contact_on,
            case.responsible_operator,
            ", ".join(tag.name for tag in case.tags.all()),
        ]
        for case in cases
    ]
    return _Table(facts, header, rows, f"pratiche-{now:%Y-%m-%d}")


def _as_text(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
