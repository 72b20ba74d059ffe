"""Files that people send: taken for what they contain, kept outside what the web server gives, handed out as downloads."""

import zipfile
from collections.abc import Collection
from io import BytesIO
from pathlib import PurePath
from uuid import uuid4

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.http import FileResponse
from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
"""A photographed page of several sheets stays well below."""

KINDS = {"application/pdf": "PDF", "image/jpeg": "JPEG", "image/png": "PNG"}
"""Every type the portal may ever take, by the signature of its first bytes -> the name people know it by."""

_HEAD_BYTES = 4096


def check_file(file: "UploadedFile[bytes]", kinds: Collection[str]) -> None:
    """Refuse what is empty, over `MAX_BYTES`, not one of `kinds` by its content, or also an archive.

    Name and declared type are never looked at. Raises ValidationError.
    """
    if not file.size:
        raise ValidationError(_("Questo file è vuoto."))
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("Questo file è troppo grande: il massimo è %(limit)s MB.") % {"limit": MAX_BYTES // 1024**2}
        )
    file.seek(0)
    kind = _kind(file.read(_HEAD_BYTES))
    # A file that is two things at once passes one check as the first and is opened elsewhere as the second.
    is_archive = zipfile.is_zipfile(file)
    file.seek(0)
    if kind not in kinds or is_archive:
        names = ", ".join(KINDS[wanted] for wanted in sorted(kinds))
        raise ValidationError(_("Questo file non va bene: serve un file %(kinds)s.") % {"kinds": names})


def private_path(row: Model, name: str) -> str:
    """`upload_to` of a private file: a folder for each model and a name that says nothing of the person."""
    return f"{row._meta.model_name}/{uuid4().hex}"


def download(file: FieldFile, *, name: str) -> FileResponse:
    """The file as an attachment, never shown inside a page; its type is looked up in its content again.

    A `name` without an ending gets that of the type.
    """
    with file.open("rb") as opened:
        head = opened.read(_HEAD_BYTES)
    whole = name if PurePath(name).suffix else name + suffix_of(head)
    return FileResponse(file.open("rb"), as_attachment=True, filename=whole, content_type=_kind(head))


def hand_out(content: bytes, *, name: str) -> FileResponse:
    """Bytes that are no file of their own, as an attachment of the type that they show."""
    return FileResponse(BytesIO(content), as_attachment=True, filename=name, content_type=_kind(content[:_HEAD_BYTES]))


def suffix_of(content: bytes) -> str:
    """The end of a file's name that its content deserves, ".pdf"; empty for a type that we do not take."""
    return f".{KINDS[kind].lower()}" if (kind := _kind(content[:_HEAD_BYTES])) in KINDS else ""


def _kind(head: bytes) -> str:
    try:
        found: str = puremagic.from_string(head, mime=True)
    except puremagic.PureError:
        return "application/octet-stream"
    return found
