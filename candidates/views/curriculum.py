"""A person's curriculum: printed for an employer, taken from Europass and given back to it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.engine.europass import ATTACHMENT, Reading, write_candidate
from candidates.engine.europass_read import NotEuropass, read_europass
from candidates.enums import FilePart
from candidates.forms.curriculum import EuropassFileForm, PiecesForm
from candidates.models import Candidate
from candidates.queries.curriculum import curriculum_of, recognised
from candidates.queries.profile import whole_profile
from candidates.render.curriculum import UNTAKEN, print_curriculum
from candidates.services.curriculum import import_pieces
from candidates.views.gate import Address, addresses, desk_page, my_record, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience

_MINE = {
    "page": "my_curriculum",
    "take": "take_my_curriculum",
    "file": "my_curriculum_file",
    "profile": "my_profile",
}
_THEIRS = {
    "page": "person_curriculum",
    "take": "take_curriculum",
    "file": "curriculum_file",
    "profile": "person_profile",
}

WHOLE, NAMELESS, EUROPASS = "completo", "anonimo", "europass"
"""Files of a curriculum, as their address names them."""


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_curriculum(request: Request) -> HttpResponse:
    """My curriculum; POST brings one from Europass."""
    return _page(request, my_record(request), addresses(_MINE))


@audience(Role.CITIZEN)
@require_POST
def take_my_curriculum(request: Request) -> HttpResponse:
    """I choose what of it goes into my profile."""
    return _take(request, my_record(request), addresses(_MINE))


@audience(Role.CITIZEN)
@require_safe
def my_curriculum_file(request: Request, kind: str) -> HttpResponse:
    """My curriculum as a file."""
    return _file(my_record(request), kind)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def person_curriculum(request: Request, candidate: UUID) -> HttpResponse:
    """The curriculum of a person; POST brings one from Europass."""
    return _page(
        request, open_person(request, candidate, part=FilePart.PROFILE), addresses(_THEIRS, candidate=candidate)
    )


@desk_page
@require_POST
def take_curriculum(request: Request, candidate: UUID) -> HttpResponse:
    """The operator takes what the person says is right."""
    return _take(
        request, open_person(request, candidate, part=FilePart.PROFILE), addresses(_THEIRS, candidate=candidate)
    )


@desk_page
@require_safe
def curriculum_file(request: Request, candidate: UUID, kind: str) -> HttpResponse:
    """The curriculum of a person as a file."""
    return _file(open_person(request, candidate, part=FilePart.PROFILE), kind)


def _page(request: Request, candidate: Candidate, address: Address) -> HttpResponse:
    form = EuropassFileForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid():
        return _choice(request, candidate, form.cleaned_data["file"], address)
    context = {
        "candidate": candidate,
        "form": form,
        "files": {kind: address("file", kind=kind) for kind in (WHOLE, NAMELESS, EUROPASS)},
        "profile": address("profile"),
    }
    return render(request, "candidates/curriculum.html", context, status=422 if form.errors else 200)


def _choice(request: Request, candidate: Candidate, reading: Reading, address: Address) -> HttpResponse:
    found = recognised(reading, candidate)
    # Nothing is kept meanwhile: the page carries what was read, and it is read again as warily.
    document = write_candidate(reading.curriculum).decode()
    context = {
        "candidate": candidate,
        "form": PiecesForm(found=found, document=document),
        "found": found,
        "untaken": [(UNTAKEN.get(name, name), text) for name, text in found.untaken],
        "take": address("take"),
        "back": address("page"),
    }
    return render(request, "candidates/curriculum_pieces.html", context)


def _take(request: Request, candidate: Candidate, address: Address) -> HttpResponse:
    try:
        reading = read_europass(request.POST.get("document", "").encode())
    except NotEuropass:
        messages.info(request, _("Manda di nuovo il file: non è arrivato intero."))
        return redirect(address("page"))
    found = recognised(reading, candidate)
    form = PiecesForm(request.POST, found=found)
    if not form.is_valid():
        return _choice(request, candidate, reading, address)
    chosen = [piece for piece in found.pieces if piece.key in form.cleaned_data["taken"]]
    number = import_pieces(candidate=candidate, pieces=chosen, by=request.scope)
    written = ngettext("%d cosa aggiunta al profilo.", "%d cose aggiunte al profilo.", number) % number
    messages.success(request, written)
    return redirect(address("profile"))


def _file(candidate: Candidate, kind: str) -> HttpResponse:
    if kind not in (WHOLE, NAMELESS, EUROPASS):
        raise Http404
    profile = whole_profile(candidate)
    if kind == EUROPASS:
        answer = HttpResponse(
            write_candidate(curriculum_of(profile, with_contacts=True)), content_type="application/xml"
        )
        answer["Content-Disposition"] = f'attachment; filename="{ATTACHMENT}"'
        return answer
    printed = print_curriculum(profile, with_contacts=kind == WHOLE)
    answer = HttpResponse(printed.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="curriculum-{kind}.pdf"'
    return answer
