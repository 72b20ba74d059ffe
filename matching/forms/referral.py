"""Forms on the way from a proposal to a placement."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matching.models import Placement, Referral
from matching.states import GIVEN_REASONS, REASONS_FOR, CheckOutcome, CheckSource, OverrideKind, OverrideReason
from sportello.core.fields import DateField

FARTHEST_START = timedelta(days=366)
"""A later beginning is a typing error in the year, or not yet an agreement."""


class ReasonForm(forms.Form):
    """Why somebody decides otherwise than the ranking."""

    reason = forms.TypedChoiceField(
        label=_("Perché"),
        coerce=OverrideReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli un motivo.")},
    )
    motive = forms.CharField(
        label=_("Il motivo in parole tue"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lo legge anche la persona. Nessun dato su salute, famiglia o origine."),
    )

    def __init__(self, *args: Any, kind: OverrideKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons: Any = self.fields["reason"]
        reasons.choices = [(reason.value, reason.label) for reason in REASONS_FOR[kind]]


class ReferForm(ReasonForm):
    """What the company reads beside the profile, if the person agrees; and why, for whom the ranking does not hold."""

    note = forms.CharField(
        label=_("Nota per l'impresa"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("La legge anche la persona. Nessun dato su salute, famiglia o origine."),
    )

    def __init__(self, *args: Any, is_outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, kind=OverrideKind.PUT_FORWARD, **kwargs)
        if not is_outside:
            del self.fields["reason"], self.fields["motive"]


class AnswerForm(forms.Form):
    """The person's answer."""

    agreed = forms.TypedChoiceField(
        label=_("Vuoi che mandiamo il tuo profilo all'impresa?"),
        choices=[("yes", _("Sì, mandatelo")), ("no", _("No, questa volta no"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli sì o no.")},
    )


class StepForm(forms.Form):
    """A step forward, with a word for the person."""

    message_to_person = forms.CharField(
        label=_("Messaggio per la persona"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class RefusalForm(forms.Form):
    """A no has a reason; what the person reads and what the desk reads are two texts."""

    reason = forms.ChoiceField(
        label=_("Perché no"),
        choices=[(reason.value, reason.label) for reason in GIVEN_REASONS],
        widget=forms.RadioSelect,
    )
    message_to_person = forms.CharField(
        label=_("Messaggio per la persona"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    message_to_desk = forms.CharField(
        label=_("Messaggio per lo sportello"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("La persona non lo legge."),
    )


class HireForm(forms.ModelForm[Placement]):
    """The beginning of the work."""

    starts_on = DateField(label=pgettext_lazy("placement", "Inizio"))
    ends_on = DateField(label=_("Fine, se il contratto è a termine"), required=False)

    class Meta:
        model = Placement
        fields = ["contract_type", "starts_on", "ends_on", "weekly_hours"]

    def __init__(self, *args: Any, referral: Referral, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._asked_on = timezone.localdate(referral.created_at)

    def clean_starts_on(self) -> date:
        value: date = self.cleaned_data["starts_on"]
        if value < self._asked_on:
            raise ValidationError(
                _("Il lavoro non può cominciare prima della candidatura, che è del %s.")
                % date_format(self._asked_on, "j F Y")
            )
        if value > timezone.localdate() + FARTHEST_START:
            raise ValidationError(_("L'inizio è tra più di un anno: dichiara l'assunzione più avanti."))
        return value

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("La fine è prima dell'inizio."))
        return data


class FollowUpForm(forms.Form):
    """Whether the work goes on, and who says so."""

    outcome = forms.ChoiceField(label=_("Che cosa risulta"), choices=CheckOutcome.choices, widget=forms.RadioSelect)
    ended_on = DateField(
        label=_("Ultimo giorno di questo lavoro"),
        required=False,
        help_text=_("Se non lavora più lì."),
    )
    source = forms.ChoiceField(label=_("Chi lo dice"), choices=CheckSource.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._starts_on = placement.starts_on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        outcome, ended_on = data.get("outcome"), data.get("ended_on")
        if outcome in (CheckOutcome.ENDED, CheckOutcome.ELSEWHERE):
            if "ended_on" in data and not ended_on:
                self.add_error("ended_on", _("Scrivi l'ultimo giorno: serve per contare i giorni di lavoro."))
            elif ended_on and not self._starts_on <= ended_on <= timezone.localdate():
                self.add_error("ended_on", _("L'ultimo giorno sta tra l'inizio del lavoro e oggi."))
        elif ended_on:
            self.add_error("ended_on", _("Se il lavoro continua, lascia vuoto questo giorno."))
        return data


class CheckForm(forms.Form):
    """Whether the placement is true, and how we know."""

    outcome = forms.ChoiceField(
        label=_("Esito del controllo"),
        choices=[("verify", _("Verificato")), ("reject", _("Non confermato"))],
        widget=forms.RadioSelect,
    )
    notice_code = forms.CharField(
        label=_("Codice della comunicazione obbligatoria (COB)"),
        max_length=40,
        required=False,
        help_text=_("Se è verificato. Lo trovi sulla ricevuta UniLav."),
    )
    reason = forms.CharField(label=_("Motivo"), max_length=300, required=False, help_text=_("Se non è confermato."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("outcome") == "verify" and not data.get("notice_code"):
            self.add_error("notice_code", _("Scrivi il codice: senza la comunicazione l'inserimento non conta."))
        if data.get("outcome") == "reject" and not data.get("reason"):
            self.add_error("reason", _("Scrivi il motivo."))
        return data
