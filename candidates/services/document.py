"""Files about a person's work, added and taken away."""

from functools import partial

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from candidates.enums import DocumentKind
from candidates.models import Candidate, PersonDocument
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("document.add")
def add_document(
    *, candidate: Candidate, kind: DocumentKind, name: str, file: "UploadedFile[bytes]", by: Scope
) -> PersonDocument:
    """Keep a file that a form has checked; who adds it may take it away."""
    return PersonDocument.objects.create(
        candidate=candidate, kind=kind, name=name, file=file, size=file.size or 0, added_by_id=by.user_id
    )


@audit.service("document.remove")
def remove_document(*, document: PersonDocument, by: Scope) -> None:
    """Take a file away: its row now, its content once that is certain. The history keeps its name, not its content."""
    storage, name = document.file.storage, str(document.file.name)
    document.delete()
    transaction.on_commit(partial(storage.delete, name))
