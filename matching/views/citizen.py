"""What a citizen sees and decides of the jobs proposed to them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.queries.people import own_candidate
from candidates.views.gate import my_record
from employers.models import Vacancy
from matching.forms.referral import AnswerForm
from matching.queries.referrals import (
    applicant,
    is_disclosed,
    own_applicant,
    own_referral,
    own_referrals,
    told,
)
from matching.services import referral as referral_services
from matching.states import OPEN_REFERRALS, ReferralState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience
from sportello.core.paging import Pages

PAGE_SIZE = 25
citizens = audience(Role.CITIZEN)


@citizens
@require_safe
def my_applications(request: Request) -> HttpResponse:
    """Where each of my applications stands."""
    page = Pages(own_referrals(my_record(request)), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "matching/my_applications.html", {"page": page, "rows": told(page)})


@citizens
@require_http_methods(["GET", "HEAD", "POST"])
def answer_referral(request: Request, referral: UUID) -> HttpResponse:
    """May this company see who I am? What it would see is shown before."""
    found = own_referral(my_record(request), referral)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            referral_services.answer_referral(referral=found, agreed=form.cleaned_data["agreed"], by=request.scope)
        except referral_services.NotAllowed:
            messages.info(request, _("Hai già risposto."))
        except referral_services.VacancyClosed:
            messages.info(request, _("Questa offerta non accetta più candidature."))
        else:
            messages.success(request, _("Grazie, abbiamo registrato la tua risposta."))
        return redirect("my_applications")
    context = {
        "referral": found,
        "decision": told([found])[0][1],
        "form": form,
        "applicant": applicant(found.candidate, disclosed=True),
        "waits": found.state == ReferralState.CONSENT_ASKED or found.is_asked_anew,
        "may_withdraw": found.state in OPEN_REFERRALS,
        "may_hide_name": found.state not in OPEN_REFERRALS and is_disclosed(found),
    }
    return render(request, "matching/answer_referral.html", context, status=422 if form.errors else 200)


@citizens
@require_POST
def withdraw_referral(request: Request, referral: UUID) -> HttpResponse:
    """I take my application back."""
    found = own_referral(my_record(request), referral)
    try:
        referral_services.withdraw_referral(referral=found, by=request.scope)
    except referral_services.NotAllowed:
        messages.info(request, _("Questa candidatura è già chiusa."))
    else:
        messages.success(request, _("Fatto: l'impresa non vede più il tuo nome."))
    return redirect("my_applications")


@citizens
@require_http_methods(["GET", "HEAD", "POST"])
def express_interest(request: Request, vacancy: UUID) -> HttpResponse:
    """I apply by myself: first what the company will see, then the yes."""
    me = own_candidate(request.scope)
    if me is None:
        messages.info(request, _("Per candidarti completa prima la registrazione."))
        return redirect("registration_start")
    published = Vacancy.objects.published().select_related("company__organisation", "desk")
    found = get_object_or_404(published, pk=vacancy)
    if request.method == "POST":
        try:
            referral_services.express_interest(vacancy=found, candidate=me, by=request.scope)
        except referral_services.AlreadyReferred:
            messages.info(request, _("Per questa offerta hai già una candidatura."))
        except referral_services.VacancyClosed:
            messages.info(request, _("Questa offerta non accetta più candidature."))
        else:
            messages.success(request, _("Candidatura inviata. Qui sotto vedi a che punto è."))
        return redirect("my_applications")
    return render(
        request,
        "matching/express_interest.html",
        {"vacancy": found, "applicant": own_applicant(me)},
    )
