"""Proofs of the search for work: the person shows them, whoever follows the person looks at them."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import FilePart
from candidates.forms.case import ProofForm
from candidates.models import PlannedAction, SearchProof
from candidates.services import plan
from candidates.services.case import NotOpen
from candidates.states import PlannedActionState
from candidates.views.gate import desk_page, my_record, open_case
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.files import download
from sportello.core.http import audience


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_action(request: Request, action: UUID) -> HttpResponse:
    """One thing I agreed to do: tell what I did for it, and look at what I told before."""
    mine = PlannedAction.objects.filter(pact__case__candidate=my_record(request))
    found = get_object_or_404(mine.select_related("pact").prefetch_related("proofs"), pk=action)
    form = ProofForm(request.POST, request.FILES) if request.method == "POST" else ProofForm()
    if request.method == "POST" and form.is_valid():
        try:
            plan.prove_action(action=found, by=request.scope, **form.cleaned_data)
        except (plan.NotInForce, NotOpen):
            messages.info(request, _("Questa azione è già chiusa: non serve altro."))
        else:
            messages.success(request, _("Fatto: chi ti segue lo vede."))
        return redirect("my_action", action=found.pk)
    context = {"action": found, "form": form, "pending": PlannedActionState.PENDING}
    return render(request, "candidates/my_action.html", context, status=422 if form.errors else 200)


@audience(Role.CITIZEN)
@require_safe
def my_proof_file(request: Request, proof: UUID) -> FileResponse:
    """A file that I added."""
    mine = SearchProof.objects.filter(action__pact__case__candidate=my_record(request)).exclude(file="")
    return _handed_out(get_object_or_404(mine, pk=proof))


@desk_page
@require_safe
def proof_file(request: Request, proof: UUID) -> HttpResponseBase:
    """The same file, for who follows the person."""
    with_file = SearchProof.objects.exclude(file="").select_related("action__pact")
    found = get_object_or_404(with_file, pk=proof)
    open_case(request, found.action.pact.case_id, part=FilePart.PACT)
    return _handed_out(found)


def _handed_out(proof: SearchProof) -> FileResponse:
    return download(proof.file, name=_("prova-%(day)s") % {"day": proof.told_at.date().isoformat()})
