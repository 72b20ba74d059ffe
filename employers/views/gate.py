"""Doors: to a company's own pages, which a closed one has no longer; to what the desk decides for it, which no interested person may."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from employers.forms.interest import HandOverForm
from employers.models import Company, Vacancy
from employers.queries.companies import own_company, visible_company
from employers.queries.interests import impartial_colleagues
from employers.queries.succession import successions_of
from employers.queries.vacancies import own_draft
from employers.services.company import NotAllowed
from employers.services.interest import ConflictOfInterest
from employers.states import CompanyState
from sportello.accounts.enums import Part, Role
from sportello.accounts.scope import Request
from sportello.core.http import audience

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class NotYourPart(Exception):
    """The actor acts for the company, but not so far."""

    def __init__(self, needed: Part) -> None:
        super().__init__(needed.name)
        self.needed = needed


class CompanyClosed(Exception):
    """The actor's company is closed: none of its pages is theirs any more."""

    def __init__(self, company: Company) -> None:
        super().__init__(str(company.pk))
        self.company = company


def company_page(view: V) -> V:
    """A page that all who sign in for a company may read; what is sent to it is read only from who decides for it."""
    return _door(view, Part.READS)


def deciders_page(view: V) -> V:
    """A page of a company that is there only for who decides for it: nobody else opens it."""
    return _door(view, Part.DECIDES)


def administrators_page(view: V) -> V:
    """A page of a company that is there only for who administers it."""
    return _door(view, Part.ADMINISTERS)


def _door(view: V, opens: Part) -> V:
    """Audience of those who sign in for a company; a page that finds it closed says so instead, and reads nothing that was sent.

    How far one must act for it is asked of the company of the page, where that is known (`admit`); of who acts so far for none,
    here, before anything.
    """

    @audience(Role.COMPANY)
    @functools.wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.needs = opens if request.method in ("GET", "HEAD") else max(opens, Part.DECIDES)
        try:
            if request.scope.farthest_part < request.needs:
                company = own_company(request.scope)
                if company:
                    require_open(company)
                raise NotYourPart(request.needs)
            return view(request, *args, **kwargs)
        except NotYourPart as refused:
            return render(request, "employers/not_your_part.html", {"needed": refused.needed}, status=403)
        except CompanyClosed as closed:
            gone = successions_of(closed.company)
            successor = next((one.successor for one in gone if one.company_id == closed.company.pk), None)
            context = {"company": closed.company, "successor": successor}
            return render(request, "employers/company_closed.html", context, status=403)
        except NotAllowed:
            # Closed between the question and the writing: the next page says it.
            return redirect("company_home")

    return guarded  # type: ignore[return-value]


def require_open(company: Company) -> None:
    """Raises CompanyClosed."""
    if company.state == CompanyState.CLOSED:
        raise CompanyClosed(company)


def admit(request: Request, company: Company) -> Company:
    """Every page of a company asks this of the company that its own query brought. Raises CompanyClosed, NotYourPart."""
    require_open(company)
    part = request.scope.part_in(company.organisation_id)
    if part is None or part < request.needs:
        raise NotYourPart(request.needs)
    request.part = part
    return company


def my_company(request: Request) -> Company:
    """The company of who is signed in. Raises Http404 while there is none, CompanyClosed, NotYourPart."""
    company = own_company(request.scope)
    if company is None:
        raise Http404
    return admit(request, company)


def my_draft(request: Request, pk: UUID) -> Vacancy:
    """A vacancy of my company for its forms. Raises Http404, CompanyClosed, NotYourPart."""
    vacancy = own_draft(request.scope, pk)
    admit(request, vacancy.company)
    return vacancy


def decision_page(view: V) -> V:
    """Stands under the audience of a page on which the desk decides for a company: who has a part in it hands it to a colleague."""

    @functools.wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except ConflictOfInterest as conflict:
            company = visible_company(request.scope, conflict.company_id)
            context = {"company": company, "form": HandOverForm(colleagues=impartial_colleagues(company))}
            return render(request, "employers/conflict.html", context, status=403)

    return guarded  # type: ignore[return-value]
