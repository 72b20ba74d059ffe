"""Files about a person's work: what they or the desk keep for an application. Identity documents are not kept."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from candidates.enums import DocumentKind
from candidates.models.candidate import CASE_WORK, Candidate
from sportello.accounts.models import User
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.core.files import private_path


@audit.tracked()
@classified(CASE_WORK, identity="candidate", profile="kind name file size", technical="added_at added_by")
class PersonDocument(Model):
    """One private file; `name` is what its owner calls it, `size` is in bytes. Its content goes when the row goes."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("Che cos'è"), max_length=12, choices=DocumentKind.choices)
    name = models.CharField(_("Come si chiama"), max_length=100)
    file = models.FileField(upload_to=private_path)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.name
