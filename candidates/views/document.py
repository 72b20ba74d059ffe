"""A person's files about work: kept, handed out and taken away, by themself or by the desk."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart
from candidates.forms.document import DocumentForm
from candidates.models import Candidate
from candidates.queries.document import documents_of
from candidates.rules import may_remove
from candidates.services.document import add_document, remove_document
from candidates.views.gate import Address, addresses, desk_page, my_record, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.files import download
from sportello.core.http import audience

_MINE = {"list": "my_documents", "file": "my_document", "remove": "remove_my_document"}
_THEIRS = {"list": "person_documents", "file": "person_document", "remove": "remove_person_document"}


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_documents(request: Request) -> HttpResponse:
    """My files; POST adds one."""
    return _list(request, my_record(request), addresses(_MINE))


@audience(Role.CITIZEN)
@require_safe
def my_document(request: Request, document: UUID) -> FileResponse:
    """One of my files."""
    return _file(my_record(request), document)


@audience(Role.CITIZEN)
@require_POST
def remove_my_document(request: Request, document: UUID) -> HttpResponse:
    """I take one away."""
    return _remove(request, my_record(request), document, addresses(_MINE))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def person_documents(request: Request, candidate: UUID) -> HttpResponse:
    """The files of a person; POST adds one."""
    return _list(
        request, open_person(request, candidate, part=FilePart.DOCUMENTS), addresses(_THEIRS, candidate=candidate)
    )


@desk_page
@require_safe
def person_document(request: Request, candidate: UUID, document: UUID) -> FileResponse:
    """One file of a person."""
    return _file(open_person(request, candidate, part=FilePart.DOCUMENTS), document)


@desk_page
@require_POST
def remove_person_document(request: Request, candidate: UUID, document: UUID) -> HttpResponse:
    """An operator takes away what they added."""
    person = open_person(request, candidate, part=FilePart.DOCUMENTS)
    return _remove(request, person, document, addresses(_THEIRS, candidate=candidate))


def _list(request: Request, candidate: Candidate, address: Address) -> HttpResponse:
    documents = list(documents_of(candidate))
    form = DocumentForm(*((request.POST, request.FILES) if request.method == "POST" else ()), number=len(documents))
    if request.method == "POST" and form.is_valid():
        add_document(candidate=candidate, by=request.scope, **form.cleaned_data)
        messages.success(request, _("Documento aggiunto."))
        return redirect(address("list"))
    rows = [
        (
            document,
            address("file", document=document.pk),
            address("remove", document=document.pk) if may_remove(request.scope, document) else "",
        )
        for document in documents
    ]
    context = {"candidate": candidate, "form": form, "rows": rows}
    return render(request, "candidates/documents.html", context, status=422 if form.errors else 200)


def _file(candidate: Candidate, pk: UUID) -> FileResponse:
    document = get_object_or_404(candidate.documents, pk=pk)
    return download(document.file, name=slugify(document.name) or _("documento"))


def _remove(request: Request, candidate: Candidate, pk: UUID, address: Address) -> HttpResponse:
    document = get_object_or_404(candidate.documents, pk=pk)
    if may_remove(request.scope, document):
        remove_document(document=document, by=request.scope)
        messages.success(request, _("Documento tolto."))
    else:
        messages.info(request, _("Questo documento può toglierlo solo chi lo ha aggiunto."))
    return redirect(address("list"))
