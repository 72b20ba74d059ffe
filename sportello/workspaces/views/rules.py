"""The dated numbers of law and programmes: everybody reads them with their source, the administrator adds the next one."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sportello.accounts.enums import Role
from sportello.accounts.scope import Request
from sportello.core.http import audience, posted, public
from sportello.reference.models import RuleParameter
from sportello.reference.render import rule_chapters
from sportello.reference.rules import RULE_KINDS
from sportello.reference.services import rules as service
from sportello.workspaces.forms import RuleForm


@public
@require_safe
def rule_list(request: Request) -> HttpResponse:
    """Every rule with its values, past, present and to come."""
    words = request.GET.get("cerca", "").strip()[:100]
    rows = list(RuleParameter.objects.order_by("key", "valid_from"))
    chapters = rule_chapters(rows, words=words, today=timezone.localdate())
    context = {
        "words": words,
        "chapters": chapters,
        "number": sum(len(rules) for _topic, rules in chapters),
        "can_add": request.scope.has(Role.ADMINISTRATOR),
    }
    return render(request, "workspaces/rule_list.html", context)


@audience(Role.ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def rule_add(request: Request, rule: str) -> HttpResponse:
    """A new value of a rule, from a day on."""
    rows = list(RuleParameter.objects.filter(key=rule).order_by("valid_from"))
    kind = RULE_KINDS.get(rule)
    if kind is None or not rows:
        raise Http404
    form = RuleForm(posted(request), kind=kind)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            service.add_rule_value(
                key=rule,
                value=form.rule_value,
                valid_from=data["valid_from"],
                citation=data["citation"],
                indicative=data["indicative"],
                by=request.scope,
            )
        except service.RuleAlreadyBegun:
            form.add_error(
                "valid_from", _("In quel giorno, o dopo, comincia già un valore: scegli un giorno successivo.")
            )
        else:
            messages.success(request, _("Il nuovo valore è registrato."))
            return redirect(f"{reverse('rules')}#{rule}")
    ((_topic, (found,)),) = rule_chapters(rows, words="", today=timezone.localdate())
    return render(
        request, "workspaces/rule_form.html", {"form": form, "rule": found}, status=422 if form.errors else 200
    )
