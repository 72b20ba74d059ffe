"""The signature of a pact: a second person's approval, the operator's, the person's, and the print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, SignatureWay
from candidates.forms.signing import HEIGHT, WIDTH, CodeForm, DrawingForm, PaperForm, ReviewForm, SignMyPactForm
from candidates.models import PactReview, ServicePact
from candidates.queries.signing import own_print, pact_to_sign, reviews_waiting
from candidates.render.pact import pact_context
from candidates.services import signing as service
from candidates.services.appointment import Unreachable
from candidates.services.case import NotOpen
from candidates.states import PactState, ReviewState
from candidates.views.gate import desk_page, my_record, open_case
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.files import download
from sportello.core.http import audience, confirmed, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
_SHEET = {"width": WIDTH, "height": HEIGHT}


@desk_page
@require_safe
def pacts_to_review(request: Request) -> HttpResponse:
    """Drafts that wait for my approval."""
    page = Pages(reviews_waiting(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "candidates/pacts_to_review.html", {"page": page})


@desk_page
@require_POST
def ask_pact_review(request: Request, pact: UUID) -> HttpResponse:
    """The draft is ready: a second person reads it."""
    draft = _draft(request, pact)
    try:
        service.ask_review(pact=draft, by=request.scope)
    except service.PactIncomplete:
        messages.error(request, _("Il patto non è ancora completo: scrivi gli elementi che mancano."))
    except (service.ReviewAsked, service.NotADraft, NotOpen):
        messages.info(request, _("Questo patto è già stato mandato in verifica."))
    else:
        messages.success(request, _("Patto pronto per la verifica: ora lo legge una seconda persona."))
    return redirect("pact", case=draft.case_id)


@desk_page
@require_POST
def decide_pact_review(request: Request, review: UUID) -> HttpResponse:
    """Approve a colleague's draft, or send it back."""
    found = get_object_or_404(PactReview.objects.select_related("pact"), pk=review)
    found.pact.case = open_case(request, found.pact.case_id, part=FilePart.PACT)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect("pact", case=found.pact.case_id)
    approves = form.cleaned_data["approves"]
    try:
        service.decide_review(
            review=found,
            state=ReviewState.APPROVED if approves else ReviewState.SENT_BACK,
            motive=form.cleaned_data["motive"],
            by=request.scope,
        )
    except service.OwnDraft:
        messages.error(request, _("Non puoi verificare un patto che hai scritto o mandato in verifica tu."))
    except (service.ReviewClosed, service.NotADraft, NotOpen):
        messages.info(request, _("Nel frattempo la bozza è cambiata o ha già avuto una risposta."))
    else:
        messages.success(request, _("Patto approvato.") if approves else _("Patto rimandato a chi l'ha scritto."))
    return redirect("pact", case=found.pact.case_id)


@desk_page
@require_POST
@confirmed
def freeze_pact(request: Request, pact: UUID) -> HttpResponse:
    """The operator signs, with the session confirmed a moment ago; the person signs next."""
    draft = _draft(request, pact)
    try:
        service.freeze_pact(pact=draft, by=request.scope)
    except service.PactIncomplete:
        messages.error(request, _("Il patto non si può ancora firmare: completa gli elementi che mancano."))
    except service.NotApproved:
        messages.error(request, _("Prima della firma il patto va approvato da una seconda persona."))
    except (service.NotADraft, NotOpen):
        messages.info(request, _("Questo patto è già firmato."))
    else:
        messages.success(request, _("Hai firmato. Ora firma la persona."))
        return redirect("sign_pact", pact=draft.pk)
    return redirect("pact", case=draft.case_id)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def sign_pact(request: Request, pact: UUID) -> HttpResponse:
    """The frozen text and the ways in which the person signs it at the desk."""
    draft = _draft(request, pact)
    if draft.operator_signed_at is None:
        messages.info(request, _("Prima firma l'operatore."))
        return redirect("pact", case=draft.case_id)
    way = request.POST.get("way", "") if request.method == "POST" else ""
    forms: dict[str, Any] = {
        "drawn": DrawingForm(request.POST if way == "drawn" else None, auto_id="firma_%s"),
        "code": CodeForm(request.POST if way == "code" else None),
        "paper": PaperForm(request.POST if way == "paper" else None),
    }
    chosen = forms.get(way)
    if chosen is not None and chosen.is_valid():
        try:
            if _signed(draft, way, chosen, request):
                messages.success(request, _("Patto firmato."))
                return redirect("pact", case=draft.case_id)
            chosen.add_error("code", _("Il codice non è giusto: controllalo."))
        except service.NoCode:
            chosen.add_error("code", _("Questo codice non vale più: mandane un altro."))
        except (service.NotADraft, service.NotFrozen, NotOpen):
            messages.info(request, _("Nel frattempo il patto è cambiato: guardalo."))
            return redirect("pact", case=draft.case_id)
    context = {"case": draft.case, "candidate": draft.case.candidate, "forms": forms, "sheet": _SHEET}
    refused = chosen is not None and chosen.errors
    return render(request, "candidates/sign_pact.html", context | pact_context(draft), status=422 if refused else 200)


@desk_page
@require_POST
def send_signing_code(request: Request, pact: UUID) -> HttpResponse:
    """Send the person the code that they type here."""
    draft = _draft(request, pact)
    try:
        service.send_code(pact=draft, by=request.scope)
    except service.TooManyCodes:
        messages.error(request, _("Un codice è appena partito: aspetta un minuto, oppure firmate in un altro modo."))
    except Unreachable:
        messages.error(request, _("La persona non ha un indirizzo a cui mandarlo: firmate in un altro modo."))
    except (service.NotADraft, service.NotFrozen, NotOpen):
        messages.info(request, _("Nel frattempo il patto è cambiato: guardalo."))
    else:
        messages.success(request, _("Codice mandato. La persona lo scrive qui."))
    return redirect("sign_pact", pact=draft.pk)


@desk_page
@require_safe
def pact_file(request: Request, pact: UUID) -> FileResponse:
    """The print of a signed pact."""
    found = get_object_or_404(ServicePact.objects.exclude(pdf=""), pk=pact)
    open_case(request, found.case_id, part=FilePart.PACT)
    return download(found.pdf, name=_file_name(found))


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def sign_my_pact(request: Request, pact: UUID) -> HttpResponse:
    """The text that the operator signed; I sign it with my account, confirmed a moment ago."""
    draft = pact_to_sign(my_record(request))
    if draft is None or draft.pk != pact:
        raise Http404
    form = SignMyPactForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service.sign_pact(pact=draft, how=SignatureWay.ACCOUNT, by=request.scope)
        except (service.NotADraft, service.NotFrozen, NotOpen):
            messages.info(request, _("Nel frattempo il patto è cambiato. Rileggilo qui."))
        else:
            messages.success(request, _("Hai firmato il patto. Da oggi vale per te e per lo sportello."))
        return redirect("my_pact")
    context = {"form": form} | pact_context(draft)
    return render(request, "candidates/sign_my_pact.html", context, status=422 if form.errors else 200)


@audience(Role.CITIZEN)
@require_safe
def my_pact_file(request: Request, pact: UUID) -> FileResponse:
    """My signed pact, to keep."""
    found = own_print(my_record(request), pact)
    return download(found.pdf, name=_file_name(found))


def _signed(draft: ServicePact, way: str, form: Any, request: Request) -> bool:
    """Sign in the way chosen; False for a wrong code."""
    if way == "code":
        return service.sign_with_code(pact=draft, code=form.cleaned_data["code"], by=request.scope) is not None
    drawing = form.cleaned_data.get("drawing", "")
    service.sign_pact(pact=draft, how=SignatureWay(way), drawing=drawing, by=request.scope)
    return True


def _draft(request: Request, pk: UUID) -> ServicePact:
    """A draft in a case that the actor may open. Raises Http404, ReasonMissing."""
    draft = get_object_or_404(ServicePact.objects.select_related("operator_signed_by"), pk=pk, state=PactState.DRAFT)
    draft.case = open_case(request, draft.case_id, part=FilePart.PACT)
    return draft


def _file_name(pact: ServicePact) -> str:
    return f"patto-di-servizio-{pact.signed_on}-v{pact.version}.pdf"
