"""The printer opens our own style sheets and fonts, and nothing else."""

from pathlib import Path

import pytest

from reports.render.pdf import static_only


def test_our_style_sheet_is_read() -> None:
    response = static_only().fetch("static:css/report-print.css")
    assert response.read() == Path("static/css/report-print.css").read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/style.css",
        "file:///etc/passwd",
        "file:///etc/fonts/fonts.css",
        "static:../manage.py",
        "static:../../../etc/passwd",
        "static:css/missing.css",
        "static:js/bootstrap-italia.min.js",
        "data:text/css,p{}",
    ],
)
def test_every_other_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="may not open"):
        static_only().fetch(url)
