"""A mail server that speaks as much IMAP4rev1 (RFC 3501) as a reader asks for, on the loopback."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

USER, PASSWORD = "sportello@comune.example", 'segreta "con" \\ segni'


@dataclass
class Box:
    """What stands in the folder: number -> bytes, and which numbers were opened.

    `die_before` is the command (its first word, or "STORE") at which the line breaks, once.
    """

    messages: dict[int, bytes] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    validity: int = 1
    die_before: str = ""
    commands: list[str] = field(default_factory=list)
    url: str = ""

    def put(self, *raw: bytes) -> None:
        for each in raw:
            self.messages[max(self.messages, default=0) + 1] = each


class _Session(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        self._send(b"* OK IMAP4rev1 ready")
        while line := self.rfile.readline():
            tag, command, rest = [*line.decode().rstrip("\r\n").split(" ", 2), "", ""][:3]
            name = rest.split(" ", 1)[0] if command.upper() == "UID" else command
            box = self.server.box
            box.commands.append(name.upper())
            if name.upper() == box.die_before:
                box.die_before = ""
                return
            status = self._answer(name.upper(), rest)
            self._send(f"{tag} {status}".encode())
            if name.upper() == "LOGOUT":
                return

    def _send(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _answer(self, name: str, rest: str) -> str:
        box = self.server.box
        match name:
            case "CAPABILITY":
                self._send(b"* CAPABILITY IMAP4rev1")
            case "LOGIN":
                quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
                return "OK in" if rest == f'{USER} "{quoted}"' else "NO wrong"
            case "SELECT":
                if rest != '"INBOX"':
                    return "NO no such folder"
                self._send(f"* {len(box.messages)} EXISTS".encode())
                self._send(f"* OK [UIDVALIDITY {box.validity}]".encode())
                self._send(f"* OK [UIDNEXT {max(box.messages, default=0) + 1}]".encode())
            case "SEARCH":
                self._send(("* SEARCH " + " ".join(map(str, self._found(rest)))).encode())
            case "FETCH":
                self._fetch(int(rest.split()[1]))
            case "STORE":
                box.seen.add(int(rest.split()[1]))
            case "LOGOUT":
                self._send(b"* BYE")
        return "OK done"

    def _found(self, rest: str) -> list[int]:
        box = self.server.box
        if since := re.search(r"UID (\d+):\*", rest):
            # As the standard says: the last one belongs to "n:*", be it older than n.
            return sorted(n for n in box.messages if n >= int(since[1]) or n == max(box.messages))
        return sorted(set(box.messages) - box.seen)

    def _fetch(self, number: int) -> None:
        raw = self.server.box.messages.get(number)
        if raw is not None:
            self.wfile.write(f"* {number} FETCH (UID {number} BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, box: Box) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.box = box


@contextmanager
def imap_server() -> Iterator[Box]:
    """A running server with an empty box; its address is `box.url`."""
    box = Box()
    with _Server(box) as server:
        box.url = (
            f"imap://sportello%40comune.example:segreta%20%22con%22%20%5C%20segni@127.0.0.1:{server.server_address[1]}/"
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
