"""The codes of subjects: what the mail of each desk is recognised by."""

from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from candidates.engine.subject import caught_by, speaks_of, subject_key
from candidates.forms.subject_code import SubjectCodeForm
from candidates.queries.mail import code_desks
from candidates.queries.mail import subject_codes as codes_of
from candidates.services.mail_work import add_subject_code, end_subject_code
from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted
from sportello.core.paging import Pages

PAGE_SIZE = 25


@audience(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def subject_codes(request: Request) -> HttpResponse:
    """The codes of my desks and what each recognises; POST adds one, or only tries what it would recognise."""
    tries = "try" in request.POST
    form = SubjectCodeForm(posted(request), desks=code_desks(request.scope))
    if request.method == "POST" and not tries and form.is_valid():
        try:
            add_subject_code(by=request.scope, **form.cleaned_data)
        except IntegrityError:
            form.add_error("code", _("Un'altra persona ha appena aggiunto lo stesso codice."))
        else:
            messages.success(request, _("Codice aggiunto: «%(code)s».") % {"code": form.cleaned_data["code"]})
            return redirect("subject_codes")
    if tries:
        # A trial keeps what is typed and judges nothing.
        form.errors.clear()
    page = Pages(codes_of(request.scope), PAGE_SIZE).get_page(request.GET.get("pagina"))
    code, subject = (request.POST.get(name, "")[:200] for name in ("code", "subject"))
    context = {
        "form": form,
        "page": page,
        "rows": [(each, caught_by(each.code)) for each in page],
        "tried": {
            "key": subject_key(code),
            "examples": caught_by(code),
            "subject": subject,
            "speaks": speaks_of(subject_key(subject), subject_key(code)),
        }
        if tries
        else None,
    }
    return render(request, "candidates/subject_codes.html", context, status=422 if form.errors else 200)


@audience(Role.COORDINATOR, Role.ADMINISTRATOR)
@require_POST
def end_code(request: Request, subject_code: UUID) -> HttpResponse:
    """From tomorrow the code is not recognised any more."""
    found = get_object_or_404(codes_of(request.scope), pk=subject_code)
    end_subject_code(subject_code=found, on=timezone.localdate(), by=request.scope)
    messages.success(request, _("Il codice «%(code)s» finisce oggi.") % {"code": found.code})
    return redirect("subject_codes")
