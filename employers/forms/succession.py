"""Forms by which one company on file takes the place of another."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import SuccessionKind
from employers.models import Company
from employers.states import CompanyState
from sportello.core.fields import DateField
from sportello.core.validators import clean_vat_number


class SuccessorForm(forms.Form):
    """What happened, and which company on file goes on."""

    kind = forms.ChoiceField(label=_("Che cosa è successo"), choices=SuccessionKind.choices, widget=forms.RadioSelect)
    vat_number = forms.CharField(
        label=_("Partita IVA dell'impresa che resta"),
        max_length=20,
        help_text=_("Undici cifre. Deve essere già registrata e approvata."),
    )

    def __init__(self, data: Any = None, *, company: Company) -> None:
        super().__init__(data)
        self._company = company

    def clean_vat_number(self) -> Company:
        number = clean_vat_number(self.cleaned_data["vat_number"])
        others = Company.objects.filter(state=CompanyState.APPROVED).exclude(pk=self._company.pk)
        found = others.filter(vat_number=number).first()
        if found is None:
            raise ValidationError(_("Nessun'altra impresa approvata ha questa partita IVA."))
        return found


class SuccessionForm(forms.Form):
    """Since when and why; the number of the company that ends is typed by hand, since nothing brings it back."""

    since = DateField(label=_("Da quando"))
    motive = forms.CharField(
        label=_("Da dove lo sappiamo"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Per esempio: atto di fusione, visura. Resta nella storia delle due imprese."),
    )
    confirmation = forms.CharField(
        label=_("Per confermare, scrivi la partita IVA dell'impresa che finisce"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )

    def __init__(self, data: Any = None, *, company: Company) -> None:
        super().__init__(data, initial={"since": timezone.localdate()})
        self._company = company

    def clean_since(self) -> date:
        value: date = self.cleaned_data["since"]
        if value > timezone.localdate():
            raise ValidationError(_("Questa data è nel futuro."))
        return value

    def clean_confirmation(self) -> str:
        typed: str = self.cleaned_data["confirmation"].replace(" ", "")
        if typed != self._company.vat_number:
            raise ValidationError(_("Non è la partita IVA di questa impresa."))
        return typed
