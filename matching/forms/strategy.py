"""Choosing a strategy, and changing what it weighs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.scoring import Part, Weights
from matching.engine.strategies import WHOLE, Strategy, is_balanced
from matching.queries.labels import PART_LABELS
from matching.queries.strategies import LABELS, Chosen


class StrategyForm(forms.Form):
    """Which way of weighing a search takes."""

    strategy = forms.TypedChoiceField(
        label=gettext_lazy("Come pesare"),
        choices=[(strategy.value, LABELS[strategy]) for strategy in Strategy],
        coerce=Strategy,
        required=False,
        empty_value=Strategy.STANDARD,
    )


class WeightsForm(forms.Form):
    """A weight for each part, and why it changes."""

    def __init__(self, way: Chosen, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in Part:
            self.fields[part.value] = forms.IntegerField(
                label=str(PART_LABELS[part.value]), min_value=0, max_value=WHOLE, initial=way.weights[part]
            )
        self.fields["motive"] = forms.CharField(
            label=gettext_lazy("Perché lo cambi"),
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=gettext_lazy("Lo legge chiunque apra la pagina «Come proponiamo il lavoro», con la data."),
        )

    def clean(self) -> dict[str, Any]:
        """The weights must make the whole; the sentence says what they make now."""
        cleaned = super().clean() or {}
        if all(part.value in cleaned for part in Part) and not is_balanced(self.weights):
            total = sum(self.weights.values())
            raise ValidationError(
                _("I pesi devono fare %(whole)d in tutto: adesso fanno %(total)d.") % {"whole": WHOLE, "total": total}
            )
        return cleaned

    @property
    def weights(self) -> Weights:
        """The weights typed; only of a form whose numbers are numbers."""
        return {part: self.cleaned_data[part.value] for part in Part}
