"""Records that look alike: the list of a desk, two side by side, one made of two and parted again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from candidates.enums import FilePart, ReadingPurpose
from candidates.forms.duplicates import MergeForm, MotiveForm
from candidates.queries.duplicates import decidable_pair, merges_in_force, open_pairs, pair_lines, records_of
from candidates.services.duplicates import AlreadyDecided, say_two_people
from candidates.services.merge import AlreadyMerged, MergeRefused, NotUndoable, merge_candidates
from candidates.services.merge import undo_merge as undo
from candidates.views.gate import desk_page, note_names
from sportello.accounts.scope import Request
from sportello.core.http import posted
from sportello.core.paging import Pages

PAGE_SIZE = 25
MERGES_SHOWN = 10


@desk_page
@require_safe
def duplicates(request: Request) -> HttpResponse:
    """The pairs that wait for a word, the oldest first, and the last merges, which can be undone."""
    page = Pages(open_pairs(request.scope).order_by("found_at", "pk"), PAGE_SIZE).get_page(request.GET.get("pagina"))
    lines = pair_lines(request.scope, list(page))
    _note(request, {person.pk for line in lines for person in line.people})
    merges = merges_in_force(request.scope)[:MERGES_SHOWN]
    return render(request, "candidates/duplicates.html", {"page": page, "lines": lines, "merges": merges})


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_pair(request: Request, pair: UUID) -> HttpResponse:
    """Two records side by side; POST makes them one."""
    found = decidable_pair(request.scope, pair)
    records = records_of(found)
    form = MergeForm(posted(request), records=records)
    if request.method == "POST" and form.is_valid():
        kept, absorbed = form.kept_and_absorbed
        try:
            merge_candidates(
                kept=kept.candidate,
                absorbed=absorbed.candidate,
                motive=form.cleaned_data["motive"],
                by=request.scope,
            )
        except AlreadyMerged:
            return _already(request)
        except MergeRefused as refused:
            form.add_error(None, str(refused.words))
        else:
            messages.success(request, _("Le due schede sono una sola: %(name)s.") % {"name": kept.candidate})
            return redirect("duplicates")
    _note(request, {record.candidate.pk for record in records})
    context = {"pair": found, "records": records, "form": form}
    return render(request, "candidates/duplicate_pair.html", context, status=422 if form.errors else 200)


@desk_page
@require_POST
def two_people(request: Request, pair: UUID) -> HttpResponse:
    """The records are of two people: nobody asks again."""
    try:
        say_two_people(pair=decidable_pair(request.scope, pair), by=request.scope)
    except AlreadyDecided:
        return _already(request)
    messages.success(request, _("Segnato: sono due persone. Non lo chiediamo più."))
    return redirect("duplicates")


@desk_page
@require_http_methods(["GET", "HEAD", "POST"])
def undo_merge(request: Request, merge: UUID) -> HttpResponse:
    """Part again what was made one, with the reason."""
    found = get_object_or_404(merges_in_force(request.scope), pk=merge)
    form = MotiveForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            undo(merge=found, motive=form.cleaned_data["motive"], by=request.scope)
        except NotUndoable:
            messages.error(request, _("Questa unione non si può annullare: annulla prima quelle fatte dopo."))
        else:
            messages.success(request, _("Le schede sono di nuovo due."))
        return redirect("duplicates")
    _note(request, {found.kept_id})
    context = {"merge": found, "form": form}
    return render(request, "candidates/undo_merge.html", context, status=422 if form.errors else 200)


def _note(request: Request, people: set[UUID]) -> None:
    if request.method in ("GET", "HEAD"):
        note_names(request, people, part=FilePart.IDENTITY, purpose=ReadingPurpose.DUPLICATE)


def _already(request: Request) -> HttpResponse:
    messages.info(request, _("Nel frattempo qualcuno ha già deciso su queste schede."))
    return redirect("duplicates")
