"""The ways in which a person signs a pact, and what a second person answers."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WIDTH, HEIGHT = 600, 200
"""The sheet on which a signature is drawn, as `static/js/signature.js` knows it."""

_STROKES = re.compile(r"(?:M\d{1,3} \d{1,3}(?:L\d{1,3} \d{1,3})*)+")
_POINT = re.compile(r"(\d+) (\d+)")
LEAST_POINTS = 12
"""A touch by mistake leaves fewer."""


def check_drawing(path: str) -> None:
    """Refuse what is not a line of some length on the sheet: only straight strokes between whole points. Raises ValidationError."""
    if not _STROKES.fullmatch(path):
        raise ValidationError(_("La firma non è arrivata: disegnala un'altra volta."))
    points = {(int(x), int(y)) for x, y in _POINT.findall(path)}
    if len(points) < LEAST_POINTS or any(x > WIDTH or y > HEIGHT for x, y in points):
        raise ValidationError(_("La firma è troppo corta: disegnala un'altra volta."))


class DrawingForm(forms.Form):
    """A signature drawn on the screen, as an SVG path."""

    drawing = forms.CharField(
        widget=forms.HiddenInput,
        max_length=30_000,
        validators=[check_drawing],
        error_messages={"required": _("Disegna la firma nel riquadro.")},
    )


class CodeForm(forms.Form):
    """The six digits that the person received."""

    code = forms.RegexField(
        r"^\d{6}$",
        label=_("Codice di sei cifre"),
        error_messages={"invalid": _("Il codice ha sei cifre.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 6}),
    )


class PaperForm(forms.Form):
    """Both sign in the same moment, face to face."""

    read_together = forms.BooleanField(
        label=_("Abbiamo letto insieme il patto e la persona l'ha firmato su carta davanti a me"),
        error_messages={"required": _("Il patto vale solo con la firma di entrambi.")},
    )


class ReviewForm(forms.Form):
    """What must be corrected in a draft, where it is sent back."""

    motive = forms.CharField(label=_("Che cosa va corretto"), max_length=300, required=False)
    approves = forms.TypedChoiceField(
        label=_("La tua risposta"),
        choices=[("si", _("Approvo questo patto")), ("no", _("Va corretto"))],
        coerce=lambda value: value == "si",
        widget=forms.RadioSelect,
    )
    field_order = ["approves", "motive"]

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("approves") is False and not data.get("motive"):
            self.add_error("motive", _("Scrivi che cosa va corretto."))
        return data


class SignMyPactForm(forms.Form):
    """The person's own word that they have read and agree."""

    agrees = forms.BooleanField(
        label=_("Ho letto il patto e sono d'accordo"),
        error_messages={"required": _("Metti la spunta se sei d'accordo. Se qualcosa non va, chiama lo sportello.")},
    )
