"""The status of unemployment as an indication: what is known, what follows, and what to add."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates.enums import FilePart, SpellProvenance
from candidates.forms.status import WorkSpellForm
from candidates.models import Candidate, WorkSpell
from candidates.queries.unemployment import status_on
from candidates.render.status import EVENTS, STATES, lines, rule_name
from candidates.services.status import REMOVABLE, AlreadyRecorded, record_spell, remove_spell
from candidates.views.gate import desk_page, my_record, open_person
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def person_status(request: Request, candidate: UUID) -> HttpResponse:
    """A person's status on the page of the desk; POST adds days of work."""
    person = open_person(request, candidate, part=FilePart.STATUS)
    return _page(request, person, SpellProvenance.DESK, "person_status", {"candidate": person.pk})


@audience(Role.CITIZEN)
@require_http_methods(["GET", "HEAD", "POST"])
def my_status(request: Request) -> HttpResponse:
    """My own status; POST adds days of work."""
    return _page(request, my_record(request), SpellProvenance.SELF, "my_status", {})


@desk_page
@require_POST
def remove_person_spell(request: Request, candidate: UUID, spell: UUID) -> HttpResponse:
    """Take back days of work written by mistake."""
    person = open_person(request, candidate, part=FilePart.STATUS)
    return _removed(request, _removable(person, SpellProvenance.DESK, spell), "person_status", {"candidate": person.pk})


@audience(Role.CITIZEN)
@require_POST
def remove_my_spell(request: Request, spell: UUID) -> HttpResponse:
    """Take back what I wrote myself."""
    return _removed(request, _removable(my_record(request), SpellProvenance.SELF, spell), "my_status", {})


def _page(
    request: Request, person: Candidate, provenance: SpellProvenance, url: str, parts: dict[str, Any]
) -> HttpResponse:
    form = WorkSpellForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            record_spell(candidate=person, provenance=provenance, by=request.scope, **form.cleaned_data)
        except AlreadyRecorded:
            messages.info(request, _("Questo periodo c'è già."))
        else:
            messages.success(request, _("Periodo aggiunto: il conteggio è aggiornato."))
        return redirect(reverse(url, kwargs=parts))
    verdict, found = status_on(person, timezone.localdate())
    context = {
        "candidate": person,
        "is_mine": provenance == SpellProvenance.SELF,
        "form": form,
        "verdict": verdict,
        "state": STATES[verdict.state],
        "lines": lines(verdict),
        "answers": [(rule_name(answer.rule), answer) for answer in found],
        "events": [(EVENTS[event.kind], event) for event in verdict.events],
        "deadlines": verdict.deadlines,
        "spells": [(spell, spell.provenance in REMOVABLE[provenance]) for spell in person.work_spells.all()],
    }
    return render(request, "candidates/status.html", context, status=422 if form.errors else 200)


def _removable(person: Candidate, who: SpellProvenance, spell: UUID) -> WorkSpell:
    return get_object_or_404(person.work_spells.filter(provenance__in=REMOVABLE[who]), pk=spell)


def _removed(request: Request, spell: WorkSpell, url: str, parts: dict[str, Any]) -> HttpResponse:
    remove_spell(spell=spell, by=request.scope)
    messages.success(request, _("Periodo tolto: il conteggio è aggiornato."))
    return redirect(reverse(url, kwargs=parts))
