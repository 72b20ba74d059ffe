"""Where people work for a company: its places, and each on the map."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from employers.forms.company import PlacedForm
from employers.render.place import workplace_map
from employers.services.company import add_workplace, edit_workplace
from employers.views.gate import company_page, deciders_page, my_company
from sportello.accounts.scope import Request
from sportello.territory.queries import metropolitan_municipalities


@company_page
@require_safe
def workplace_list(request: Request) -> HttpResponse:
    """The places of my company."""
    company = my_company(request)
    context = {"company": company, "workplaces": company.workplaces.select_related("municipality")}
    return render(request, "employers/workplaces.html", context)


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def workplace_new(request: Request) -> HttpResponse:
    """One more place where people work."""
    company = my_company(request)
    form = PlacedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        add_workplace(company=company, name=data.pop("workplace_name"), by=request.scope, **data)
        messages.success(request, _("Sede aggiunta: ora puoi sceglierla nelle offerte."))
        return redirect("workplace_list")
    return _page(request, form, title=_("Aggiungi una sede"), submit=_("Aggiungi la sede"))


@deciders_page
@require_http_methods(["GET", "HEAD", "POST"])
def workplace_edit(request: Request, workplace: UUID) -> HttpResponse:
    """Say better where a place is."""
    found = get_object_or_404(my_company(request).workplaces.select_related("municipality"), pk=workplace)
    form = PlacedForm(request.POST or None, workplace=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        edit_workplace(workplace=found, name=data.pop("workplace_name"), by=request.scope, **data)
        messages.success(request, _("Sede corretta: le offerte di questa sede la mostrano già così."))
        return redirect("workplace_list")
    return _page(request, form, title=found.name, submit=_("Salva"), map=workplace_map(found))


def _page(request: Request, form: PlacedForm, **context: object) -> HttpResponse:
    context |= {"form": form, "municipalities": metropolitan_municipalities()}
    return render(request, "employers/workplace_form.html", context, status=422 if form.errors else 200)
