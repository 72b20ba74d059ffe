"""Forms that close a company's service and open it again."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import CLOSED_BY_THE_DESK
from sportello.core.fields import DateField


class ClosingForm(forms.Form):
    """Why and since when."""

    reason = forms.ChoiceField(
        label=_("Perché si chiude"),
        choices=[(reason.value, reason.label) for reason in CLOSED_BY_THE_DESK],
        widget=forms.RadioSelect,
    )
    closed_on = DateField(label=_("Da quando"))
    note = forms.CharField(
        label=_("Nota per lo sportello"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Resta nella storia dell'impresa. L'impresa legge solo il motivo."),
    )

    def clean_closed_on(self) -> date:
        value: date = self.cleaned_data["closed_on"]
        if value > timezone.localdate():
            raise ValidationError(_("Questa data è nel futuro."))
        return value


class ReopeningForm(forms.Form):
    """Why it is served again."""

    reason = forms.CharField(
        label=_("Perché si riapre"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Resta nella storia dell'impresa."),
    )
