"""Gender-equality certificates: a company enters them, the desk checks them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from employers.enums import EqualityEvidence
from employers.forms.certificate import CertificateDecisionForm, CertificateForm, RevocationForm, SurveillanceForm
from employers.models import CertificateSurveillance, Company
from employers.queries.certificates import REGISTER, certificates_of, register, visible_certificate
from employers.queries.companies import visible_company
from employers.render.certificate import by_worth, shown
from employers.services import certificate as service
from employers.states import CertificateState
from employers.views.gate import company_page, deciders_page, decision_page, my_company
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.files import download
from sportello.core.http import audience, posted
from sportello.core.paging import Pages
from sportello.reference.rules import parameter, parameters

PAGE_SIZE = 25
operators = audience(Role.OPERATOR, Role.COORDINATOR)
_VIEWS = {
    "entered": gettext_lazy("Da controllare"),
    "valid": gettext_lazy("Validi oggi"),
    "expiring": gettext_lazy("In scadenza"),
    "missed": gettext_lazy("Sorveglianza mancata"),
    "refused": gettext_lazy("Non accettati"),
    "revoked": gettext_lazy("Revocati"),
    "self_declared": gettext_lazy("Autodichiarazioni"),
}


@company_page
@require_safe
def equality(request: Request) -> HttpResponse:
    """What my company has shown of its gender equality, and what waits."""
    company = my_company(request)
    today = timezone.localdate()
    context = {
        "company": company,
        "papers": by_worth(certificates_of(company), on=today),
        "rules": _life(today),
    }
    return render(request, "employers/equality.html", context)


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_new(request: Request) -> HttpResponse:
    """A company enters a certificate; the desk checks it."""
    return _enter(request, my_company(request), is_checked=False)


@operators
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_add(request: Request, company: UUID) -> HttpResponse:
    """An operator who has the paper in hand enters it; a certificate is then verified."""
    return _enter(request, visible_company(request.scope, company), is_checked=True)


@company_page
@require_safe
def own_certificate_file(request: Request, certificate: UUID) -> FileResponse:
    """My company's paper."""
    my_company(request)
    return download(visible_certificate(request.scope, certificate).file, name=_("parita-di-genere"))


@operators
@require_safe
def certificate_file(request: Request, certificate: UUID) -> FileResponse:
    """The paper that a company sent."""
    return download(visible_certificate(request.scope, certificate).file, name=_("parita-di-genere"))


@operators
@require_safe
def certificates(request: Request) -> HttpResponse:
    """The register, by what there is to do."""
    today = timezone.localdate()
    view = request.GET.get("vista", REGISTER[0])
    near = int(parameter("equality_first_reminder_days", on=today).value)
    found = register(request.scope, view=view, on=today, near_days=near).prefetch_related("surveillances")
    page = Pages(found, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "rows": [shown(paper, on=today) for paper in page],
        "view": view,
        "views": [*((name, _VIEWS[name]) for name in REGISTER), ("tutti", _("Tutti"))],
    }
    return render(request, "employers/certificates.html", context)


@operators
@decision_page
@require_http_methods(["GET", "HEAD", "POST"])
def certificate_review(request: Request, certificate: UUID) -> HttpResponse:
    """One paper: the decision on a new one, the revocation of a good one, its surveillances."""
    found = visible_certificate(request.scope, certificate)
    form: forms.Form | None = None
    if found.state == CertificateState.ENTERED and found.kind == EqualityEvidence.CERTIFICATE:
        form = CertificateDecisionForm(posted(request))
    elif found.state == CertificateState.VERIFIED:
        form = RevocationForm(posted(request))
    elif request.method == "POST":
        raise Http404
    if request.method == "POST" and form is not None and form.is_valid():
        data = form.cleaned_data
        return _save(request, found.pk, lambda: _decide(request, found, data))
    today = timezone.localdate()
    looked_at = shown(found, on=today)
    context = {
        "found": looked_at,
        "certificate": found,
        "form": form,
        "to_watch": [
            (turn, SurveillanceForm(initial={"done_on": today}, auto_id=f"id_{number}_%s"))
            for number, turn in enumerate(looked_at.surveillances)
            if turn.done_on is None and found.state == CertificateState.VERIFIED
        ],
        "rules": _life(found.issued_on),
        "is_to_decide": found.state == CertificateState.ENTERED,
        "is_self_declared": found.kind == EqualityEvidence.SELF_DECLARED,
    }
    return render(request, "employers/certificate_review.html", context, status=422 if form and form.errors else 200)


@operators
@decision_page
@require_POST
def certificate_surveillance(request: Request, surveillance: UUID) -> HttpResponse:
    """The body has watched over the company on that day."""
    turn = get_object_or_404(CertificateSurveillance, pk=surveillance)
    found = visible_certificate(request.scope, turn.certificate_id)
    form = SurveillanceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Scrivi il giorno della sorveglianza: oggi, o un giorno passato."))
        return redirect("certificate_review", certificate=found.pk)
    done_on = form.cleaned_data["done_on"]
    return _save(
        request, found.pk, lambda: service.note_surveillance(surveillance=turn, done_on=done_on, by=request.scope)
    )


def _decide(request: Request, found: Any, data: dict[str, Any]) -> None:
    if "revoked_on" in data:
        service.revoke_certificate(certificate=found, by=request.scope, **data)
    else:
        verified = data["decision"] == "verify"
        service.decide_certificate(certificate=found, verified=verified, reason=data["reason"], by=request.scope)


def _save(request: Request, pk: UUID, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except service.NotAllowed:
        messages.info(request, _("Non si può: controlla lo stato del certificato e la data."))
    else:
        messages.success(request, _("Salvato."))
    return redirect("certificate_review", certificate=pk)


def _enter(request: Request, company: Company, *, is_checked: bool) -> HttpResponse:
    form = CertificateForm(posted(request), request.FILES if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = service.enter_certificate(
                company=company,
                data=form.facts,
                file=form.cleaned_data["file"],
                is_checked=is_checked,
                by=request.scope,
            )
        except service.CertificateOnFile:
            form.add_error("number", _("Questo certificato è già nel registro."))
        else:
            messages.success(request, _("Documento registrato."))
            return redirect("certificate_review", certificate=entered.pk) if is_checked else redirect("equality")
    context = {"company": company, "form": form, "is_checked": is_checked}
    return render(request, "employers/certificate_form.html", context, status=422 if form.errors else 200)


def _life(day: Any) -> list[Any]:
    """The rules of the prassi that the pages show beside a certificate."""
    return list(parameters("equality_certificate_months", "equality_surveillance_months", on=day).values())
