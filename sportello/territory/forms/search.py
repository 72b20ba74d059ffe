"""What one looks for around a town."""

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

from sportello.territory.forms.fields import MunicipalityField

RADII: Final = ((5, _("entro 5 km")), (10, _("entro 10 km")), (20, _("entro 20 km")), (40, _("entro 40 km")))
DEFAULT_KM: Final = 20


class NearForm(forms.Form):
    """What one looks for around a town; each public search adds its own conditions."""

    dove = MunicipalityField(
        label=_("Dove?"),
        max_length=110,
        required=False,
        widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "address-level2"}),
    )
    km = forms.TypedChoiceField(label=_("Distanza"), choices=RADII, coerce=int, initial=DEFAULT_KM, required=False)

    field_order = ("cosa", "dove", "km")


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
