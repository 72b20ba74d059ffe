"""The command that loads the curated vocabulary speaks to whoever runs it."""

from io import StringIO

from django.core.management import call_command


def test_load_reference_tells_rows_by_table(vocabulary: dict[str, int]) -> None:
    out = StringIO()
    call_command("load_reference", stdout=out)
    assert out.getvalue().splitlines() == [f"{table}: {rows}" for table, rows in vocabulary.items()]
