"""The Punto Parità: a request, the hour, the closing; one area of the checklist."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.engine.readiness import Question
from employers.enums import AdvisoryChannel, AdvisoryOutcome
from employers.models import AdvisoryRequest
from employers.render.readiness import words_of
from sportello.core.fields import DateField

ANSWER_WORDS = (("yes", _("Sì")), ("partly", _("In parte")), ("no", _("No")))


class AdviceForm(forms.ModelForm[AdvisoryRequest]):
    """What about, how, when."""

    channel = forms.ChoiceField(
        label=_("Come preferite incontrarci"), choices=AdvisoryChannel.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = AdvisoryRequest
        fields = ["question", "channel", "preferred_days"]
        widgets = {"question": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"preferred_days": _("Giorni e ore, per esempio: martedì o giovedì mattina")}


class AdviceHourForm(forms.Form):
    """When and where the company is received."""

    day = DateField(label=_("Giorno dell'incontro"))
    hour = forms.TimeField(
        label=_("Ora"),
        help_text=_("Per esempio 10:30"),
        error_messages={"invalid": _("Scrivi l'ora così: 10:30.")},
        widget=forms.TimeInput(format="%H:%M"),
    )
    place = forms.CharField(
        label=_("Dove"), max_length=300, help_text=_("L'indirizzo dello sportello, oppure il collegamento al video.")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("day") and data.get("hour") and self._moment(data) <= timezone.now():
            raise ValidationError(_("Questa ora è già passata."))
        return data

    @staticmethod
    def _moment(data: dict[str, Any]) -> datetime:
        return timezone.make_aware(datetime.combine(data["day"], data["hour"]))

    @property
    def meets_at(self) -> datetime:
        """The moment, in the portal's time zone; wants a valid form."""
        return self._moment(self.cleaned_data)


class AdviceClosingForm(forms.Form):
    """How it ended, and what the company reads."""

    outcome = forms.ChoiceField(label=_("Com'è finita"), choices=AdvisoryOutcome.choices, widget=forms.RadioSelect)
    answer = forms.CharField(
        label=_("Risposta all'impresa"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("L'impresa la riceve per e-mail."),
    )


class AreaForm(forms.Form):
    """The questions of one area; what is left open can be answered later."""

    def __init__(self, *args: Any, questions: tuple[Question, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[question.code] = forms.ChoiceField(
                label=words_of(question), choices=ANSWER_WORDS, widget=forms.RadioSelect, required=False
            )

    @property
    def answers(self) -> dict[str, str]:
        """The questions answered; wants a valid form."""
        return {code: answer for code, answer in self.cleaned_data.items() if answer}
