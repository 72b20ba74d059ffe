"""A tender and its bidders."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.models import TenderCriterion
from employers.render.tender import SELF_DECLARED
from sportello.core.fields import DateField
from sportello.core.validators import clean_vat_number
from sportello.reference.rules import MissingParameterError, parameter


class TenderForm(forms.ModelForm[TenderCriterion]):
    """Name, CIG, deadline in local time, points."""

    day = DateField(label=_("Giorno di scadenza delle offerte"))
    hour = forms.TimeField(
        label=_("Ora di scadenza"),
        help_text=_("Ora italiana, per esempio 12:00"),
        error_messages={"invalid": _("Scrivi l'ora così: 12:00.")},
        widget=forms.TimeInput(format="%H:%M"),
    )

    class Meta:
        model = TenderCriterion
        fields = ["name", "cig", "points"]
        help_texts = {
            "cig": _("Il codice identificativo di gara: dieci lettere o cifre."),
            "points": _("Quanti punti prende chi ha il certificato. Per esempio 3 oppure 2,5"),
        }
        widgets = {"points": forms.TextInput(attrs={"inputmode": "decimal"})}

    field_order = ("name", "cig", "day", "hour", "points")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].localize = True

    def clean_cig(self) -> str:
        return str(self.cleaned_data["cig"]).upper()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("day"):
            try:
                parameter(SELF_DECLARED, on=data["day"])
            except MissingParameterError:
                self.add_error("day", _("In quel giorno la regola della premialità non c'era ancora."))
        return data

    @property
    def deadline(self) -> datetime:
        """The moment, in the portal's time zone; wants a valid form."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"]))


class BidderForm(forms.Form):
    """Who bids: the VAT number finds a company of the register, the name serves for the others."""

    vat_number = forms.CharField(
        label=_("Partita IVA"),
        max_length=20,
        help_text=_("Undici cifre"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Ragione sociale"),
        max_length=200,
        required=False,
        help_text=_("Serve solo se l'impresa non è registrata allo sportello."),
    )

    def clean_vat_number(self) -> str:
        return clean_vat_number(self.cleaned_data["vat_number"])
