"""The operator's day, the search of people, the case file."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from candidates.enums import FilePart
from candidates.models import Question
from candidates.queries.duplicates import open_pairs
from candidates.queries.mail import letters_waiting
from candidates.queries.people import (
    WORK_QUEUES,
    queue_counts,
    search_people,
    waiting_intakes,
)
from candidates.queries.registration import half_done
from candidates.queries.reorientation import questions_to
from candidates.queries.restriction import restrictions
from candidates.queries.signing import reviews_waiting
from candidates.queries.slots import shortages
from candidates.rules import appointment_steps, led_desks, may_reassign
from candidates.states import CaseState
from candidates.views.gate import desk_page, open_person
from employers.queries.advice import advice_waiting
from employers.queries.certificates import certificates_to_check
from employers.queries.companies import companies
from employers.queries.vacancies import moderation_queue
from employers.render.incentives import ending_hints
from employers.states import CompanyState
from matching.queries.news import new_matches
from matching.queries.placements import due_checks, placements
from matching.states import PlacementState
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request, Scope
from sportello.accounts.services.preferences import set_shortcuts
from sportello.core.db import counted
from sportello.core.http import audience
from sportello.programmes.queries.training import enrolling_courses
from sportello.reference.rules import parameter
from sportello.workspaces.queries.home import Counter, CounterGroup, agenda
from sportello.workspaces.queries.person import person_page
from sportello.workspaces.queries.timeline import timeline


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_safe
def operator_home(request: Request) -> HttpResponse:
    """My day: the agenda in time order, the queues as numbers that open their lists."""
    today = timezone.localdate()
    context = {
        "today": today,
        "agenda": agenda(request.scope, today),
        "groups": _counters(request.scope),
        "shortages": shortages(request.scope),
    }
    return render(request, "workspaces/operator_home.html", context)


def _counters(scope: Scope) -> list[CounterGroup]:
    """The numbers of the day by whose they are: the operator's own, their desks', the whole territory's."""
    counts = queue_counts(scope)
    cases = {
        name: Counter(label, counts[name], f"{reverse('caseload')}?vista={name}") for name, label in WORK_QUEUES.items()
    }
    mine = cases.pop("mine")
    waiting = counted(
        intakes=waiting_intakes(scope),
        mail=letters_waiting(scope),
        questions=Question.objects.visible_to(scope).waiting(),
        duplicates=open_pairs(scope),
        half_done=half_done(scope),
        placements=placements(scope, state=PlacementState.DECLARED),
        follow_ups=due_checks(scope),
        companies=companies(scope, state=CompanyState.SUBMITTED),
        vacancies=moderation_queue(scope),
        certificates=certificates_to_check(scope),
        advice=advice_waiting(scope),
        news=new_matches(scope),
        reviews=reviews_waiting(scope),
        reorientations=questions_to(scope),
        restricted=restrictions(scope),
        courses=enrolling_courses(),
    )
    desks = _("Del tuo sportello") if len(scope.desk_ids) == 1 else _("Dei tuoi sportelli")
    return [
        CounterGroup(
            _("Le tue pratiche"), [mine, Counter(_("Nuovi lavori adatti"), waiting["news"], reverse("match_news"))]
        ),
        CounterGroup(
            desks,
            [
                Counter(_("Da prendere in carico"), waiting["intakes"], reverse("intakes")),
                Counter(_("Posta da leggere"), waiting["mail"], reverse("inbox")),
                Counter(_("Domande delle persone"), waiting["questions"], reverse("questions")),
                Counter(_("Registrazioni a metà"), waiting["half_done"], reverse("half_done_list")),
                Counter(_("Schede doppie"), waiting["duplicates"], reverse("duplicates")),
                *cases.values(),
                Counter(_("Richieste da altri sportelli"), waiting["reorientations"], reverse("reorientations")),
                Counter(_("Patti da verificare"), waiting["reviews"], reverse("pacts_to_review")),
                Counter(_("Inserimenti da verificare"), waiting["placements"], reverse("placements")),
                *(
                    [Counter(_("Schede riservate"), waiting["restricted"], reverse("restricted_files"))]
                    if led_desks(scope)
                    else []
                ),
                Counter(_("Chi lavora ancora?"), waiting["follow_ups"], reverse("due_checks")),
            ],
        ),
        CounterGroup(
            _("Di tutto il territorio"),
            [
                Counter(
                    _("Imprese da approvare"),
                    waiting["companies"],
                    f"{reverse('companies')}?stato={CompanyState.SUBMITTED}",
                ),
                Counter(_("Offerte da esaminare"), waiting["vacancies"], reverse("moderation")),
                Counter(_("Certificati di parità da controllare"), waiting["certificates"], reverse("certificates")),
                Counter(_("Richieste al Punto Parità"), waiting["advice"], reverse("advice_list")),
                Counter(_("Corsi con le iscrizioni aperte"), waiting["courses"], reverse("kept_courses")),
                *_incentives_ending(),
            ],
        ),
    ]


def _incentives_ending() -> list[Counter]:
    """Told while there is something to tell."""
    today = timezone.localdate()
    days = int(parameter("incentive_expiry_warning_days", on=today).value)
    number = len(ending_hints(on=today, within_days=days))
    return [Counter(_("Incentivi in scadenza"), number, reverse("incentives_ending"))] if number else []


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def person_search(request: Request) -> HttpResponse:
    """People by name, tax code or phone. The words travel in the body: no personal data in an address."""
    text = request.POST.get("persona", "")
    found = search_people(request.scope, text) if request.method == "POST" else []
    return render(request, "workspaces/person_search.html", {"text": text, "found": found})


@audience(Role.OPERATOR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def shortcuts(request: Request) -> HttpResponse:
    """The keys, and the switch that turns them off."""
    if request.method == "POST":
        set_shortcuts(are_on=request.POST.get("scorciatoie") == "accendi", by=request.scope)
        return redirect("shortcuts")
    return render(request, "workspaces/shortcuts.html")


@desk_page
@require_safe
def case_file_page(request: Request, candidate: UUID) -> HttpResponse:
    """One person's file."""
    person = open_person(request, candidate, part=FilePart.CASE_FILE)
    page, now = person_page(person), timezone.now()
    context = {
        "candidate": person,
        "page": page,
        "meetings": [(m, appointment_steps(m, now)) for m in (*page.appointments, *page.missed)],
        "events": timeline(person, request.scope),
        "open": CaseState.OPEN,
        "leads": bool(led_desks(request.scope)),
        "may_erase": request.scope.has(Role.COORDINATOR),
        "hands_over": page.case is not None and may_reassign(request.scope, page.case),
    }
    return render(request, "workspaces/case_file.html", context)
