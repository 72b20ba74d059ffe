"""How a person wants to hear from the desk."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sportello.core.models import MessageChannel


class PreferenceForm(forms.Form):
    """The way and the language of messages, and whether reminders come at all."""

    channel = forms.ChoiceField(label=_("Come"), choices=MessageChannel.choices, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In quale lingua"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    reminders_paused = forms.BooleanField(
        label=_("Niente promemoria"),
        required=False,
        help_text=_("Gli avvisi su appuntamenti presi, patto e convocazioni arrivano sempre."),
    )

    def __init__(self, *args: Any, can_text: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_text:
            del self.fields["channel"]
