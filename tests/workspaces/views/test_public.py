"""Pages for everybody: the notice that holds today, not the one that comes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from candidates.models import PrivacyNotice

pytestmark = pytest.mark.django_db


def notice(version: str, *, days: int) -> PrivacyNotice:
    begins = timezone.localdate() + timedelta(days=days)
    return PrivacyNotice.objects.create(version=version, valid_from=begins, text=f"Testo {version}")


def test_the_privacy_page_shows_the_notice_in_force() -> None:
    notice("vecchia", days=-9)
    held = notice("di oggi", days=0)
    notice("di domani", days=1)
    page = Client().get(reverse("privacy"))
    assert page.context["notice"] == held
    assert "Testo di domani" not in page.content.decode()


def test_before_the_first_notice_the_page_still_says_what_is_kept() -> None:
    notice("di domani", days=1)
    page = Client().get(reverse("privacy"))
    assert (page.status_code, page.context["notice"]) == (200, None)
    assert page.context["record"]
