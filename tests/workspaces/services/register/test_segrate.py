"""The example register: the totals that were published, with people who could exist."""

from collections import Counter
from datetime import date
from io import StringIO

from sportello.core.validators import birth_date_of, clean_tax_code, clean_vat_number
from sportello.workspaces.management.commands.make_segrate_register import FILE
from sportello.workspaces.services.register import segrate
from sportello.workspaces.services.register.file import read_lines

LINES = list(read_lines(FILE))


def test_it_is_written_the_same_at_each_call_and_stands_in_the_repository() -> None:
    stream = StringIO()
    segrate.write_segrate_register(stream)
    assert FILE.read_text(encoding="utf-8") == stream.getvalue()


def test_the_totals_are_those_of_the_press() -> None:
    kinds = Counter(line["tipo"] for line in LINES)
    sexes = Counter(line["sesso"] for line in LINES if line["tipo"] == "persona")
    assert sexes == {"M": segrate.MEN, "F": segrate.WOMEN}
    assert (kinds["did"], kinds["patto"], kinds["tirocinio"]) == (
        segrate.DECLARATIONS,
        segrate.PACTS,
        segrate.INTERNSHIPS,
    )
    assert (kinds["inserimento"], kinds["visita"]) == (segrate.CONTRACTS, segrate.COMPANIES)


def test_everything_lies_in_the_quarter_in_the_order_of_the_days() -> None:
    days = [date.fromisoformat(line["data"]) for line in LINES]
    assert days == sorted(days)
    assert segrate.FIRST <= days[0] <= days[-1] <= segrate.LAST


def test_every_number_could_exist_and_is_of_one_alone() -> None:
    people = [line for line in LINES if line["tipo"] == "persona"]
    codes = [line["codice_fiscale"] for line in people]
    assert [clean_tax_code(code) for code in codes] == codes
    assert len(set(codes)) == len(codes)
    for line in people:
        born, written = date.fromisoformat(line["data_nascita"]), birth_date_of(line["codice_fiscale"])
        assert written is not None
        assert (written.month, written.day, written.year % 100) == (born.month, born.day, born.year % 100)
    numbers = [line["partita_iva"] for line in LINES if line["tipo"] == "visita"]
    assert [clean_vat_number(number) for number in numbers] == numbers
    assert len(set(numbers)) == segrate.COMPANIES
