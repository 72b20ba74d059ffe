"""Forms of the control room about pacts."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from sportello.core.fields import DateField, UploadField
from sportello.pacts.enums import PactKind, PartnerRole
from sportello.pacts.models import TerritorialPact
from sportello.territory.enums import OrganisationKind
from sportello.territory.forms.fields import MunicipalityField
from sportello.territory.models import Organisation

PARTNER_KINDS = (
    OrganisationKind.REGION,
    OrganisationKind.MINISTRY,
    OrganisationKind.METROPOLITAN_CITY,
    OrganisationKind.SOCIAL_PARTNER,
    OrganisationKind.THIRD_SECTOR,
    OrganisationKind.TRAINING_BODY,
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.OTHER,
)


class PactForm(forms.Form):
    """A new pact and the deed of its lead."""

    name = forms.CharField(label=_("Nome"), max_length=150)
    kind = forms.ChoiceField(label=_("Tipo"), choices=PactKind.choices, widget=forms.RadioSelect)
    lead = MunicipalityField(
        label=_("Comune capofila"), max_length=110, widget=forms.TextInput(attrs={"list": "comuni"})
    )
    starts_on = DateField(label=_("Dal"))
    ends_on = DateField(label=_("Al"))
    deed_no = forms.CharField(label=_("Atto del capofila: numero"), max_length=40)
    deed_date = DateField(label=_("Atto del capofila: data"))
    programme = forms.CharField(
        label=_("Programma"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        slug = slugify(name)[:80]
        if not slug:
            raise ValidationError(_("Scrivi un nome con qualche lettera."))
        if TerritorialPact.objects.filter(slug=slug).exists():
            raise ValidationError(_("C'è già un patto con questo nome."))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("La fine viene prima dell'inizio."))
        if data.get("starts_on") and data.get("deed_date") and data["starts_on"] < data["deed_date"]:
            self.add_error("starts_on", _("Il patto non può cominciare prima dell'atto."))
        return data


class InviteForm(forms.Form):
    """A municipality to invite."""

    municipality = MunicipalityField(
        label=_("Comune"), max_length=110, widget=forms.TextInput(attrs={"list": "comuni"})
    )


class SignForm(forms.Form):
    """The deed that brings a municipality into force."""

    deed_no = forms.CharField(label=_("Numero dell'atto"), max_length=40)
    deed_date = DateField(label=_("Data dell'atto"))
    joined_on = DateField(label=_("Aderisce dal"))
    deed_file = UploadField(
        label=_("Copia dell'atto"),
        kinds=["application/pdf"],
        required=False,
        help_text=_("Un PDF di al massimo 10 MB. Chi legge la pagina del patto lo può scaricare."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("deed_date") and data.get("joined_on") and data["joined_on"] < data["deed_date"]:
            self.add_error("joined_on", _("L'adesione non può venire prima dell'atto."))
        return data


class WithdrawForm(forms.Form):
    """A municipality that leaves."""

    left_on = DateField(label=_("Esce dal"))
    reason = forms.CharField(label=_("Motivo"), max_length=300)


class PartnerForm(forms.Form):
    """A body beside the pact."""

    organisation = forms.ModelChoiceField(
        label=_("Ente"),
        queryset=Organisation.objects.filter(kind__in=PARTNER_KINDS, is_active=True),
        empty_label=_("Scegli un ente"),
    )
    role = forms.ChoiceField(label=_("Ruolo"), choices=PartnerRole.choices, widget=forms.RadioSelect)
    since = DateField(label=_("Dal"))


class ActionForm(forms.Form):
    """An agreed action with its intake code."""

    title = forms.CharField(label=_("Azione"), max_length=200)
    code = forms.CharField(
        label=_("Codice di ingresso"),
        max_length=60,
        help_text=_("La parola con cui una persona si presenta, per esempio «AlmavivA»"),
    )
    description = forms.CharField(
        label=_("Descrizione"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    starts_on = DateField(label=_("Dal"))
    ends_on = DateField(label=_("Al"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("La fine viene prima dell'inizio."))
        return data
