"""What of the extraction runs without its heavy packages, which are not installed here."""

from datetime import date
from pathlib import Path

import pytest

from sportello.territory.enums import AgeBand
from sportello.territory.management.extraction import AGE_BANDS, package_folder, read_lifetimes, rounded_ring, write_csv


def test_bands_are_those_of_the_table_and_leave_no_age_out() -> None:
    assert [name for name, _, _ in AGE_BANDS] == list(AgeBand)
    limits = [limit for _, lowest, highest in AGE_BANDS for limit in (lowest, highest)]
    assert limits[0] == 0
    assert all(after == before + 1 for before, after in zip(limits[1::2], limits[2::2], strict=False))


def test_a_missing_package_is_named() -> None:
    with pytest.raises(LookupError, match="no_such_package"):
        package_folder("no_such_package")


def test_the_heir_is_named_only_when_certain() -> None:
    lifetimes = read_lifetimes()
    vermezzo, segrate, bellagio = lifetimes["L768"], lifetimes["I577"], lifetimes["A744"]
    assert (vermezzo.valid_from, vermezzo.valid_to, vermezzo.heir) == (date(1861, 3, 17), date(2019, 2, 7), "M424")
    assert (segrate.valid_from, segrate.valid_to, segrate.heir) == (date(1869, 7, 6), None, None)
    # Three municipalities of its province began on the day after its end.
    assert (bellagio.valid_to, bellagio.heir) == (date(2014, 2, 3), None)


def test_rounding_closes_the_ring_and_drops_what_became_equal() -> None:
    ring = [(9.12344, 45.0), (9.12342, 45.00001), (9.2, 45.1), (9.3, 45.0), (9.12344, 45.0)]
    assert rounded_ring(ring) == [[9.1234, 45.0], [9.2, 45.1], [9.3, 45.0], [9.1234, 45.0]]


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    rows = [{"name": "Trezzo sull'Adda", "count": 3}, {"name": 'a, "b"', "count": 4}]
    write_csv(tmp_path / "a.csv", rows, ("name", "count"))
    assert (tmp_path / "a.csv").read_bytes() == b'name,count\nTrezzo sull\'Adda,3\n"a, ""b""",4\n'
