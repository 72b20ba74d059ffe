"""A company registers in three steps; the desk decides and visits."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from employers.enums import SettlementState, SizeBand, VisitKind
from employers.models import Company, CompanyVisit, Workplace
from employers.queries.companies import find_sectors
from sportello.core.fields import DateField
from sportello.core.validators import check_person_name, clean_vat_number, is_uuid
from sportello.reference.models import Sector
from sportello.territory.forms.fields import FAR_POINT, MunicipalityField, PointField, lies_in
from sportello.territory.models import Desk


class ActivityForm(forms.Form):
    """Words or a code propose economic activities; one is chosen."""

    search_field = "activity"

    activity = forms.CharField(
        label=_("Che cosa fa l'impresa?"),
        max_length=100,
        required=False,
        help_text=_("Scrivi una parola («ristoranti») o un codice ATECO («56.1») e premi «Cerca»."),
    )
    sector = forms.ChoiceField(
        label=_("Scegli l'attività"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Scegli tra le attività proposte.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        source: Any = self.data if self.is_bound else self.initial
        self.searched = str(source.get("activity") or "").strip()
        self.fields["sector"].choices = self._proposals(str(source.get("sector") or ""))  # type: ignore[attr-defined]

    def _proposals(self, chosen: str) -> list[tuple[str, str]]:
        """The activity chosen so far, then those that the words propose."""
        found = {str(s.pk): str(s) for s in Sector.objects.filter(pk=chosen)} if is_uuid(chosen) else {}
        found |= {str(s.pk): str(s) for s in find_sectors(self.searched)}
        return list(found.items())

    def clean_sector(self) -> str:
        value: str = self.cleaned_data["sector"]
        if value:
            return value
        if not self.searched:
            raise ValidationError(_("Scrivi sopra che cosa fa l'impresa e premi «Cerca»."))
        if not self.fields["sector"].choices:  # type: ignore[attr-defined]
            raise ValidationError(_("Nessuna attività con queste parole: prova con un'altra, o con il codice ATECO."))
        raise ValidationError(_("Scegli un'attività tra quelle proposte."))


class WhatForm(ActivityForm):
    """Step 1: which company."""

    vat_number = forms.CharField(
        label=_("Partita IVA"),
        max_length=20,
        help_text=_("Undici cifre"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("Ragione sociale"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    size_band = forms.ChoiceField(
        label=_("Quante persone ci lavorano"), choices=SizeBand.choices, widget=forms.RadioSelect
    )
    settlement_state = forms.ChoiceField(
        label=_("Presenza nel territorio"), choices=SettlementState.choices, widget=forms.RadioSelect
    )

    field_order = ("vat_number", "name", "activity", "sector")

    def clean_vat_number(self) -> str:
        return clean_vat_number(self.cleaned_data["vat_number"])


class WorkplaceForm(forms.Form):
    """Step 2: where people work."""

    workplace_name = forms.CharField(
        label=_("Nome della sede"), max_length=120, help_text=_("Per esempio: magazzino di Segrate")
    )
    municipality = MunicipalityField(
        label=_("Comune"), max_length=110, widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "off"})
    )
    address = forms.CharField(
        label=_("Indirizzo"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )


class PlacedForm(WorkplaceForm):
    """The same for a company that is in, with its point on the map; `workplace` is the one to say better."""

    point = PointField(
        label=_("Punto sulla mappa"),
        required=False,
        max_length=60,
        help_text=_(
            "Latitudine e longitudine, copiate da una mappa: 45.48930, 9.32710. Serve a dire a quanti chilometri è il lavoro."
        ),
    )

    def __init__(self, *args: Any, workplace: Workplace | None = None, **kwargs: Any) -> None:
        if workplace:
            kwargs["initial"] = {
                "workplace_name": workplace.name,
                "municipality": workplace.municipality,
                "address": workplace.address,
                "point": workplace.point,
            }
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place, point = data.get("municipality"), data.get("point")
        if place and point and not lies_in(point, place):
            self.add_error("point", FAR_POINT)
        return data


class ContactForm(forms.Form):
    """Step 3: who speaks for the company, and the account."""

    first_name = forms.CharField(
        label=_("Nome"),
        max_length=70,
        validators=[check_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Cognome"),
        max_length=70,
        validators=[check_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=_("E-mail di lavoro"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Serve per entrare e per le risposte dello sportello."),
    )
    phone = PhoneNumberField(
        label=_("Telefono"),
        region="IT",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": _("Scrivi un numero di telefono valido, per esempio 02 1234567.")},
    )
    password = forms.CharField(
        label=_("Scegli una password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Almeno 12 caratteri. Tre parole lunghe vanno benissimo."),
    )

    def clean_password(self) -> str:
        value: str = self.cleaned_data["password"]
        validate_password(value)
        return value

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class CompanyForm(forms.ModelForm[Company]):
    """What the company may change of itself later."""

    website = forms.URLField(label=_("Sito"), required=False, assume_scheme="https")

    class Meta:
        model = Company
        fields = ["description", "website", "size_band", "contact_name", "contact_email", "contact_phone"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}


class CorrectionForm(ActivityForm, CompanyForm):
    """The same for one that was not approved, which may also have got its name, number or activity wrong."""

    name = forms.CharField(label=_("Ragione sociale"), max_length=200)
    vat_number = forms.CharField(label=_("Partita IVA"), max_length=20, help_text=_("Undici cifre"))
    field_order = ("name", "vat_number", "activity", "sector")

    class Meta(CompanyForm.Meta):
        fields = ["vat_number", *CompanyForm.Meta.fields]

    def __init__(self, *args: Any, instance: Company, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kept = {"name": instance.organisation.name, "sector": str(instance.sector_id)}
        super().__init__(*args, instance=instance, initial={**kept, **(initial or {})}, **kwargs)

    def clean_vat_number(self) -> str:
        return clean_vat_number(self.cleaned_data["vat_number"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.pop("activity", None)
        if data.get("sector"):
            data["sector"] = Sector.objects.get(pk=data["sector"])
        return data


class DecisionForm(forms.Form):
    """Approve or not; a no says why."""

    decision = forms.ChoiceField(
        label=_("Decisione"),
        choices=[("approve", _("Approva")), ("reject", _("Non approvare"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Se non approvi, l'impresa legge questo testo."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "reject" and not data.get("reason"):
            self.add_error("reason", _("Scrivi il motivo: l'impresa deve sapere che cosa correggere."))
        return data


class VisitForm(forms.ModelForm[CompanyVisit]):
    """A meeting with a company."""

    visited_on = DateField(label=_("Quando"))
    kind = forms.ChoiceField(label=_("Come"), choices=VisitKind.choices, widget=forms.RadioSelect)
    municipality = MunicipalityField(
        label=_("In quale Comune"), max_length=110, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    desk = forms.ModelChoiceField(label=_("Sportello"), queryset=Desk.objects.none())

    class Meta:
        model = CompanyVisit
        fields = ["visited_on", "kind", "desk", "municipality", "notes"]
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, data: Any = None, *, desks: QuerySet[Desk], at: UUID) -> None:
        proposed = next((desk for desk in desks if desk.pk == at), next(iter(desks), None))
        initial = {"visited_on": timezone.localdate(), "kind": VisitKind.ON_SITE, "desk": proposed}
        super().__init__(data, initial=initial)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]

    def clean_visited_on(self) -> Any:
        value = self.cleaned_data["visited_on"]
        if value > timezone.localdate():
            raise ValidationError(_("Questa data è nel futuro."))
        return value
