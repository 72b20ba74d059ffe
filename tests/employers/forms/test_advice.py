"""What the forms of the Punto Parità take."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from employers.forms.advice import AdviceClosingForm, AdviceForm, AdviceHourForm, AreaForm
from employers.rules import readiness_questions


def hour_form(moment: object) -> AdviceHourForm:
    local = timezone.localtime(moment)  # type: ignore[arg-type]
    day = {"day_day": str(local.day), "day_month": str(local.month), "day_year": str(local.year)}
    return AdviceHourForm({**day, "hour": local.strftime("%H:%M"), "place": "Qui"})


def test_the_hour_is_still_to_come() -> None:
    now = timezone.now().replace(second=0, microsecond=0)
    coming = hour_form(now + timedelta(days=1))
    assert coming.is_valid(), coming.errors
    assert coming.meets_at == now + timedelta(days=1)
    assert list(hour_form(now - timedelta(days=1)).errors) == ["__all__"]


def test_a_request_says_what_how_and_when() -> None:
    assert list(AdviceForm({}).errors) == ["question", "channel", "preferred_days"]
    assert [way.data["value"] for way in AdviceForm()["channel"].subwidgets] == ["online", "in_person"]
    assert AdviceForm({"question": "Costi?", "channel": "online", "preferred_days": "Lunedì"}).is_valid()


def test_closing_wants_outcome_and_answer() -> None:
    assert list(AdviceClosingForm({"outcome": "vinto"}).errors) == ["outcome", "answer"]


@pytest.mark.parametrize(("language", "text"), [("it", "L'impresa ha scritto"), ("en", "The company has written")])
def test_an_area_asks_in_the_readers_language_and_keeps_what_is_answered(language: str, text: str) -> None:
    with override(language):
        form = AreaForm({"culture_plan": "yes", "culture_words": ""}, questions=readiness_questions()["culture"])
        assert str(form.fields["culture_plan"].label).startswith(text)
    assert form.is_valid()
    assert form.answers == {"culture_plan": "yes"}
