"""Days of work, as the person or the desk tells them."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import SpellKind
from sportello.core.fields import DateField

EARLIEST = date(1950, 1, 1)


class WorkSpellForm(forms.Form):
    """One job, or one suspension, with its days."""

    kind = forms.ChoiceField(label=_("Che cosa è successo"), choices=SpellKind.choices, widget=forms.RadioSelect)
    employer = forms.CharField(label=_("Con chi"), max_length=150, required=False)
    starts_on = DateField(label=_("Primo giorno"))
    ends_on = DateField(label=_("Ultimo giorno"), required=False)
    yearly_pay = forms.IntegerField(
        label=_("Guadagno lordo previsto in un anno, in euro"),
        min_value=0,
        max_value=1_000_000,
        required=False,
        help_text=_("Sotto una certa soglia lo stato si conserva. Senza questo numero il conteggio è più prudente."),
    )

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if not EARLIEST <= day <= timezone.localdate():
            raise ValidationError(_("Scrivi un giorno già passato, dal 1950 in poi."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("L'ultimo giorno viene prima del primo: controlla le date."))
        return data
