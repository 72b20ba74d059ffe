"""A municipality's official checks who earns the premium of a tender."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.forms.tender import BidderForm, TenderForm
from employers.queries.tenders import tendering_body, tenders, visible_bidder, visible_tender
from employers.render.tender import SELF_DECLARED, checks_of
from employers.services import tender as service
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.files import download
from sportello.core.http import audience, posted
from sportello.core.paging import Pages
from sportello.reference.rules import parameters

PAGE_SIZE = 25
officials = audience(Role.OFFICIAL)


@officials
@require_safe
def tender_list(request: Request) -> HttpResponse:
    """The tenders of my body."""
    page = Pages(tenders(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "employers/tenders.html", {"page": page})


@officials
@require_http_methods(["GET", "HEAD", "POST"])
def tender_new(request: Request) -> HttpResponse:
    """A tender with a premium for certified bidders."""
    body = tendering_body(request.scope)
    form = TenderForm(posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            opened = service.open_tender(
                organisation=body,
                name=data["name"],
                cig=data["cig"],
                deadline=form.deadline,
                points=data["points"],
                by=request.scope,
            )
        except service.CigTaken:
            form.add_error("cig", _("C'è già una gara con questo CIG."))
        else:
            messages.success(request, _("Gara registrata. Ora aggiungi chi partecipa."))
            return redirect("tender_detail", tender=opened.pk)
    context = {"form": form, "body": body}
    return render(request, "employers/tender_form.html", context, status=422 if form.errors else 200)


@officials
@require_http_methods(["GET", "HEAD", "POST"])
def tender_detail(request: Request, tender: UUID) -> HttpResponse:
    """The bidders with their points; a new one while the check is open."""
    found = visible_tender(request.scope, tender)
    form = BidderForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            service.add_bidder(tender=found, by=request.scope, **form.cleaned_data)
        except service.AlreadyBids:
            form.add_error("vat_number", _("Questa impresa è già nell'elenco."))
        except service.NameNeeded:
            form.add_error("name", _("Questa impresa non è registrata allo sportello: scrivi il suo nome."))
        except service.Confirmed:
            messages.info(request, _("La verifica è confermata: l'elenco non cambia più."))
            return redirect("tender_detail", tender=found.pk)
        else:
            return redirect("tender_detail", tender=found.pk)
    context = {
        "tender": found,
        "checks": checks_of(found),
        "form": form,
        "day": timezone.localdate(found.deadline),
        "rules": list(parameters(SELF_DECLARED, on=timezone.localdate(found.deadline)).values()),
    }
    return render(request, "employers/tender_detail.html", context, status=422 if form.errors else 200)


@officials
@require_POST
def bidder_remove(request: Request, award: UUID) -> HttpResponse:
    """Take a bidder off the list."""
    found = visible_bidder(request.scope, award)
    try:
        service.remove_bidder(award=found, by=request.scope)
    except service.Confirmed:
        messages.info(request, _("La verifica è confermata: l'elenco non cambia più."))
    return redirect("tender_detail", tender=found.tender_id)


@officials
@require_POST
def tender_confirm(request: Request, tender: UUID) -> HttpResponse:
    """Freeze the verdicts and ask for the print."""
    found = visible_tender(request.scope, tender)
    try:
        service.confirm_tender(tender=found, by=request.scope)
    except service.TooEarly:
        messages.info(request, _("Il termine per le offerte non è ancora passato."))
    except service.NobodyBids:
        messages.info(request, _("Aggiungi prima chi partecipa."))
    except service.Confirmed:
        messages.info(request, _("La verifica era già confermata."))
    else:
        messages.success(request, _("Verifica confermata. Il documento è in preparazione."))
    return redirect("tender_detail", tender=found.pk)


@officials
@require_safe
def tender_check(request: Request, tender: UUID) -> FileResponse:
    """The print of a confirmed check."""
    found = visible_tender(request.scope, tender)
    if not found.pdf:
        raise Http404
    return download(found.pdf, name=f"premialita-{found.cig}.pdf")
