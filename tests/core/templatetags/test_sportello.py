"""Tags that every page may use."""

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from sportello.core.templatetags.sportello import json_ld


def shown(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_icon_is_drawn_in_its_size_and_hidden_from_screen_readers() -> None:
    drawn = shown('{% icon "check" "xs icon-white" %}')
    assert drawn.startswith('<svg class="icon icon-xs icon-white" viewBox="0 0 24 24" aria-hidden="true"')
    assert "<path" in drawn
    assert 'class="icon icon-sm"' in shown('{% icon "check" %}')


def test_an_icon_that_the_sprite_lacks_fails_loudly() -> None:
    with pytest.raises(KeyError):
        shown('{% icon "unicorn" %}')


def test_the_way_to_a_page_ends_with_the_page_itself() -> None:
    drawn = shown('{% breadcrumb "Patti" "/patti/" name %}', name="<Sud Est>")
    assert 'href="/patti/"' in drawn
    assert drawn.index("Patti") < drawn.index("&lt;Sud Est&gt;")
    assert "<Sud Est>" not in drawn


@given(st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=20))
def test_every_receipt_has_a_drawing_of_its_own(number: str) -> None:
    drawn = shown("{% qr_code number %}", number=number)
    assert drawn.count('<svg role="img" aria-label="QR" ') == 1
    assert drawn == shown("{% qr_code number %}", number=number)
    assert drawn != shown("{% qr_code number %}", number=f"{number}0")


def test_linked_data_cannot_be_closed_by_its_texts() -> None:
    assert json_ld({"title": "</script>&"}) == (
        '<script type="application/ld+json">{"title": "\\u003C/script\\u003E\\u0026"}</script>'
    )
