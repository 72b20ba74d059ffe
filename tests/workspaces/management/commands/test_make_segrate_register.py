"""The command that writes the example register."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from sportello.workspaces.management.commands.make_segrate_register import FILE


def test_it_writes_the_file_of_the_repository_byte_by_byte_and_says_where(tmp_path: Path) -> None:
    path, out = tmp_path / "registro.csv", StringIO()
    call_command("make_segrate_register", file=path, stdout=out)
    assert path.read_bytes() == FILE.read_bytes()
    assert out.getvalue() == f"{path}\n"
