"""Typing the name of a municipality, and the search above the list of desks."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sportello.territory.models import Municipality
from sportello.territory.queries import find_place


class MunicipalityField(forms.CharField):
    """A municipality by name, "Segrate" or "Castro (BG)"; cleans to `Municipality` or None.

    A name that may mean several proposes them with their province: nothing is assumed.
    """

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Municipality):
            return f"{value.name} ({value.province_code})"
        return value

    def clean(self, value: Any) -> Municipality | None:
        text = super().clean(value)
        if not text:
            return None
        place = find_place(text)
        if place.chosen:
            return place.chosen
        if proposals := ", ".join(f"{m.name} ({m.province_code})" for m in place.suggestions[:4]):
            raise ValidationError(gettext("Quale comune? Scrivilo come qui: %s.") % proposals)
        raise ValidationError(gettext("Non troviamo questo comune. Controlla come è scritto."))


class DeskSearchForm(forms.Form):
    """What a person asks of the list: a place, and whether only desks open now."""

    comune = forms.CharField(
        label=_("Il tuo Comune"),
        help_text=_("Scrivi il nome del Comune dove vivi o sceglilo dall'elenco."),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "address-level2", "class": "form-control"}),
    )
    aperti = forms.BooleanField(label=_("Solo quelli aperti adesso"), required=False)
