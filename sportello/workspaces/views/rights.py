"""What a person may ask about their own data: a copy of all of it, or that it goes."""

from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import FilePart
from candidates.models import Candidate
from candidates.views.gate import desk_page, my_record, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request, Scope
from sportello.core.http import audience, confirmed, limited, posted
from sportello.workspaces.forms import EraseMeForm, ErasePersonForm
from sportello.workspaces.render import data_copy
from sportello.workspaces.services.erasure import erase_person


@audience(Role.CITIZEN)
@require_safe
def my_data(request: Request) -> HttpResponse:
    """What I may ask of my data, in one page."""
    return render(request, "workspaces/my_data.html", {"candidate": my_record(request)})


@audience(Role.CITIZEN)
@require_safe
@limited("data_copy", reads=True)
def my_data_copy(request: Request) -> HttpResponseBase:
    """Everything that the portal keeps about me."""
    return _hand_out_copy(my_record(request))


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def erase_me(request: Request) -> HttpResponse:
    """Erase me: only who has just proved to be me, and ticks that they mean it."""
    me = my_record(request)
    form = EraseMeForm(posted(request))
    if request.method == "POST" and form.is_valid():
        erase_person(candidate=me, by=request.scope)
        logout(request)
        # The answer itself says goodbye: whoever leaves takes every cookie with them, and a message for the next page too.
        request.scope = Scope()
        return render(request, "workspaces/erased.html")
    return render(request, "workspaces/erase_me.html", {"form": form}, status=422 if form.errors else 200)


@desk_page
@require_safe
def person_data_copy(request: Request, candidate: UUID) -> HttpResponseBase:
    """The copy for who has no page of their own and asks for it at the desk."""
    return _hand_out_copy(open_person(request, candidate, part=FilePart.DATA_COPY))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def erase_at_desk(request: Request, candidate: UUID) -> HttpResponse:
    """Erase who asked for it at the desk; the coordinator says how they asked."""
    if not request.scope.has(Role.COORDINATOR):
        raise Http404
    person = open_person(request, candidate, part=FilePart.CASE_FILE)
    form = ErasePersonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        erase_person(candidate=person, motive=form.cleaned_data["motive"], by=request.scope)
        messages.success(request, _("I dati della persona sono cancellati."))
        return redirect("home")
    context = {"form": form, "candidate": person}
    return render(request, "workspaces/erase_person.html", context, status=422 if form.errors else 200)


def _hand_out_copy(person: Candidate) -> HttpResponseBase:
    copy = BytesIO(data_copy(person))
    return FileResponse(copy, as_attachment=True, filename="i-miei-dati.zip", content_type="application/zip")
