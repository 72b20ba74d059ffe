"""Letters as servers hand them over: what people, offices, gateways, robots and broken programs really send."""

import base64
import quopri
from dataclasses import dataclass
from datetime import date
from email.header import Header
from itertools import count
from typing import Any

from candidates.models import InboundMessage, SubjectCode
from tests.support.territory import make_desk

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
BOX = "sportello.lavoro@comune.segrate.example"
SUBJECT = "candidato/a AlmavivA"


@dataclass(frozen=True)
class Specimen:
    """A letter and what must become of it; `known` is whether its subject speaks of AlmavivA."""

    name: str
    raw: bytes
    known: bool = True
    nature: str = "letter"
    silence: str = ""
    sender: str = "amina.rossi@posta.example"
    words: str = "Buongiorno, cerco lavoro."
    original: str = ""
    files: tuple[str, ...] = ()


def letter(
    subject: str | bytes = SUBJECT,
    body: bytes = b"Buongiorno, cerco lavoro.\n",
    *,
    number: object = 1,
    sender: str = "Amina Rossi <amina.rossi@posta.example>",
    to: str = BOX,
    kind: str = 'text/plain; charset="utf-8"',
    encoding: str = "8bit",
    more: str = "",
) -> bytes:
    """One message; a `number` of None leaves the Message-ID out, an empty `kind` the headers of its content."""
    fields = [f"From: {sender}", f"To: {to}", "Date: Mon, 9 Mar 2026 09:00:00 +0100"]
    if number is not None:
        fields.append(f"Message-ID: <{number}@posta.example>")
    if kind:
        fields += ["MIME-Version: 1.0", f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}"]
    fields += [more] if more else []
    written = subject if isinstance(subject, bytes) else subject.encode()
    return b"Subject: " + written + b"\n" + "\n".join(fields).encode() + b"\n\n" + body


def parts(*bodies: bytes, kind: str = "mixed", more: str = "", subject: str = SUBJECT, number: object = 1) -> bytes:
    """A message of several parts, each with its own headers."""
    inside = b"".join(b"--confine\n" + body + b"\n" for body in bodies) + b"--confine--\n"
    return letter(
        subject, inside, kind=f'multipart/{kind}; boundary="confine"', encoding="7bit", more=more, number=number
    )


def file(name: str, content: bytes, kind: str = "application/octet-stream") -> bytes:
    """An attached file as a part."""
    head = f'Content-Type: {kind}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="{name}"\n\n'
    return head.encode() + base64.encodebytes(content)


TEXT = b"Content-Type: text/plain; charset=utf-8\n\nBuongiorno, cerco lavoro.\n"
HTML = "<html><head><title>x</title><style>p{color:red}</style></head><body><p>Buongiorno,&nbsp;cerco <b>lavoro</b>.</p></body></html>"
_INNER = letter(number="dentro", sender="Luca Neri <luca.neri@altra.example>").replace(b"Buongiorno", b"Salve")


def _encoded(text: str, charset: str) -> str:
    return Header(text, charset).encode()


SUBJECTS = (
    "candidato/a AlmavivA",
    "CANDIDATA almaviva",
    "Fwd: candidato AlmavivA",
    "Re: R: I: Candidato/a ALMAVIVA",
    "«Candidato AlmavivA»",
    '"candidato/a" "AlmavivA"',
    "[candidata] (AlmavivA)",
    "Inoltro: candidàto Almavìva",
    "candidato Alma Viva",
    "candidatoAlmaviva",
    "AlmavivA - candidata",
    "Candidatura per AlmavivA",
    "RE[2]: candidat* Almaviva!!!",
    "[EXTERNAL] FW: candidati  AlmavivA",
)

SPECIMENS: tuple[Specimen, ...] = (
    *(Specimen(f"subject {n}", letter(_encoded(text, "utf-8"), number=f"s{n}")) for n, text in enumerate(SUBJECTS)),
    Specimen("bare subject in utf-8", letter("Candidàta AlmavivA", number="b1")),
    Specimen("bare subject in latin-1", letter("Candidàta AlmavivA".encode("latin-1"), number="b2")),
    Specimen("subject in windows-1252", letter(_encoded("“candidata” AlmavivA", "windows-1252"), number="b3")),
    Specimen("subject folded", letter("candidato/a\n AlmavivA", number="b4")),
    Specimen("subject of an unknown charset", letter("=?x-boh?Q?candidato_AlmavivA?=", number="b5")),
    Specimen(
        "subject with broken base64", letter("=?utf-8?B?Y2FuZGlkYXRvIEFsbWF2aXZ?= AlmavivA candidata", number="b6")
    ),
    Specimen("no subject", letter("", number="u1"), known=False),
    Specimen("other subject", letter("Informazioni sugli orari", number="u2"), known=False),
    Specimen("half a code", letter("candidata", number="u3"), known=False),
    Specimen("a word that begins alike", letter("candidato Almavivano", number="u4"), known=False),
    Specimen("another alphabet", letter(_encoded("求职", "utf-8"), number="u5"), known=False),
    Specimen("no identifier", letter(number=None)),
    Specimen("empty identifier", letter(number=None, more="Message-ID:")),
    Specimen(
        "body in latin-1",
        letter(body="Perché cerco lavoro".encode("latin-1"), kind="text/plain; charset=iso-8859-1", number="c1"),
        words="Perché cerco lavoro",
    ),
    Specimen(
        "body in windows-1252 that says latin-1",
        letter(body="L’euro: €".encode("windows-1252"), kind="text/plain; charset=iso-8859-1", number="c2"),
        words="L’euro: €",
    ),
    Specimen(
        "body in utf-8 that says ascii",
        letter(body="Perché".encode(), kind="text/plain; charset=us-ascii", number="c3"),
        words="Perché",
    ),
    Specimen(
        "utf-7 stays as it is",
        letter(body=b"+ADw-script+AD4-", kind="text/plain; charset=utf-7", number="c4"),
        words="+ADw-script+AD4-",
    ),
    Specimen(
        "unknown charset",
        letter(body="Perché".encode("windows-1252"), kind="text/plain; charset=klingon", number="c5"),
        words="Perché",
    ),
    Specimen(
        "base64", letter(body=base64.encodebytes("Città".encode()), encoding="base64", number="c6"), words="Città"
    ),
    Specimen("broken base64", letter(body=b"Q2l0dMOg\n!!!=", encoding="base64", number="c7"), words="Città"),
    Specimen(
        "quoted-printable",
        letter(body=quopri.encodestring("Città, più".encode()), encoding="quoted-printable", number="c8"),
        words="Città, più",
    ),
    Specimen("no mime at all", letter(kind="", number="c9")),
    Specimen("nul bytes", letter(body=b"Buon\x00giorno", number="c10"), words="Buon giorno"),
    Specimen("empty body", letter(body=b"", number="c11"), words=""),
    Specimen("html only", letter(body=HTML.encode(), kind="text/html; charset=utf-8", number="h1")),
    Specimen(
        "html with a script",
        letter(body=b"<script>alert(1)</script><p>Ciao<br>a tutti</p>", kind="text/html", number="h2"),
        words="Ciao\na tutti",
    ),
    Specimen("plain and html", parts(TEXT, b"Content-Type: text/html\n\n<p>No</p>", kind="alternative", number="h3")),
    Specimen("never closed", parts(TEXT, number="h4").replace(b"--confine--\n", b"")),
    Specimen("boundary missing", letter(body=b"Testo", kind="multipart/mixed", number="h5"), words="Testo"),
    Specimen("with a curriculum", parts(TEXT, file("cv.pdf", PDF, "application/pdf"), number="a1"), files=("cv.pdf",)),
    Specimen("with a program", parts(TEXT, file("cv.pdf.exe", b"MZ\x90\x00"), number="a2"), files=("cv.pdf.exe",)),
    Specimen(
        "file name in another charset",
        parts(TEXT, file(_encoded("curriculum di Zoë.pdf", "utf-8"), PDF), number="a3"),
        files=("curriculum di Zoë.pdf",),
    ),
    Specimen(
        "file name in parts (RFC 2231)",
        parts(
            TEXT,
            b"Content-Type: application/pdf\nContent-Disposition: attachment; filename*=utf-8''pi%C3%B9.pdf\n\n%PDF-1.7",
            number="a4",
        ),
        files=("più.pdf",),
    ),
    Specimen("file without a name", parts(TEXT, b"Content-Type: image/png\n\nx", number="a5"), files=("",)),
    Specimen(
        "forwarded as a file",
        parts(TEXT, b"Content-Type: message/rfc822\n\n" + _INNER, subject="I: leggi", number="f1"),
        words="Buongiorno, cerco lavoro.\n\nSalve, cerco lavoro.",
        original="luca.neri@altra.example",
        files=("messaggio.eml",),
    ),
    Specimen(
        "forwarded in the text",
        letter(
            "Fwd: una persona",
            b"Per voi.\n\n---------- Forwarded message ---------\nDa: Luca Neri <luca.neri@altra.example>\n"
            b"Date: lun 9 mar 2026\nSubject: candidato AlmavivA\nTo: me\n\nSalve\n",
            number="f2",
        ),
        words="Per voi.\n\n---------- Forwarded message ---------\nDa: Luca Neri <luca.neri@altra.example>\n"
        "Date: lun 9 mar 2026\nSubject: candidato AlmavivA\nTo: me\n\nSalve",
        original="luca.neri@altra.example",
    ),
    Specimen(
        "forwarded by a telephone",
        letter(
            "I: per te",
            b"Inizio messaggio inoltrato:\n\nDa: luca.neri@altra.example\nOggetto: R: candidato/a AlmavivA\n\nSalve",
            number="f3",
        ),
        words="Inizio messaggio inoltrato:\n\nDa: luca.neri@altra.example\nOggetto: R: candidato/a AlmavivA\n\nSalve",
        original="luca.neri@altra.example",
    ),
    Specimen(
        "failed delivery",
        parts(
            TEXT,
            b"Content-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nAction: failed",
            b"Content-Type: message/rfc822\n\n" + _INNER,
            kind="report; report-type=delivery-status",
            more="Return-Path: <>\nAuto-Submitted: auto-replied",
            number="d1",
        ),
        nature="bounce",
        silence="bounce",
        words="Buongiorno, cerco lavoro.\n\nSalve, cerco lavoro.",
        original="luca.neri@altra.example",
        files=("messaggio.eml",),
    ),
    Specimen(
        "failed delivery of an old server",
        letter("Undelivered mail", sender="Mail Delivery <MAILER-DAEMON@posta.example>", number="d2"),
        known=False,
        nature="bounce",
        silence="bounce",
        sender="mailer-daemon@posta.example",
    ),
    Specimen(
        "away, as the standard says",
        letter("Re: candidato AlmavivA", more="Auto-Submitted: auto-replied (vacation)", number="r1"),
        nature="auto_reply",
        silence="automatic",
    ),
    Specimen(
        "away, in words",
        letter("Risposta automatica: AlmavivA", number="r2"),
        known=False,
        nature="auto_reply",
        silence="automatic",
    ),
    Specimen(
        "away, old header", letter(more="X-Autoreply: yes", number="r3"), nature="auto_reply", silence="automatic"
    ),
    Specimen("sent by a program", letter(more="Auto-Submitted: auto-generated", number="r4"), silence="automatic"),
    Specimen("through a list", letter(more="List-Id: <tutti.posta.example>", number="r5"), silence="bulk"),
    Specimen("advertising", letter(more="Precedence: bulk", number="r6"), silence="bulk"),
    Specimen(
        "asks no answer", letter(more="X-Auto-Response-Suppress: OOF, AutoReply", number="r7"), silence="suppressed"
    ),
    Specimen("asks no receipt", letter(more="X-Auto-Response-Suppress: DR, RN", number="r8")),
    Specimen("no way back", letter(more="Return-Path: <>", number="r9"), silence="no_sender"),
    Specimen("from the box itself", letter(sender=f"Sportello <{BOX}>", number="r10"), silence="own", sender=BOX),
    Specimen(
        "nobody reads the answer",
        letter(sender="no-reply@portale.example", number="r11"),
        silence="automatic",
        sender="no-reply@portale.example",
    ),
    Specimen("sender without an address", letter(sender="Amina", number="r12"), silence="no_sender", sender=""),
    Specimen(
        "sender in encoded words",
        letter(sender=f"{_encoded('Zoë D’Amico', 'utf-8')} <zoe@posta.example>", number="r13"),
        sender="zoe@posta.example",
    ),
    Specimen(
        "sender with a comma in the name",
        letter(sender="Rossi, Amina <amina.rossi@posta.example>", number="r14"),
    ),
    Specimen("two more lines smuggled in", letter(sender='"a\\r\\nBcc: x" <amina.rossi@posta.example>', number="r15")),
    Specimen("windows line ends", letter(number="w1").replace(b"\n", b"\r\n")),
    Specimen("only headers", b"Subject: candidato AlmavivA\nFrom: amina.rossi@posta.example", words=""),
    Specimen("noise", bytes(range(256)) * 4, known=False, silence="no_sender", sender="", words="?"),
    Specimen("nothing", b"", known=False, silence="no_sender", sender="", words=""),
)


_numbers = count(1)


def make_code(code: str = SUBJECT, **fields: Any) -> SubjectCode:
    """A code in force since 2026 began, of a desk of its own unless told otherwise."""
    values = {"kind": "crisis", "valid_from": date(2026, 1, 1), **fields}
    return SubjectCode.objects.create(code=code, desk=values.pop("desk", None) or make_desk(), **values)


def make_inbound(**fields: Any) -> InboundMessage:
    """A letter on file that nobody has looked at."""
    number = next(_numbers)
    values: dict[str, Any] = {
        "identity": f"{number:064d}",
        "sender_name": "Amina Rossi",
        "sender_address": f"amina{number}@posta.example",
        "subject": "Cerco lavoro",
        "text": "Buongiorno, cerco lavoro.",
        "raw": letter(number=number),
        "nature": "letter",
        "state": "needs_review",
        **fields,
    }
    return InboundMessage.objects.create(**values)
