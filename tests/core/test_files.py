import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sportello.core.files import MAX_BYTES, check_file, hand_out

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)
KINDS = ["application/pdf", "image/png"]
WRONG = "Questo file non va bene: serve un file PDF, PNG."


def sent(content: bytes, name: str = "atto.pdf", declared: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=declared)


def archive(before: bytes) -> bytes:
    """An archive that opens although other bytes stand before it."""
    buffer = io.BytesIO(before)
    buffer.seek(0, io.SEEK_END)
    with zipfile.ZipFile(buffer, "a") as file:
        file.writestr("programma.exe", b"MZ")
    return buffer.getvalue()


@pytest.mark.parametrize("content", [PDF, PNG], ids=["pdf", "png"])
def test_the_content_decides_whatever_the_name_says(content: bytes) -> None:
    file = sent(content, name="programma.exe", declared="text/html")
    check_file(file, KINDS)
    assert file.read() == content  # still whole for who keeps it


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Questo file è vuoto."),
        (b"<html><script>alert(1)</script></html>", WRONG),
        (b"MZ\x90\x00" + bytes(60), WRONG),
        (b"GIF89a" + PDF, WRONG),
        (b"prima\n" + PDF, WRONG),
        (archive(b""), WRONG),
        (archive(PDF), WRONG),
        (PDF + bytes(MAX_BYTES), "Questo file è troppo grande: il massimo è 10 MB."),
    ],
    ids=["empty", "html", "program", "gif-first", "text-first", "archive", "pdf-and-archive", "too-large"],
)
def test_everything_else_is_refused_with_a_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        check_file(sent(content), KINDS)
    assert refusal.value.messages == [sentence]


def test_bytes_are_handed_out_as_what_they_are() -> None:
    answer = hand_out(PDF, name="a.exe")
    assert (b"".join(answer), answer["Content-Type"]) == (PDF, "application/pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="a.exe"'
