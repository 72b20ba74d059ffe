"""Who works for the company, in plain words."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.engine.quota import Staff

MOST_PEOPLE = 100_000
MOST_HOURS = 48


class StaffForm(forms.Form):
    """The base of the reckoning: full-timers, those who do not count, hours of the part-timers, people already hired."""

    heads = forms.IntegerField(
        label=_("Dipendenti a tempo pieno"),
        min_value=0,
        max_value=MOST_PEOPLE,
        help_text=_("Quante persone, in tutta Italia. Conta anche chi è in congedo; non contare il part-time."),
    )
    excluded = forms.IntegerField(
        label=_("Di questi, quanti non si contano"),
        min_value=0,
        max_value=MOST_PEOPLE,
        initial=0,
        help_text=_(
            "Dirigenti, apprendisti, contratti a termine fino a 6 mesi, soci di cooperative, persone in somministrazione, "
            "a domicilio o assunte per lavorare all'estero, persone già assunte con la L. 68/99."
        ),
    )
    part_time_hours = forms.DecimalField(
        label=_("Ore settimanali di tutti i part-time insieme"),
        min_value=0,
        max_value=MOST_PEOPLE * MOST_HOURS,
        decimal_places=2,
        localize=True,
        initial=0,
        help_text=_("Somma le ore di contratto di chi si conta. Per esempio: due persone a 20 ore fanno 40."),
    )
    full_time_hours = forms.DecimalField(
        label=_("Ore settimanali del tempo pieno"),
        min_value=1,
        max_value=MOST_HOURS,
        decimal_places=2,
        localize=True,
        initial=40,
        help_text=_("Come dice il vostro contratto collettivo."),
    )
    hired_disabled = forms.IntegerField(
        label=_("Persone con disabilità già assunte"), min_value=0, max_value=MOST_PEOPLE, initial=0
    )
    hired_families = forms.IntegerField(
        label=_("Familiari e orfani (art. 18) già assunti"), min_value=0, max_value=MOST_PEOPLE, initial=0
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("excluded", 0) > data.get("heads", MOST_PEOPLE):
            self.add_error("excluded", _("Sono più di chi lavora a tempo pieno: ricontrolla."))
        return data

    @property
    def staff(self) -> Staff:
        """What was told; wants a valid form."""
        return Staff(
            **{name: value + Decimal(0) if "hours" in name else value for name, value in self.cleaned_data.items()}
        )
