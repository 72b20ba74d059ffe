"""Moving a person to another desk: one asks, the other takes them or says why not."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.reorientation import AnswerForm, AskForm
from candidates.queries.reorientation import other_desks, question_of, question_to, questions_of, questions_to
from candidates.services import reorientation as service
from candidates.services.case import NotOpen
from candidates.views.gate import desk_page, note_names, open_case
from matching.services.case import accept_reorientation
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.core.paging import Pages

PAGE_SIZE = 25


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask_reorientation(request: Request, case: UUID) -> HttpResponse:
    """Ask another desk to follow the person."""
    found = open_case(request, case, part=FilePart.CASE_FILE)
    form = AskForm(posted(request), desks=other_desks(found))
    if request.method == "POST" and form.is_valid():
        try:
            service.ask_reorientation(case=found, by=request.scope, **form.cleaned_data)
        except service.AlreadyAsked:
            messages.info(request, _("C'è già una richiesta che aspetta risposta."))
        except NotOpen:
            messages.info(request, _("La pratica è chiusa: non si può più scrivere."))
        else:
            messages.success(request, _("Richiesta mandata. Finché non rispondono, la persona resta con voi."))
        return redirect("case_file", candidate=found.candidate_id)
    context = {
        "candidate": found.candidate,
        "form": form,
        "title": _("Chiedi a un altro sportello di seguire la persona"),
        "submit": _("Manda la richiesta"),
        "back": reverse("case_file", kwargs={"candidate": found.candidate_id}),
    }
    return render(request, "candidates/person_form.html", context, status=422 if form.errors else 200)


@desk_page
@require_safe
def reorientations(request: Request) -> HttpResponse:
    """Questions that wait for my desks, and those that mine have asked."""
    page = Pages(questions_to(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    asked = list(questions_of(request.scope)[:PAGE_SIZE])
    named = [row.case.candidate_id for row in page if not row.is_hidden]
    note_names(request, named, part=FilePart.CASE_FILE, purpose=ReadingPurpose.INTAKE)
    return render(request, "matching/reorientations.html", {"page": page, "asked": asked})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer_reorientation(request: Request, reorientation: UUID) -> HttpResponse:
    """Take the person, or say why not."""
    found = question_to(request.scope, reorientation)
    form = AnswerForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["accepts"]:
                accept_reorientation(request=found, by=request.scope)
                messages.success(request, _("Da oggi segui tu questa persona: l'abbiamo avvisata."))
                return redirect("caseload" if found.is_hidden else reverse("case_file", args=[found.case.candidate_id]))
            service.deny_reorientation(request=found, answer=form.cleaned_data["answer"], by=request.scope)
        except (service.Answered, NotOpen):
            messages.info(request, _("Nel frattempo la richiesta ha avuto risposta."))
        else:
            messages.success(request, _("Risposta mandata: la persona resta con lo sportello di prima."))
        return redirect("reorientations")
    if not found.is_hidden:
        note_names(request, [found.case.candidate_id], part=FilePart.CASE_FILE, purpose=ReadingPurpose.INTAKE)
    context = {"question": found, "form": form}
    return render(request, "matching/answer_reorientation.html", context, status=422 if form.errors else 200)


@desk_page
@require_POST
def withdraw_reorientation(request: Request, reorientation: UUID) -> HttpResponse:
    """Ask no more."""
    found = question_of(request.scope, reorientation)
    try:
        service.withdraw_reorientation(request=found, by=request.scope)
    except service.Answered:
        messages.info(request, _("Nel frattempo la richiesta ha avuto risposta."))
    else:
        messages.success(request, _("Richiesta ritirata."))
    return redirect("reorientations")
