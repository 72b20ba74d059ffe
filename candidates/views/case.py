"""What an operator does with a person: take in charge, talk, agree, meet."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import (
    AppointmentMode,
    ContactChannel,
    DeclarationKind,
    FilePart,
    NoteVisibility,
    ReadingPurpose,
    ServicePactKind,
)
from candidates.forms.case import (
    ActionForm,
    AppointmentForm,
    CloseActionForm,
    ContactForm,
    DeclarationForm,
    PactForm,
    ReassignForm,
    TakeInChargeForm,
)
from candidates.forms.signing import ReviewForm
from candidates.models import Appointment, Candidate, Case, PlannedAction, ServicePact
from candidates.models.restriction import hidden_from
from candidates.queries.people import (
    operators_of,
    pact_page,
    served_desks,
    terms_of,
    usual_desk,
    waiting_intakes,
)
from candidates.queries.signing import signing_page
from candidates.queries.target_area import check_areas
from candidates.rules import may_approve, may_reassign, pact_elements, pact_kinds
from candidates.services import appointment as appointments
from candidates.services import case as cases
from candidates.services import plan
from candidates.services.status import AlreadyRecorded, record_declaration
from candidates.states import AppointmentState, PactState, PlannedActionState
from candidates.views.gate import desk_page, open_case, open_person
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.core.paging import Pages
from sportello.reference.rules import parameter

PAGE_SIZE = 25


@desk_page
@require_safe
def intakes(request: Request) -> HttpResponse:
    """People who registered and wait for somebody."""
    page = Pages(waiting_intakes(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    return render(request, "candidates/intakes.html", {"page": page})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def take_in_charge(request: Request, candidate: UUID) -> HttpResponse:
    """Open the case of a person who waits; the rules propose an area, the operator confirms it."""
    person = open_person(request, candidate, part=FilePart.CASE_FILE, purpose=ReadingPurpose.INTAKE)
    desks = served_desks(request.scope)
    check = partial(check_areas, person, timezone.localdate())
    first = check()
    form = TakeInChargeForm(
        posted(request),
        desks=desks,
        check=check,
        initial={"desk": usual_desk(person, desks), "target_area": first.proposed},
    )
    if request.method == "POST" and form.is_valid() and form.verdicts:
        data = form.cleaned_data
        try:
            cases.take_in_charge(
                candidate=person,
                desk=data["desk"],
                operator_id=request.scope.account_id,
                target_area=data["target_area"],
                target_evidence=form.verdicts.evidence,
                target_reason=data["target_reason"],
                by=request.scope,
            )
        except cases.AlreadyInCharge:
            messages.info(request, _("Questa persona è già seguita da uno sportello."))
        else:
            messages.success(request, _("Presa in carico: da oggi segui tu %(name)s.") % {"name": person})
        return redirect("case_file", candidate=person.pk)
    context = {"candidate": person, "form": form, "verdicts": form.verdicts or first}
    return render(request, "candidates/take_in_charge.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_contact(request: Request, case: UUID) -> HttpResponse:
    """Write down a conversation."""
    found = open_case(request, case, part=FilePart.CONTACT)
    initial = {
        "channel": ContactChannel.IN_PERSON,
        "happened_on": timezone.localdate(),
        "visibility": NoteVisibility.SHARED,
    }
    form = ContactForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            cases.record_contact(case=found, by=request.scope, **form.cleaned_data)
        except cases.NotOpen:
            return _closed(request, found.candidate_id)
        messages.success(request, _("Contatto registrato."))
        return redirect("case_file", candidate=found.candidate_id)
    return _page(request, found.candidate, form, title=_("Registra un contatto"), submit=_("Registra contatto"))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def reassign(request: Request, case: UUID) -> HttpResponse:
    """Hand the case to another operator of its desk."""
    found = open_case(request, case, part=FilePart.CASE_FILE)
    if not may_reassign(request.scope, found):
        raise Http404
    others = operators_of(found.desk_id).exclude(cases=found)
    form = ReassignForm(request.POST or None, operators=others)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            cases.reassign_case(case=found, operator_id=data["operator"].pk, reason=data["reason"], by=request.scope)
        except cases.NotOpen:
            return _closed(request, found.candidate_id)
        messages.success(request, _("Da oggi segue la persona %(name)s.") % {"name": data["operator"]})
        return redirect("caseload")
    return _page(request, found.candidate, form, title=_("Affida la pratica a un'altra persona"), submit=_("Affida"))


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: Request, case: UUID) -> HttpResponse:
    """Write down a declaration of availability that another system holds."""
    found = open_case(request, case, part=FilePart.CASE_FILE)
    form = DeclarationForm(request.POST or None, initial={"kind": DeclarationKind.INSERT})
    if request.method == "POST" and form.is_valid():
        try:
            record_declaration(candidate=found.candidate, desk=found.desk, by=request.scope, **form.cleaned_data)
        except AlreadyRecorded:
            messages.info(request, _("Questa dichiarazione è già nella scheda."))
        else:
            messages.success(request, _("Dichiarazione registrata."))
        return redirect("case_file", candidate=found.candidate_id)
    return _page(
        request,
        found.candidate,
        form,
        title=_("Dichiarazione di disponibilità (DID)"),
        submit=_("Registra la dichiarazione"),
    )


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def edit_pact(request: Request, case: UUID) -> HttpResponse:
    """Write the draft of the service pact; saving never signs."""
    found = open_case(request, case, part=FilePart.PACT)
    page = pact_page(found)
    if page.draft:
        initial = {}
    elif page.signed:
        initial = terms_of(page.signed)
    else:
        every = parameter("contact_frequency_days", on=timezone.localdate()).value
        initial = {
            "responsible": found.responsible_operator_id,
            "kind": ServicePactKind.LOCAL,
            "contact_every_days": every,
        }
    form = PactForm(
        request.POST or None,
        instance=page.draft,
        operators=operators_of(found.desk_id),
        kinds=pact_kinds(found.desk),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            plan.draft_pact(case=found, by=request.scope, **form.cleaned_data)
        except cases.NotOpen:
            return _closed(request, found.candidate_id)
        messages.success(request, _("Bozza salvata."))
        return redirect("pact", case=found.pk)
    return _page(request, found.candidate, form, title=_("Scrivi il patto di servizio"), submit=_("Salva la bozza"))


@desk_page
@require_safe
def pact(request: Request, case: UUID) -> HttpResponse:
    """The pact: elements present and missing, actions, approval, signatures, versions."""
    found = open_case(request, case, part=FilePart.PACT)
    return _pact_page(request, found, ActionForm())


@desk_page
@require_POST
def add_action(request: Request, pact: UUID) -> HttpResponse:
    """Agree one more action."""
    found = _open_pact(request, pact)
    form = ActionForm(request.POST)
    if form.is_valid():
        try:
            plan.plan_action(pact=found, by=request.scope, **form.cleaned_data)
        except cases.NotOpen:
            return _closed(request, found.case.candidate_id)
        except plan.NotInForce:
            messages.info(request, _("Nel frattempo è stata firmata una nuova versione: aggiungi l'azione a quella."))
        else:
            messages.success(request, _("Azione aggiunta al piano."))
        return redirect("pact", case=found.case_id)
    return _pact_page(request, found.case, form)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def close_action(request: Request, action: UUID) -> HttpResponse:
    """Say how an action ended."""
    found = get_object_or_404(PlannedAction.objects.select_related("pact"), pk=action, state=PlannedActionState.PENDING)
    found.pact.case = open_case(request, found.pact.case_id, part=FilePart.PACT)
    form = CloseActionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan.close_action(action=found, by=request.scope, **form.cleaned_data)
        except cases.NotOpen:
            return _closed(request, found.pact.case.candidate_id)
        messages.success(request, _("Azione aggiornata."))
        return redirect("pact", case=found.pact.case_id)
    context = {
        "candidate": found.pact.case.candidate,
        "action": found,
        "form": form,
        "title": found.text,
        "submit": _("Salva"),
        "back": reverse("pact", kwargs={"case": found.pact.case_id}),
    }
    return render(request, "candidates/close_action.html", context, status=422 if form.errors else 200)


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: Request, candidate: UUID) -> HttpResponse:
    """Book a meeting with the person."""
    person = open_person(request, candidate, part=FilePart.APPOINTMENT)
    desks = served_desks(request.scope)
    initial = {"desk": usual_desk(person, desks), "mode": AppointmentMode.IN_PERSON}
    form = AppointmentForm(request.POST or None, desks=desks, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            appointments.book_appointment(
                candidate=person,
                desk=data["desk"],
                operator_id=request.scope.account_id,
                starts_at=data["starts_at"],
                ends_at=data["ends_at"],
                mode=data["mode"],
                reason=data["reason"],
                by=request.scope,
            )
        except appointments.SlotTaken:
            form.add_error("hour", _("A quest'ora tu o la persona avete già un appuntamento. Scegli un'altra ora."))
        else:
            messages.success(request, _("Appuntamento prenotato."))
            return redirect("case_file", candidate=person.pk)
    return _page(request, person, form, title=_("Prenota un appuntamento"), submit=_("Prenota"))


@desk_page
@require_POST
def set_appointment(request: Request, appointment: UUID, state: str) -> HttpResponse:
    """Record how a meeting went."""
    if state not in AppointmentState:
        raise Http404
    meetings = Appointment.objects.filter(~hidden_from(request.scope.user_id), desk__in=request.scope.desk_ids)
    found = get_object_or_404(meetings, pk=appointment)
    try:
        appointments.set_appointment_state(appointment=found, state=AppointmentState(state), by=request.scope)
    except appointments.NotAllowed:
        messages.error(request, _("Questo appuntamento è già stato chiuso."))
    except appointments.TooEarly:
        messages.error(request, _("L'appuntamento non è ancora cominciato: dopo dirai com'è andato."))
    else:
        messages.success(request, _("Appuntamento aggiornato."))
    if found.group_id and "gruppo" in request.POST:
        return redirect("group", group=found.group_id)
    return redirect("case_file", candidate=found.candidate_id)


def _open_pact(request: Request, pk: UUID) -> ServicePact:
    """A pact that may still change, in a case that the actor may open. Raises Http404, ReasonMissing."""
    pact = get_object_or_404(ServicePact, pk=pk, state__in=[PactState.DRAFT, PactState.SIGNED])
    pact.case = open_case(request, pact.case_id, part=FilePart.PACT)
    return pact


def _pact_page(request: Request, case: Case, action_form: ActionForm) -> HttpResponse:
    page = pact_page(case)
    if page.draft:
        page.draft.case = case
    signing = signing_page(case, page.draft)
    context = {
        "case": case,
        "candidate": case.candidate,
        "page": page,
        "pact": page.current,
        "elements": pact_elements(page.current) if page.current else [],
        "action_form": action_form,
        "signing": signing,
        "needs_review": case.desk.reviews_pacts,
        "may_approve": bool(page.draft and signing.review and may_approve(request.scope, page.draft, signing.review)),
        "review_form": ReviewForm(),
    }
    return render(request, "candidates/pact.html", context, status=422 if action_form.errors else 200)


def _closed(request: Request, candidate_id: UUID) -> HttpResponse:
    messages.info(request, _("La pratica è chiusa: non si può più scrivere."))
    return redirect("case_file", candidate=candidate_id)


def _page(request: Request, candidate: Candidate, form: BaseForm, *, title: str, submit: str) -> HttpResponse:
    """One form about one person; a refused form answers 422."""
    context = {
        "candidate": candidate,
        "form": form,
        "title": title,
        "submit": submit,
        "back": reverse("case_file", kwargs={"candidate": candidate.pk}),
    }
    return render(request, "candidates/person_form.html", context, status=422 if form.errors else 200)
