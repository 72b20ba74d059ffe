"""Forms about companies to be won."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.models import Company, TargetCompany
from employers.queries.companies import staff_of_desks
from employers.states import TARGET_TRANSITIONS, WITH_COMPANY, CompanyState, TargetState
from sportello.core.fields import DateField
from sportello.core.validators import clean_vat_number
from sportello.territory.forms.fields import MunicipalityField
from sportello.territory.models import Desk


class TargetForm(forms.ModelForm[TargetCompany]):
    """Which company, whom to call, who follows it, what comes next."""

    municipality = MunicipalityField(
        label=_("Comune"), max_length=110, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    next_step_on = DateField(label=_("Entro quando"), required=False)

    class Meta:
        model = TargetCompany
        fields = [
            "name",
            "municipality",
            "contact_name",
            "contact_email",
            "contact_phone",
            "desk",
            "owner",
            "next_step",
            "next_step_on",
        ]
        help_texts = {"next_step": _("Per esempio: telefonare al direttore del personale")}

    def __init__(self, data: Any = None, *, instance: TargetCompany | None, desks: Iterable[UUID], me: UUID) -> None:
        initial: dict[str, Any] = {"municipality": instance.municipality} if instance else {"owner": me}
        super().__init__(data, instance=instance, initial=initial)
        mine = set(desks) | ({instance.desk_id} if instance else set())
        self.fields["desk"].queryset = Desk.objects.filter(pk__in=mine).order_by("name")  # type: ignore[attr-defined]
        self.fields["owner"].queryset = staff_of_desks(mine)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("next_step") and not data.get("next_step_on") and "next_step_on" not in self.errors:
            self.add_error("next_step_on", _("Scrivi entro quando."))
        if data.get("next_step_on") and not data.get("next_step") and "next_step" not in self.errors:
            self.add_error("next_step", _("Scrivi che cosa si farà in quel giorno."))
        return data


class StepForm(forms.Form):
    """The next state, the day on which it came about, and a word."""

    to = forms.ChoiceField(label=_("A che punto siamo"), widget=forms.RadioSelect)
    happened_on = DateField(label=_("Quando"))
    note = forms.CharField(
        label=_("Nota"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Se lasci l'impresa, scrivi perché."),
    )

    def __init__(self, *args: Any, target: TargetCompany, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = TARGET_TRANSITIONS[TargetState(target.state)]
        open_to = [s for s in TargetState if s in following and (target.company_id or s not in WITH_COMPANY)]
        self.fields["to"].choices = [(s.value, s.label) for s in open_to]  # type: ignore[attr-defined]

    def clean_happened_on(self) -> Any:
        value = self.cleaned_data["happened_on"]
        if value > timezone.localdate():
            raise ValidationError(_("Questa data è nel futuro."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("to") == TargetState.DROPPED and not data.get("note"):
            self.add_error("note", _("Scrivi perché la lasci."))
        return data


class LinkForm(forms.Form):
    """The record of the company, by its number."""

    vat_number = forms.CharField(label=_("Partita IVA"), max_length=20, help_text=_("Undici cifre"))

    def clean_vat_number(self) -> Company:
        number = clean_vat_number(self.cleaned_data["vat_number"])
        registered = Company.objects.filter(state__in=(CompanyState.SUBMITTED, CompanyState.APPROVED))
        found = registered.filter(vat_number=number).first()
        if found is None:
            raise ValidationError(_("Nessuna impresa registrata ha questa partita IVA."))
        return found
