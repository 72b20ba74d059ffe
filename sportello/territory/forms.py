"""The search above the list of desks."""

from django import forms
from django.utils.translation import gettext_lazy as _


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
