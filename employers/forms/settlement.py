"""Forms about settlements and forecasts of the people they need."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import Confidence, SiteState
from employers.models import Company, Settlement, WorkforceForecast
from employers.states import CompanyState
from sportello.core.fields import DateField
from sportello.core.validators import clean_vat_number, is_uuid
from sportello.reference.models import Occupation
from sportello.reference.queries import NO_SAFE_JOB, find_occupations
from sportello.territory.forms.fields import MunicipalityField


class SettlementForm(forms.ModelForm[Settlement]):
    """What is known of a place of work that is to open."""

    municipality = MunicipalityField(
        label=_("Comune"), max_length=110, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    vat_number = forms.CharField(
        label=_("Partita IVA dell'impresa, se è registrata"), max_length=20, required=False, help_text=_("Undici cifre")
    )
    state = forms.ChoiceField(label=_("A che punto è"), choices=SiteState.choices, widget=forms.RadioSelect)
    opens_from = DateField(label=_("Apre non prima del"))
    opens_to = DateField(label=_("Apre non dopo il"))

    class Meta:
        model = Settlement
        fields = ["name", "municipality", "address", "employer_name", "state", "opens_from", "opens_to", "notes"]
        help_texts = {
            "name": _("Per esempio: centro commerciale di Segrate"),
            "employer_name": _("Se non si sa ancora, lascia vuoto."),
        }
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}

    field_order = ("name", "municipality", "address", "employer_name", "vat_number", "state")

    def __init__(self, data: Any = None, *, instance: Settlement | None = None) -> None:
        initial: dict[str, Any] = {"state": SiteState.PLANNED}
        if instance:
            initial["state"] = instance.state
            initial["municipality"] = instance.municipality
            initial["vat_number"] = instance.company.vat_number if instance.company else ""
        super().__init__(data, instance=instance, initial=initial)

    def clean_vat_number(self) -> str:
        value = self.cleaned_data["vat_number"]
        return clean_vat_number(value) if value else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opens_from, opens_to = data.get("opens_from"), data.get("opens_to")
        if opens_from and opens_to and opens_to < opens_from:
            self.add_error("opens_to", _("Questo giorno viene prima dell'altro: controlla le date."))
        if "vat_number" in data:
            data["company"] = self._company(data.pop("vat_number"))
        return data

    def _company(self, number: str) -> Company | None:
        if not number:
            return None
        found = Company.objects.filter(vat_number=number).exclude(state=CompanyState.REJECTED).first()
        if found is None:
            self.add_error("vat_number", _("Nessuna impresa registrata ha questa partita IVA."))
        return found


class ForecastForm(forms.ModelForm[WorkforceForecast]):
    """Who is needed, how many, from when, and who says so. Words propose occupations; one is confirmed."""

    search_field = "words"

    words = forms.CharField(
        label=_("Di quale mestiere?"),
        max_length=100,
        required=False,
        help_text=_("Scrivi una parola, per esempio «commessa», e premi «Cerca»."),
    )
    occupation = forms.ChoiceField(
        label=_("Scegli il mestiere"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Scegli tra i mestieri proposti.")},
    )
    needed_on = DateField(label=_("Da quando servono"))
    confidence = forms.ChoiceField(label=_("Quanto è sicuro"), choices=Confidence.choices, widget=forms.RadioSelect)
    made_on = DateField(label=_("Quando l'ha detto"))

    class Meta:
        model = WorkforceForecast
        fields = ["occupation", "headcount", "needed_on", "source", "confidence", "made_on"]
        help_texts = {"source": _("La persona, l'ufficio o il documento: «accordo di programma del 3 marzo 2026».")}

    field_order = ("words", "occupation", "headcount")

    def __init__(self, *args: Any, replaces: WorkforceForecast | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._replaces = replaces
        if replaces:
            self.fields["headcount"].help_text = _("Se non serve più nessuno, scrivi 0.")
        source: Any = self.data if self.is_bound else self.initial
        self._words = str(source.get("words") or "").strip()
        self.fields["occupation"].choices = self._proposals(str(source.get("occupation") or ""))  # type: ignore[attr-defined]

    def _proposals(self, chosen: str) -> list[tuple[str, str]]:
        """The occupation chosen so far, then those that the words propose."""
        found = {str(o.pk): o.shown for o in Occupation.objects.filter(pk=chosen)} if is_uuid(chosen) else {}
        if self._words:
            found |= {str(m.occupation.pk): m.occupation.shown for m in find_occupations(self._words)}
        return list(found.items())

    def clean_occupation(self) -> Occupation:
        value = self.cleaned_data["occupation"]
        if value:
            return Occupation.objects.get(pk=value)
        if self._words and not self.fields["occupation"].choices:  # type: ignore[attr-defined]
            raise ValidationError(NO_SAFE_JOB)
        raise ValidationError(_("Scrivi una parola, premi «Cerca» e scegli il mestiere."))

    def clean_headcount(self) -> int:
        value: int = self.cleaned_data["headcount"]
        if value == 0 and self._replaces is None:
            raise ValidationError(_("Scrivi quante persone servono."))
        return value

    def clean_made_on(self) -> Any:
        value = self.cleaned_data["made_on"]
        if value > timezone.localdate():
            raise ValidationError(_("Questa data è nel futuro."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.pop("words", None)
        return data
