"""The register of interests in a company, and the way to a colleague."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from employers.forms.interest import HandOverForm, InterestForm
from employers.models import DeclaredInterest
from employers.queries.companies import visible_company
from employers.queries.interests import impartial_colleagues, interests_of, people_kept_by
from employers.services import interest as service
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
operators = audience(Role.OPERATOR, Role.COORDINATOR)


@operators
@require_http_methods(["GET", "HEAD", "POST"])
def company_interests(request: Request, company: UUID) -> HttpResponse:
    """The interests in a company that the actor may read: their own, and those of the people whom they coordinate."""
    found = visible_company(request.scope, company)
    data = posted(request)
    form = InterestForm(data, people=people_kept_by(request.scope), me=request.scope.account_id)
    if request.method == "POST" and form.is_valid():
        try:
            service.declare_interest(company=found, by=request.scope, **form.cleaned_data)
        except service.AlreadyDeclared:
            form.add_error("user", _("Questo interesse è già nel registro."))
        else:
            messages.success(request, _("Interesse scritto: per questa impresa decide chi non ne ha."))
            return redirect("company_interests", company=found.pk)
    page = Pages(interests_of(found, request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {"company": found, "form": form, "page": page, "coordinates": request.scope.coordinates}
    return render(request, "employers/company_interests.html", context, status=422 if form.errors else 200)


@audience(Role.COORDINATOR)
@require_POST
def end_interest(request: Request, interest: UUID) -> HttpResponse:
    """The tie is over."""
    found = get_object_or_404(DeclaredInterest.objects.select_related("user"), pk=interest)
    try:
        service.end_interest(interest=found, by=request.scope)
    except service.NotYours as error:
        raise Http404 from error
    messages.success(request, _("Interesse finito: resta nel registro."))
    return redirect("company_interests", company=found.company_id)


@operators
@require_POST
def hand_over(request: Request, company: UUID) -> HttpResponse:
    """Ask a colleague without interests to decide."""
    found = visible_company(request.scope, company)
    form = HandOverForm(request.POST, colleagues=impartial_colleagues(found))
    if form.is_valid():
        service.hand_over(company=found, to=form.cleaned_data["colleague"], by=request.scope)
        messages.success(request, _("Abbiamo scritto a %s.") % form.cleaned_data["colleague"])
    else:
        messages.error(request, _("Scegli una persona dall'elenco."))
    return redirect("company_detail", company=found.pk)
