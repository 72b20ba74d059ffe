"""What everybody reads: the published editions, one edition, its files."""

from io import BytesIO
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.utils.translation import override
from django.views.decorators.http import require_safe

from candidates.rules import led_desks
from reports.forms import FilterForm
from reports.indicators import FROZEN, INDICATORS
from reports.models import ReportIssue
from reports.queries.issues import Reading, listed, progress_of, public_issues, reading_of
from reports.render.dataset import catalogue
from reports.render.document import compose
from reports.render.spreadsheet import figures_csv, write_figures
from reports.states import UNDER_WAY, IssueState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import public
from sportello.core.paging import Pages
from sportello.core.sheets import XLSX

PER_PAGE = 20


@public
@require_safe
def reports(request: Request) -> HttpResponse:
    """Published editions, by territory and semester."""
    form = FilterForm(request.GET)
    issues = public_issues()
    if form.is_valid():
        if name := form.cleaned_data["territory"]:
            issues = issues.filter(
                Q(pact__name__icontains=name)
                | Q(zone__name__icontains=name)
                | Q(desk__name__icontains=name)
                | Q(municipality__name__icontains=name)
            )
        if semester := form.cleaned_data["semester"]:
            issues = issues.filter(year=semester.year, half=semester.half)
    page = Pages(issues, PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "reports/report_list.html", {"form": form, "page": page})


@public
@require_safe
def report_detail(request: Request, issue: UUID) -> HttpResponse:
    """One edition: its state while it is built, its figures once frozen."""
    edition = _visible(request, issue)
    is_under_way = edition.state in UNDER_WAY
    progress = progress_of([edition])
    # The job was given up after its worker was lost three times, or was never written.
    is_abandoned = is_under_way and not progress
    context = {
        "issue": edition,
        "is_under_way": is_under_way,
        "progress": progress.get(str(edition.pk)),
        "has_print": bool(edition.pdf),
        "can_publish": _can_publish(request, edition),
        "can_comment": edition.built_at and _reads_inside(request, edition),
        "can_retry": request.scope.has(Role.CONTROL_ROOM) and (edition.state == IssueState.FAILED or is_abandoned),
        "document": compose(reading_of(edition), INDICATORS) if edition.frozen_at else None,
    }
    return render(request, "reports/report_detail.html", context)


@public
@require_safe
def report_pdf(request: Request, issue: UUID) -> FileResponse:
    """The print, as it was made once; with the seal of the body where it has one."""
    edition = _visible(request, issue)
    if not edition.pdf:
        raise Http404
    name = f"{_file_name(edition)}.pdf"
    return FileResponse(
        (edition.sealed or edition.pdf).open("rb"), content_type="application/pdf", as_attachment=True, filename=name
    )


@public
@require_safe
def report_csv(request: Request, issue: UUID) -> HttpResponse:
    """The frozen figures for spreadsheets."""
    edition = _visible(request, issue)
    if not edition.frozen_at:
        raise Http404
    reading: Reading = reading_of(edition)
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(edition)}.csv"'}
    return HttpResponse(figures_csv(reading, FROZEN), content_type="text/csv; charset=utf-8", headers=headers)


@public
@require_safe
def report_xlsx(request: Request, issue: UUID) -> FileResponse:
    """The same as a workbook, with a sheet that says how to read it."""
    edition = _visible(request, issue)
    if not edition.frozen_at:
        raise Http404
    file = BytesIO()
    write_figures(file, reading_of(edition), FROZEN)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{_file_name(edition)}.xlsx", content_type=XLSX)


@public
@require_safe
def report_catalogue(request: Request) -> HttpResponse:
    """The published editions for the portals of open data."""
    # Of nobody's language: the catalogue is of the national portal, which reads Italian.
    with override("it"):
        return HttpResponse(catalogue(public_issues()), content_type="application/rdf+xml; charset=utf-8")


def _visible(request: Request, issue: UUID) -> ReportIssue:
    return get_object_or_404(listed(ReportIssue.objects.visible_to(request.scope)), pk=issue)


def _reads_inside(request: Request, issue: ReportIssue) -> bool:
    """Who sees it before it is published, and what others said of it then."""
    is_own = issue.municipality_id in request.scope.municipality_ids(Role.OFFICIAL)
    is_of_desk = issue.desk_id in led_desks(request.scope)
    return request.scope.has(Role.CONTROL_ROOM) or is_own or is_of_desk


def _can_publish(request: Request, issue: ReportIssue) -> bool:
    """The second person of the control room."""
    return (
        request.scope.has(Role.CONTROL_ROOM)
        and issue.state == IssueState.BUILT
        and issue.is_of_whole_semester
        and issue.requested_by_id != request.scope.user_id
    )


def _file_name(issue: ReportIssue) -> str:
    return slugify(f"rapporto-{issue.code.replace('/', '-')}")
