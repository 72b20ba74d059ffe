"""The pieces of an e-mail: headers in letters, texts, files, what is forwarded inside."""

import base64
import binascii
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from html.parser import HTMLParser
from typing import Final

LONGEST_TEXT: Final = 100_000
"""Signs of the text that are read; the message itself is kept whole."""
_DEEPEST: Final = 20
_MOST_PARTS: Final = 200

_ADDRESS = re.compile(r"[^\s@<>\"',;:()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_FORWARD_MARK = re.compile(
    r"^[>\s]*(?:-{2,}\s*)?(?:forwarded message|messaggio inoltrato|inizio messaggio inoltrato|begin forwarded message"
    r"|original message|messaggio originale|messaggio originario)\b",
    re.IGNORECASE,
)
_FORWARD_FIELD = re.compile(r"^[>\s*]*(da|from|mittente|oggetto|subject)\s*\*?\s*:\s*\*?\s*(.+)$", re.IGNORECASE)
_ENCODED_WORD = re.compile(r"=\?([^?\s]+)\?([bBqQ])\?([^?]*)\?=")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_BLOCKS = frozenset(
    {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "ul", "ol", "hr"}
)
_MACHINE_PARTS = frozenset({"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"})
_HIDDEN = frozenset({"style", "script", "head", "title", "template"})


@dataclass(frozen=True)
class Writer:
    """A name, perhaps empty, and an address in lower case, empty when there is none that can be used."""

    name: str = ""
    address: str = ""


NOBODY: Final = Writer()


@dataclass(frozen=True)
class Attached:
    """A file inside a message."""

    name: str
    content: bytes


def _raw_values(message: Message, field: str) -> list[str]:
    """Values of a header as text: bytes that no header may hold are read as UTF-8, else as Windows' Latin letters."""
    values = [value for name, value in message.raw_items() if name.lower() == field.lower()]
    return [decode_text(str(value).encode("ascii", "surrogateescape"), "utf-8") for value in values]


def header_line(message: Message, field: str) -> str:
    """The first value, decoded, on one line."""
    values = _raw_values(message, field)
    return one_line(_decoded(values[0])) if values else ""


def one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _decoded(value: str) -> str:
    """Encoded words (RFC 2047) in letters; what pretends to be one and is not stays as it is written."""
    try:
        pieces = decode_header(value.replace("\r", "").replace("\n", ""))
    except (HeaderParseError, binascii.Error, ValueError):
        return _ENCODED_WORD.sub(_lenient_word, value)
    return "".join(
        piece if isinstance(piece, str) else decode_text(piece, charset or "utf-8") for piece, charset in pieces
    )


def _lenient_word(word: re.Match[str]) -> str:
    charset, encoding, payload = word.groups()
    try:
        if encoding in "bB":
            content = base64.b64decode(payload + "=" * (-len(payload) % 4))
        else:
            content = quopri.decodestring(payload.replace("_", " "), header=True)
    except (binascii.Error, ValueError):
        return payload
    return decode_text(content, charset)


def writers_of(message: Message, field: str) -> Iterator[Writer]:
    for name, address in getaddresses(_raw_values(message, field)):
        yield _as_writer(_decoded(name), address)


def writer_of(message: Message, field: str) -> Writer:
    """The first writer of a field; an address that only a broken field hides is found in it."""
    values = _raw_values(message, field)
    found = next((writer for writer in writers_of(message, field) if writer.address), None)
    if found or not values:
        return found or Writer()
    hidden = _ADDRESS.search(_decoded(values[0]))
    return _as_writer(_decoded(values[0]).partition("<")[0], hidden.group() if hidden else "")


def _as_writer(name: str, address: str) -> Writer:
    plain = address.strip().lower()
    shown = one_line(name).strip("\"'<> ")
    usable = plain if len(plain) <= 254 and _ADDRESS.fullmatch(plain) else ""
    return Writer("" if shown.lower() == usable else shown[:200], usable)


def decode_text(content: bytes, charset: str) -> str:
    """Letters of bytes in a declared charset; a wrong or unknown one gives way to UTF-8, then to Windows-1252.

    UTF-7 is never read: it hides letters from whoever looks at the bytes.
    """
    declared = charset.strip("\"' ").lower()
    if (
        declared in ("", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1")
        or "utf-7" in declared
        or "utf7" in declared
    ):
        # What calls itself Latin-1 is Windows-1252 (WHATWG Encoding), and often UTF-8.
        declared = "utf-8"
    for name in (declared, "utf-8"):
        try:
            return content.decode(name)
        except (LookupError, ValueError, TypeError):
            continue
    return content.decode("windows-1252", "replace")


@dataclass(frozen=True)
class Body:
    """The words, the files in the order of the parts, and the first message enclosed."""

    text: str
    attached: tuple[Attached, ...]
    inner: Message | None


def body_of(message: Message) -> Body:
    """What a message carries; its HTML is read only where no part is plain text."""
    plain: list[str] = []
    html: list[str] = []
    attached: list[Attached] = []
    inner: Message | None = None
    for part in _leaves(message):
        # Parts announced without saying what parts them: one text.
        kind = "text/plain" if part.get_content_maintype() == "multipart" else part.get_content_type()
        name = one_line(_decoded(_file_name(part)))[:200]
        if kind == "message/rfc822":
            enclosed = part.get_payload()
            if inner is None and isinstance(enclosed, list) and isinstance(enclosed[0], Message):
                inner = enclosed[0]
                plain.extend(_texts_of_enclosed(inner))
            attached.append(Attached(name or "messaggio.eml", part.as_bytes().partition(b"\n\n")[2]))
        elif kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment" and not name:
            (plain if kind == "text/plain" else html).append(decode_text(_content(part), _charset(part)))
        elif kind not in _MACHINE_PARTS:
            attached.append(Attached(name, _content(part)))
    words = plain if "".join(plain).strip() else [_text_of_html(page) for page in html]
    return Body(_clean_text("\n\n".join(words)), tuple(attached), inner)


def _texts_of_enclosed(message: Message) -> list[str]:
    """Texts of an enclosed message; its own enclosures are files of it."""
    texts = [part for part in _leaves(message) if part.get_content_type() in ("text/plain", "text/html")]
    return [
        words if part.get_content_type() == "text/plain" else _text_of_html(words)
        for part in texts[:1]
        for words in [decode_text(_content(part), _charset(part))]
    ]


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """Parts that hold something; an enclosed message is one of them and is not entered."""
    payload = message.get_payload()
    if message.get_content_type() == "message/rfc822" or not isinstance(payload, list) or depth > _DEEPEST:
        yield message
        return
    for part in payload[:_MOST_PARTS]:
        if isinstance(part, Message):
            yield from _leaves(part, depth + 1)


def _content(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    charset = part.get_param("charset", "")
    return charset if isinstance(charset, str) else ""


def _file_name(part: Message) -> str:
    try:
        return decode_text((part.get_filename() or "").encode("utf-8", "surrogateescape"), "utf-8")
    except (LookupError, ValueError, TypeError):
        return "?"


def _clean_text(text: str) -> str:
    lines = (line.rstrip() for line in _CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n")).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()[:LONGEST_TEXT]


class _Words(HTMLParser):
    """The words of a page with line breaks where blocks end; nothing of styles, scripts and heads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._hidden and tag in _HIDDEN:
            self._hidden = tag
        elif tag in _BLOCKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        # A head that nobody closed ends where the body begins to close.
        if tag in (self._hidden, "html"):
            self._hidden = ""
        elif tag in _BLOCKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(re.sub(r"\s+", " ", data))


def _text_of_html(html: str) -> str:
    reader = _Words()
    reader.feed(html)
    reader.close()
    return "\n".join(line.strip() for line in "".join(reader.words).split("\n"))


def forwarded(body: Body) -> tuple[Writer, str]:
    """Who wrote the message forwarded inside, and its subject."""
    if body.inner is not None:
        return writer_of(body.inner, "From"), header_line(body.inner, "Subject")
    lines = iter(body.text.split("\n"))
    if not any(_FORWARD_MARK.match(line) for line in lines):
        return Writer(), ""
    found: dict[str, str] = {}
    for _number, line in zip(range(12), lines, strict=False):
        field = _FORWARD_FIELD.match(line)
        if field:
            found.setdefault("subject" if field[1].lower() in ("oggetto", "subject") else "from", field[2].strip(" *"))
    address = _ADDRESS.search(found.get("from", ""))
    name = re.split(r"[<\[(]", found.get("from", ""))[0]
    return _as_writer(name, address.group() if address else ""), one_line(found.get("subject", ""))
