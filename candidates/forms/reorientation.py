"""Which desk is asked, and what it answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sportello.territory.models import Desk


class AskForm(forms.Form):
    """Which desk should follow the person, and why."""

    desk = forms.ModelChoiceField(
        label=_("A quale sportello"), queryset=Desk.objects.none(), empty_label=_("Scegli uno sportello")
    )
    motive = forms.CharField(
        label=_("Perché"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La legge lo sportello a cui chiedi. Prima parlane con la persona."),
    )

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    """Whether the desk takes the person; a no says why."""

    accepts = forms.TypedChoiceField(
        label=_("La tua risposta"),
        choices=[("si", _("Accogliamo la persona: da oggi la seguo io")), ("no", _("Non possiamo accoglierla"))],
        coerce=lambda value: value == "si",
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label=_("Perché no"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("accepts") is False and not data.get("answer"):
            self.add_error("answer", _("Scrivi perché."))
        return data
