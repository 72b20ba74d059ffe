"""The body's seal on a published edition: a second copy of its print, the first stays as its hash says."""

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from reports.models import ReportIssue
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.seal import seal, seal_key


def seal_issue(*, issue: ReportIssue, by: Scope) -> ReportIssue:
    """Seal the print of a published edition with the key that is configured; without one, or done before, nothing changes.

    Raises OSError or ValueError for a key that does not open.
    """
    key = seal_key()
    if key is None or issue.sealed:
        return issue
    with issue.pdf.open("rb") as file:
        pdf = file.read()
    with override("it"):
        reason = _("Rapporto pubblicato, edizione %(code)s") % {"code": issue.code}
        return _keep_seal(issue=issue, sealed=seal(pdf, key=key, reason=reason), by=by)


@audit.service("issue.seal")
def _keep_seal(*, issue: ReportIssue, sealed: bytes, by: Scope) -> ReportIssue:
    issue = ReportIssue.objects.select_for_update(of=("self",)).get(pk=issue.pk)
    if not issue.sealed:  # else another worker was quicker
        issue.sealed.save(f"{issue.pdf_sha256}-sealed.pdf", ContentFile(sealed), save=False)
        issue.sealed_at = timezone.now()
        issue.save(update_fields=["sealed", "sealed_at"])
    return issue
