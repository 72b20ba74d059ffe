"""The search above the public board."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.enums import HoursKind
from employers.queries.board import BoardSearch
from employers.queries.facets import job_groups
from sportello.reference.models import ContractType
from sportello.territory.forms.search import DEFAULT_KM, NearForm

PAYS = (
    (1200, _("da 1.200 euro al mese")),
    (1500, _("da 1.500 euro al mese")),
    (1800, _("da 1.800 euro al mese")),
    (2200, _("da 2.200 euro al mese")),
)
"""Steps that a person thinks in; the ad's own pay, whatever its period, is reckoned by the month."""

_ANY = ("", _("Qualsiasi"))


class BoardForm(NearForm):
    """What, where, how far, on which conditions; all optional."""

    cosa = forms.CharField(label=_("Che lavoro cerchi?"), max_length=100, required=False)
    contratto = forms.ChoiceField(label=_("Contratto"), required=False)
    orario = forms.ChoiceField(label=_("Orario"), choices=[_ANY, *HoursKind.choices], required=False)
    gruppo = forms.ChoiceField(label=_("Tipo di lavoro"), required=False)
    paga = forms.TypedChoiceField(label=_("Retribuzione lorda"), choices=[_ANY, *PAYS], coerce=int, required=False)
    oggi = forms.BooleanField(label=_("Solo quelle di oggi"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        contracts = [(row.code, row.shown) for row in ContractType.objects.all()]
        self.fields["contratto"].choices = [_ANY, *contracts]  # type: ignore[attr-defined]
        self.fields["gruppo"].choices = [_ANY, *job_groups()]  # type: ignore[attr-defined]

    def search(self) -> BoardSearch:
        """The valid part of what was asked: a town misspelt does not empty the page."""
        data = self.cleaned_data if self.is_bound else {}
        return BoardSearch(
            words=data.get("cosa") or "",
            place=data.get("dove"),
            km=data.get("km") or DEFAULT_KM,
            contract=data.get("contratto") or "",
            hours_kind=data.get("orario") or "",
            group=data.get("gruppo") or "",
            pay_from=data.get("paga") or 0,
            only_today=bool(data.get("oggi")),
        )

    def conditions(self) -> list[tuple[str, str]]:
        """Chosen conditions beside words and place: the field's name and the label of its value, for chips."""
        data = self.cleaned_data if self.is_bound else {}
        chosen = [(name, data[name]) for name in ("contratto", "orario", "gruppo", "paga") if data.get(name)]
        labels = [(name, str(dict(self.fields[name].choices)[value])) for name, value in chosen]  # type: ignore[attr-defined]
        return [*labels, ("oggi", str(self.fields["oggi"].label))] if data.get("oggi") else labels


class AlertForm(forms.Form):
    """Where to write."""

    email = forms.EmailField(label=_("La tua e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
