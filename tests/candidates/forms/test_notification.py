"""The telephone is offered only where texts can leave."""

import pytest

from candidates.forms.notification import PreferenceForm


@pytest.mark.parametrize("can_text", [True, False])
def test_the_way_is_asked_only_where_there_are_two(can_text: bool) -> None:
    form = PreferenceForm({"language": "it", "channel": "sms"}, can_text=can_text)
    assert form.is_valid()
    wanted = {"language": "it", "reminders_paused": False}
    assert form.cleaned_data == ({**wanted, "channel": "sms"} if can_text else wanted)
    assert list(PreferenceForm({"language": "xx", "channel": "sms"}, can_text=can_text).errors) == ["language"]
