from pathlib import Path

import pytest

from candidates.models import PrivacyNotice
from candidates.services.notices import NoticeChanged, load_notices

pytestmark = pytest.mark.django_db


def test_loaded_twice_it_adds_nothing() -> None:
    first = load_notices()
    assert (first, load_notices(), PrivacyNotice.objects.count()) == (first, 0, first)
    assert first >= 1


def test_a_version_that_people_have_read_cannot_change(tmp_path: Path) -> None:
    notice = tmp_path / "2.0_2027-01-01.txt"
    notice.write_text("Prima stesura", encoding="utf-8")
    assert load_notices(folder=tmp_path) == 1
    notice.write_text("Seconda stesura", encoding="utf-8")
    with pytest.raises(NoticeChanged, match=r"2\.0"):
        load_notices(folder=tmp_path)
    assert PrivacyNotice.objects.get(version="2.0").text == "Prima stesura"
