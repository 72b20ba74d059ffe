"""Asking for editions and publishing them: the official for the own municipality, the control room for all."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reports.forms import CommentForm, OwnRequestForm, RequestForm
from reports.models import ReportIssue
from reports.queries.areas import Territory
from reports.queries.issues import listed, progress_of
from reports.services import issue as service
from reports.states import UNDER_WAY, IssueState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages
from sportello.territory.models import Municipality

PER_PAGE = 20


@audience(Role.OFFICIAL)
@require_http_methods(["GET", "HEAD", "POST"])
def official_reports(request: Request) -> HttpResponse:
    """The editions of the own municipality, also unpublished, and a form to ask for one."""
    municipality = Municipality.objects.filter(pk__in=request.scope.municipality_ids(Role.OFFICIAL)).first()
    if municipality is None:
        raise Http404
    form = OwnRequestForm(posted(request))
    if request.method == "POST" and form.is_valid() and (edition := _asked(request, municipality, form)):
        return redirect("report_detail", issue=edition.pk)
    return _page(request, form, ReportIssue.objects.filter(municipality=municipality), municipality)


@audience(Role.CONTROL_ROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def control_room_reports(request: Request) -> HttpResponse:
    """The editions of every territory, and a form to ask for one; an address may name the territory to begin with."""
    form = RequestForm(posted(request), initial={"territory": request.GET.get("territorio", "")})
    if request.method == "POST" and form.is_valid():
        edition = _asked(request, form.cleaned_data["territory"], form)
        if edition:
            return redirect("report_detail", issue=edition.pk)
    return _page(request, form, ReportIssue.objects.all(), None)


@audience(Role.CONTROL_ROOM)
@require_POST
def report_publish(request: Request, issue: UUID) -> HttpResponse:
    """Publish what another person asked for."""
    edition = get_object_or_404(ReportIssue.objects.visible_to(request.scope), pk=issue)
    try:
        service.publish_issue(issue=edition, by=request.scope)
    except service.NeedsSecondPerson:
        messages.error(request, _("Lo pubblica un'altra persona: chi lo ha chiesto non lo pubblica."))
    except service.SemesterRunning:
        messages.error(request, _("Il semestre non è finito: si pubblica l'edizione con tutti i suoi giorni."))
    except service.IllegalStep:
        messages.error(
            request, _("Questa edizione non si può pubblicare: ce n'è una più nuova, o i dati sono stati ricalcolati.")
        )
    else:
        messages.success(request, _("Il rapporto è pubblicato: ora lo legge chiunque."))
    return redirect("report_detail", issue=edition.pk)


@audience(Role.CONTROL_ROOM)
@require_POST
def report_retry(request: Request, issue: UUID) -> HttpResponse:
    """Build again what failed."""
    edition = get_object_or_404(ReportIssue.objects.visible_to(request.scope), pk=issue)
    try:
        service.retry_issue(issue=edition, by=request.scope)
    except service.IllegalStep:
        messages.error(request, _("Questa edizione non è da rifare."))
    return redirect("report_detail", issue=edition.pk)


@audience(Role.OFFICIAL, Role.COORDINATOR, Role.CONTROL_ROOM)
@require_http_methods(["GET", "HEAD", "POST"])
def report_comments(request: Request, issue: UUID) -> HttpResponse:
    """What those who read an edition said of it; one more while it is not published."""
    edition = get_object_or_404(listed(ReportIssue.objects.read_inside_by(request.scope)), pk=issue)
    form = CommentForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service.comment_issue(issue=edition, by=request.scope, **form.cleaned_data)
        except service.IllegalStep:
            messages.error(
                request, _("Il rapporto è già pubblicato o non è ancora pronto: non si aggiungono osservazioni.")
            )
        else:
            messages.success(request, _("Osservazione aggiunta: chi ha chiesto il rapporto riceve un'e-mail."))
        return redirect("report_comments", issue=edition.pk)
    context = {"issue": edition, "form": form, "comments": edition.comments.select_related("author")}
    return render(request, "reports/report_comments.html", context, status=422 if form.errors else 200)


def _asked(request: Request, territory: Territory, form: OwnRequestForm) -> ReportIssue | None:
    """The edition that was asked for; None with the reason beside its field where one is needed."""
    semester, reason = form.cleaned_data["semester"], form.cleaned_data["reason"]
    try:
        return service.request_issue(
            territory=territory, year=semester.year, half=semester.half, reason=reason, by=request.scope
        )
    except service.ReasonMissing:
        form.add_error(
            "reason", _("Di questo semestre c'è già un'edizione pubblicata: scrivi perché ne serve un'altra.")
        )
        return None


def _page(
    request: Request, form: OwnRequestForm, issues: QuerySet[ReportIssue], municipality: Municipality | None
) -> HttpResponse:
    state = request.GET.get("stato", "")
    if state in IssueState.values:
        issues = issues.filter(state=state)
    page = Pages(listed(issues), PER_PAGE).get_page(request.GET.get("pagina"))
    progress = progress_of(page.object_list)
    rows = [(issue, progress.get(str(issue.pk))) for issue in page.object_list]
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "municipality": municipality,
        "is_any_under_way": any(issue.state in UNDER_WAY for issue, _row in rows),
        "states": IssueState.choices,
        "state": state,
    }
    return render(request, "reports/staff_reports.html", context, status=422 if form.errors else 200)
