"""From the request to the printed edition: freeze, print, keep, tell. Each step is skipped when it was done before."""

import hashlib

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.queries.issues import reading_of
from reports.render.document import compose
from reports.render.pdf import print_document
from reports.services.freeze import EmptyTerritory, freeze_issue
from reports.services.issue import fail_issue, move, tell_requester
from reports.states import IssueState
from sportello.accounts.scope import Scope
from sportello.core import audit, jobs
from sportello.core.pdf import Printed
from sportello.reference.rules import MissingParameterError


def build_issue(*, issue: ReportIssue, by: Scope) -> ReportIssue:
    """Bring an edition to the state BUILT and tell who asked. What fails for good leaves it FAILED with a plain label, and raises."""
    if issue.state not in (IssueState.QUEUED, IssueState.FROZEN):
        return issue
    label = _("Il calcolo dei dati non è riuscito.")
    try:
        jobs.progress(10, _("Calcolo dei dati"))
        issue = freeze_issue(issue=issue, by=by)
        label = _("La stampa del rapporto non è riuscita.")
        jobs.progress(40, _("Stampa del rapporto"))
        issue = render_issue(issue=issue, by=by)
    except jobs.LeaseLostError:
        raise  # the worker that took it over goes on
    except Exception as error:
        # Missing rules and an empty territory do not mend themselves: there is nothing to wait for.
        known = {
            EmptyTerritory: _("Il territorio non ha Comuni alla fine del periodo."),
            MissingParameterError: _("Mancano le regole di riservatezza in vigore oggi."),
        }
        if type(error) in known or jobs.is_last_attempt():
            fail_issue(issue=issue, label=known.get(type(error), label), by=by)
        raise
    return issue


def render_issue(*, issue: ReportIssue, by: Scope) -> ReportIssue:
    """Print the frozen figures to a PDF, keep its bytes, hash and number of pages, tell who asked. Raises IllegalStep before the freeze."""
    # The edition speaks Italian whatever the language of who asked; its English summary is marked as such.
    with override("it"):
        printed = print_document(compose(reading_of(issue), INDICATORS))
    return _keep_print(issue=issue, printed=printed, by=by)


@audit.service("issue.render")
def _keep_print(*, issue: ReportIssue, printed: Printed, by: Scope) -> ReportIssue:
    issue = ReportIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if issue.state == IssueState.BUILT:
        return issue  # another worker was quicker, and the bytes are the same
    move(issue, IssueState.BUILT)
    issue.pdf_sha256 = hashlib.sha256(printed.pdf).hexdigest()
    issue.pdf.save(f"{issue.pdf_sha256}.pdf", ContentFile(printed.pdf), save=False)
    issue.pages = printed.pages
    issue.built_at = timezone.now()
    issue.save(update_fields=["state", "pdf", "pdf_sha256", "pages", "built_at"])
    # In the same transaction: a worker that dies right after must not leave a built edition that nobody hears of.
    tell_requester(issue=issue, by=by)
    return issue
