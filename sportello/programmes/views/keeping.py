"""Where a desk keeps the catalogue of courses: all see it, each course is written by those whose desk follows it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages
from sportello.programmes.forms.training import CancelForm, CourseForm, EditionForm
from sportello.programmes.models import Course, Edition
from sportello.programmes.queries.training import kept_course, kept_courses, kept_edition
from sportello.programmes.services import training as service
from sportello.programmes.states import EditionState

PAGE_SIZE = 25
_NOT_ACCREDITED = gettext_lazy(
    "L'ente non è accreditato per la formazione in quel giorno: il corso non può essere finanziato."
)
keepers = audience(Role.OPERATOR, Role.COORDINATOR)


@keepers
@require_safe
def kept_course_list(request: Request) -> HttpResponse:
    """The catalogue as it is kept: all courses, or those of my desks."""
    only_own = request.GET.get("chi") == "sportello"
    page = Pages(kept_courses(request.scope, only_own=only_own), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "programmes/kept_courses.html", {"page": page, "only_own": only_own})


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def course_new(request: Request) -> HttpResponse:
    """One more course."""
    return _write(request, None)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def course_change(request: Request, course: UUID) -> HttpResponse:
    """What is now true of one."""
    return _write(request, kept_course(request.scope, course))


@keepers
@require_safe
def kept_course_detail(request: Request, course: UUID) -> HttpResponse:
    """A course with all its editions, past ones too."""
    found = kept_course(request.scope, course)
    editions = found.editions.select_related("municipality").order_by("-starts_on", "pk")
    return render(
        request, "programmes/kept_course.html", {"course": found, "editions": editions, "skills": found.skills.all()}
    )


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def edition_new(request: Request, course: UUID) -> HttpResponse:
    """One more edition of a course."""
    return _write_edition(request, kept_course(request.scope, course), None)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def edition_change(request: Request, edition: UUID) -> HttpResponse:
    """What is now true of an edition."""
    found = kept_edition(request.scope, edition)
    return _write_edition(request, found.course, found)


@keepers
@require_POST
def edition_move(request: Request, edition: UUID) -> HttpResponse:
    """Open or close the enrolment."""
    found = kept_edition(request.scope, edition)
    try:
        service.move_edition(edition=found, to=request.POST.get("to", ""), by=request.scope)
    except service.NotAllowed:
        messages.info(request, _("Qualcuno ha cambiato l'edizione in questo momento: guarda a che punto è."))
    except service.NotAccredited:
        messages.error(request, _NOT_ACCREDITED)
    except service.EnrolmentOver:
        messages.error(request, _("L'ultimo giorno per iscriversi è passato: correggi prima quella data."))
    else:
        messages.success(request, _("Fatto: le persone lo vedono già."))
    return redirect("kept_course", course=found.course_id)


@keepers
@require_http_methods(["GET", "HEAD", "POST"])
def edition_cancel(request: Request, edition: UUID) -> HttpResponse:
    """Cancel an edition and say why."""
    found = kept_edition(request.scope, edition)
    form = CancelForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service.move_edition(edition=found, to=EditionState.CANCELLED, by=request.scope, **form.cleaned_data)
        except service.NotAllowed:
            messages.info(request, _("Questa edizione era già annullata."))
        else:
            messages.success(request, _("Edizione annullata: il motivo si legge nella pagina del corso."))
        return redirect("kept_course", course=found.course_id)
    return _page(request, form, title=_("Annulla l'edizione"), course=found.course, save=_("Annulla l'edizione"))


def _write(request: Request, course: Course | None) -> HttpResponse:
    searching = "search" in request.POST
    # "Cerca" only asks for proposals: what else was typed stays, nothing is judged yet.
    data = None if searching else posted(request)
    form = CourseForm(data, instance=course, by=request.scope, initial=_as_typed(request.POST) if searching else None)
    if data is not None and form.is_valid():
        try:
            written = service.write_course(course=course, by=request.scope, **form.cleaned_data)
        except service.NotAccredited:
            form.add_error("is_funded", _NOT_ACCREDITED)
        except service.AlreadyCourse:
            form.add_error("title", _("Questo ente ha già un corso con questo titolo."))
        except service.WrongPlace:
            form.add_error(
                "mode", _("Alcune edizioni non vanno bene così: hanno un luogo, o non l'hanno. Correggi prima quelle.")
            )
        else:
            messages.success(request, _("Corso salvato."))
            return redirect("kept_course", course=written.pk)
    title = _("Correggi il corso") if course else _("Nuovo corso")
    return _page(request, form, title=title, course=course)


def _as_typed(data: QueryDict) -> dict[str, Any]:
    return {**data.dict(), "skills": data.getlist("skills"), "is_funded": "is_funded" in data}


def _write_edition(request: Request, course: Course, edition: Edition | None) -> HttpResponse:
    form = EditionForm(posted(request), course=course, instance=edition)
    if request.method == "POST" and form.is_valid():
        try:
            service.write_edition(course=course, edition=edition, by=request.scope, **form.cleaned_data)
        except service.NotAccredited:
            form.add_error("starts_on", _NOT_ACCREDITED)
        except (service.NotAllowed, service.WrongPlace):
            messages.info(request, _("Qualcuno ha cambiato l'edizione in questo momento: guarda a che punto è."))
            return redirect("kept_course", course=course.pk)
        else:
            messages.success(request, _("Edizione salvata."))
            return redirect("kept_course", course=course.pk)
    title = _("Correggi l'edizione") if edition else _("Nuova edizione")
    return _page(request, form, title=title, course=course)


def _page(request: Request, form: Any, *, title: str, course: Course | None, save: str = "") -> HttpResponse:
    back = reverse("kept_course", kwargs={"course": course.pk}) if course else reverse("kept_courses")
    context = {"form": form, "title": title, "course": course, "back": back, "save": save or _("Salva")}
    return render(request, "programmes/course_form.html", context, status=422 if form.errors else 200)
