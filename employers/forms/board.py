"""The search above the public board."""

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.enums import HoursKind
from employers.queries.board import BoardSearch
from sportello.reference.models import ContractType
from sportello.territory.forms import MunicipalityField

RADII = ((5, _("entro 5 km")), (10, _("entro 10 km")), (20, _("entro 20 km")), (40, _("entro 40 km")))


class BoardForm(forms.Form):
    """What, where, how far, on which conditions; all optional."""

    cosa = forms.CharField(label=_("Che lavoro cerchi?"), max_length=100, required=False)
    dove = MunicipalityField(
        label=_("Dove?"),
        max_length=110,
        required=False,
        widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "address-level2"}),
    )
    km = forms.TypedChoiceField(label=_("Distanza"), choices=RADII, coerce=int, initial=20, required=False)
    contratto = forms.ModelChoiceField(
        label=_("Contratto"),
        queryset=ContractType.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=_("Qualsiasi"),
    )
    orario = forms.ChoiceField(label=_("Orario"), choices=[("", _("Qualsiasi")), *HoursKind.choices], required=False)

    def search(self) -> BoardSearch:
        """The valid part of what was asked: a town misspelt does not empty the page."""
        data = self.cleaned_data if self.is_bound else {}
        return BoardSearch(
            words=data.get("cosa") or "",
            place=data.get("dove"),
            km=data.get("km") or 20,
            contract_type=data.get("contratto"),
            hours_kind=data.get("orario") or "",
        )
