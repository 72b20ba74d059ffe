"""Forms of the pages that join several rooms."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.indicators import INDICATORS
from reports.rules import Indicator, Semester, Unit
from sportello.core.fields import DateField
from sportello.pacts.models import TerritorialPact
from sportello.reference.enums import RuleUnit
from sportello.reference.rules import RuleKind

LARGEST_RULE = 100_000
"""Euros or days beyond it are a slip of the keys."""
_LARGEST = {
    (RuleUnit.HOURS, "first"): 23,
    (RuleUnit.HOURS, "last"): 23,
    (RuleUnit.CALENDAR_DAY, "day"): 31,
    (RuleUnit.CALENDAR_DAY, "month"): 12,
}
"""The largest number of a unit's parts, where the calendar or the clock sets it."""
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Of each month, in a year that is no leap year."""
LARGEST_TARGET = 1_000_000
"""More than the people of working age of the whole metropolitan city: a larger number is a slip of the keys."""


class GoalForm(forms.Form):
    """What a pact wants to reach: a figure of the report, how much of it, by the end of which semester."""

    title = forms.CharField(
        label=_("Obiettivo"),
        max_length=200,
        help_text=_("Una frase che tutti capiscono. Per esempio: accompagnare al lavoro 500 persone."),
    )
    indicator = forms.ChoiceField(
        label=_("Come si misura"),
        help_text=_("È un numero del rapporto semestrale: nessuno lo scrive a mano."),
    )
    target = forms.IntegerField(
        label=_("Quanto, almeno"),
        min_value=1,
        max_value=LARGEST_TARGET,
        help_text=_("Un numero intero, nell'unità scelta sopra."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    semester = forms.TypedChoiceField(
        label=_("Entro la fine del"),
        coerce=Semester.parse,
        help_text=_("I numeri arrivano con il rapporto di ogni semestre."),
    )

    def __init__(self, *args: Any, pact: TerritorialPact, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.initial.get("semester")
        semesters = Semester.span(max(today, pact.starts_on), pact.ends_on)
        if chosen and Semester.parse(chosen) not in semesters:
            semesters.insert(0, Semester.parse(chosen))
        fields: dict[str, Any] = self.fields
        fields["semester"].choices = [(f"{s.year}-{s.half}", s.label) for s in semesters]
        # A goal is reached from below: of what should become less it would say the contrary.
        offered = [i for i in INDICATORS if i.has_total and i.polarity >= 0]
        fields["indicator"].choices = [
            ("", _("Scegli un numero")),
            (str(_("Totale dall'inizio del patto")), [_choice(i) for i in offered if i.adds_up]),
            (str(_("Valore di un semestre")), [_choice(i) for i in offered if not i.adds_up]),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        unit = next((i.unit for i in INDICATORS if i.key == data.get("indicator")), None)
        if unit in (Unit.PERCENT, Unit.PER_THOUSAND) and data.get("target", 0) > (
            100 if unit is Unit.PERCENT else 1000
        ):
            self.add_error("target", ValidationError(_("Una parte non supera il tutto: scrivi un numero più piccolo.")))
        return data


def _choice(indicator: Indicator) -> tuple[str, str | Promise]:
    return indicator.key, f"{indicator.label} (%)" if indicator.unit is Unit.PERCENT else indicator.label


class RuleForm(forms.Form):
    """A new value of a rule: as many numbers as its unit wants, from when, and the act that says so."""

    valid_from = DateField(
        label=_("Vale dal"),
        help_text=_("Dopo l'inizio del valore più recente. Per esempio 1 1 2027"),
    )
    citation = forms.CharField(
        label=_("Atto che lo dice"),
        max_length=300,
        help_text=_("Legge, decreto, avviso o delibera, con data e articolo."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    indicative = forms.BooleanField(
        label=_("È un valore indicativo"),
        required=False,
        help_text=_("Nessun atto lo fissa, oppure non è ancora confermato."),
    )

    def __init__(self, *args: Any, kind: RuleKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        match kind.unit:
            case RuleUnit.AGES:
                self._numbers = {"first": _("Dall'età di"), "last": _("All'età di")}
            case RuleUnit.HOURS:
                self._numbers = {"first": _("Dalle ore"), "last": _("Alle ore")}
            case RuleUnit.CALENDAR_DAY:
                self._numbers = {"day": _("Giorno"), "month": _("Mese, da 1 a 12")}
            case RuleUnit.DISTANCE:
                self._numbers = {"km": _("Chilometri"), "minutes": _("Minuti")}
            case _other:
                self._numbers = {"value": _("Nuovo valore")}
        for name, label in self._numbers.items():
            self.fields[name] = forms.IntegerField(
                label=label,
                min_value=kind.minimum,
                max_value=_LARGEST.get((kind.unit, name), LARGEST_RULE),
                help_text=kind.unit.label if name == "value" else "",
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )
        self.order_fields([*self._numbers])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self._kind.unit is RuleUnit.AGES and data.get("first", 0) > data.get("last", LARGEST_RULE):
            self.add_error("last", _("La seconda età viene prima della prima."))
        if self._kind.unit is RuleUnit.CALENDAR_DAY and data.get("day", 1) > _LAST_DAYS[data.get("month", 1) - 1]:
            self.add_error("day", _("Questo giorno non c'è in ogni anno: scegline uno che c'è sempre."))
        return data

    @property
    def rule_value(self) -> int | list[int] | dict[str, int]:
        """The numbers in the shape in which rules keep them; wants a valid form."""
        numbers = {name: self.cleaned_data[name] for name in self._numbers}
        match self._kind.unit:
            case RuleUnit.AGES | RuleUnit.HOURS:
                return [numbers["first"], numbers["last"]]
            case RuleUnit.CALENDAR_DAY:
                return [numbers["day"], numbers["month"]]
            case RuleUnit.DISTANCE:
                return numbers
            case _other:
                value: int = numbers["value"]
                return value


class RetireGoalForm(forms.Form):
    """Why a goal is given up."""

    reason = forms.CharField(
        label=_("Perché"),
        max_length=300,
        help_text=_("Lo legge chiunque, sulla pagina del patto."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EraseMeForm(forms.Form):
    """The person's own word that they mean it; a form sent empty erases nobody."""

    understood = forms.BooleanField(
        label=_("Ho capito: i miei dati si cancellano per sempre"),
        error_messages={"required": _("Se vuoi cancellare i tuoi dati, metti la spunta qui.")},
    )


class ErasePersonForm(forms.Form):
    """How the person asked at the desk to be erased."""

    motive = forms.CharField(
        label=_("Come l'ha chiesto la persona"),
        max_length=200,
        help_text=_("Per esempio: di persona il 3 marzo, con un documento. Non scrivere nomi."),
    )
    understood = forms.BooleanField(
        label=_("Ho controllato chi è, e che lo vuole davvero"),
        error_messages={"required": _("Prima controlla chi è la persona, poi metti la spunta qui.")},
    )
