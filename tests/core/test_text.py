"""Keys that order and find, whatever the database's collation."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sportello.core.text import grouped, printable, search_key, sort_key


def test_search_key_drops_accents_case_and_punctuation() -> None:
    assert search_key("  Forlì-Cesena, D'Adda & C. ") == "forli cesena d adda c"


@given(st.text())
def test_search_key_is_stable(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


def test_sort_key_orders_as_an_italian_reader() -> None:
    names = ["Zanetti", "alba", "Èrcoli", "Esposito"]
    assert sorted(names, key=sort_key) == ["alba", "Èrcoli", "Esposito", "Zanetti"]


def test_shorter_surname_comes_first() -> None:
    people = [("Rossini", "Ada"), ("Rossi", "Zeno")]
    assert sorted(people, key=lambda p: sort_key(*p)) == [("Rossi", "Zeno"), ("Rossini", "Ada")]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Łukasz", "lukasz"),
        ("Đorđević", "dordevic"),
        ("Groß", "gross"),
        ("Søren Ærø", "soren aero"),
        ("Шевченко", "shevchenko"),
    ],
)
def test_names_of_every_alphabet_have_a_key_that_can_be_typed(written: str, key: str) -> None:
    assert search_key(written) == key


@given(st.text(alphabet=st.characters(max_codepoint=0x24F, categories=["Lu", "Ll"]), min_size=1))
def test_case_never_matters(text: str) -> None:
    assert search_key(text.lower()) == search_key(text)


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (999, "999"), (1000, "1.000"), (-1000, "-1.000"), (1234567, "1.234.567")]
)
def test_a_dot_stands_every_three_digits(number: int, written: str) -> None:
    assert grouped(number) == written


@given(st.integers())
def test_grouping_keeps_the_number(number: int) -> None:
    assert int(grouped(number).replace(".", "")) == number


@given(st.text())
def test_a_printable_text_fits_into_xml_and_keeps_its_letters(text: str) -> None:
    kept = printable(text)
    assert len(kept) == len(text)
    assert all(a in (b, " ") for a, b in zip(kept, text, strict=True))
    element = ElementTree.Element("a")
    element.text = kept
    read = ElementTree.fromstring(ElementTree.tostring(element)).text or ""
    assert read == kept.replace("\r\n", "\n").replace("\r", "\n")
