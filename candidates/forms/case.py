"""Forms of a conversation at the desk."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import (
    AppointmentMode,
    ContactChannel,
    DeclarationKind,
    DeclarationProvenance,
    ReadingPurpose,
    ServicePactKind,
    TargetArea,
)
from candidates.models import Contact, PlannedAction, ServicePact
from candidates.queries.target_area import AreaCheck
from candidates.states import CaseClosing, PlannedActionState
from sportello.accounts.models import User
from sportello.core.fields import DateField, UploadField
from sportello.territory.models import Desk
from sportello.territory.queries import closures_of, is_closing_day, opening_of

DURATIONS = ((30, _("30 minuti")), (45, _("45 minuti")), (60, _("un'ora")))


def _not_future(value: Any) -> None:
    if value > timezone.localdate():
        raise ValidationError(_("Questa data è nel futuro."))


def _not_past(value: Any) -> None:
    if value < timezone.localdate():
        raise ValidationError(_("Questa data è già passata."))


class TakeInChargeForm(forms.Form):
    """Which desk follows the person, what they declare of themself, and the area that the operator confirms.

    `check`, with the declared facts, gives the verdicts of the rules; a choice that differs from theirs says why.
    """

    desk = forms.ModelChoiceField(label=_("Sportello"), queryset=Desk.objects.none())
    isee = forms.IntegerField(
        label=_("ISEE in euro"),
        min_value=0,
        max_value=999_999,
        required=False,
        help_text=_("Solo se la persona lo dice."),
    )
    civil_percent = forms.IntegerField(
        label=_("Invalidità civile, in percentuale"), min_value=0, max_value=100, required=False
    )
    work_percent = forms.IntegerField(
        label=_("Invalidità del lavoro, in percentuale"), min_value=0, max_value=100, required=False
    )
    target_area = forms.ChoiceField(
        label=_("Area"),
        choices=[("", _("Nessuna in particolare")), *TargetArea.choices],
        required=False,
        help_text=_("Vale per i programmi dedicati. Resta fissata a oggi."),
    )
    target_reason = forms.CharField(
        label=_("Perché un'area diversa da quella proposta"), max_length=300, required=False
    )

    def __init__(self, *args: Any, desks: Any, check: Callable[..., AreaCheck], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check
        self.verdicts: AreaCheck | None = None
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            declared = {name: data.get(name) for name in ("isee", "civil_percent", "work_percent")}
            self.verdicts = self.check(**declared)
            if data["target_area"] == self.verdicts.proposed:
                data["target_reason"] = ""
            elif not data["target_reason"]:
                self.add_error(
                    "target_reason", _("Le regole propongono un'altra area: scrivi perché ne scegli una diversa.")
                )
        return data


class DeclarationForm(forms.Form):
    """What the regional or national system holds of the person's declaration."""

    kind = forms.ChoiceField(label=_("Che cosa risulta"), choices=DeclarationKind.choices, widget=forms.RadioSelect)
    declared_on = DateField(label=_("In che giorno"), validators=[_not_future])
    provenance = forms.ChoiceField(
        label=_("Da dove risulta"), choices=DeclarationProvenance.choices, widget=forms.RadioSelect
    )


class ReassignForm(forms.Form):
    """Who follows the person from today, and why."""

    operator = forms.ModelChoiceField(
        label=_("Chi segue la persona"), queryset=User.objects.none(), empty_label=_("Scegli una persona")
    )
    reason = forms.CharField(
        label=_("Perché"), max_length=200, help_text=_("Per esempio: congedo, trasferimento, carico di lavoro.")
    )

    def __init__(self, *args: Any, operators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operator"].queryset = operators  # type: ignore[attr-defined]


class ContactForm(forms.ModelForm[Contact]):
    """What was said, how and when."""

    channel = forms.ChoiceField(label=_("Come"), choices=ContactChannel.choices, widget=forms.RadioSelect)
    happened_on = DateField(label=_("Quando"), validators=[_not_future])

    class Meta:
        model = Contact
        fields = ["channel", "happened_on", "reason", "note", "visibility"]
        widgets = {
            "visibility": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 4}),
        }


class PactForm(forms.ModelForm[ServicePact]):
    """The pact as the law wants it: five elements, in plain words."""

    responsible = forms.ModelChoiceField(label=_("Responsabile delle attività"), queryset=User.objects.none())
    expires_on = DateField(label=_("Valido fino al"), required=False, validators=[_not_past])

    class Meta:
        model = ServicePact
        fields = [
            "kind",
            "responsible",
            "employability_profile",
            "search_acts",
            "contact_every_days",
            "proof_of_search",
            "commitments",
            "expires_on",
        ]
        widgets = {
            name: forms.Textarea(attrs={"rows": 3})
            for name in ("employability_profile", "search_acts", "proof_of_search", "commitments")
        }

    def __init__(self, *args: Any, operators: Any, kinds: Collection[ServicePactKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = operators  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]


class ActionForm(forms.ModelForm[PlannedAction]):
    """One thing to do, with its day."""

    due_on = DateField(label=_("Entro il"), validators=[_not_past])

    class Meta:
        model = PlannedAction
        fields = ["text", "due_on"]


class ProofForm(forms.Form):
    """What the person did for an agreed action: in words, with a file, or both."""

    text = forms.CharField(
        label=_("Che cosa hai fatto"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Per esempio: il 3 marzo ho mandato il curriculum a due imprese di Segrate."),
    )
    file = UploadField(
        label=_("Un documento, se c'è"), kinds=("application/pdf", "image/jpeg", "image/png"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("text") and not cleaned.get("file"):
            raise ValidationError({"text": _("Scrivi che cosa hai fatto, o aggiungi un documento.")})
        return cleaned


class CloseActionForm(forms.Form):
    """How an agreed action ended."""

    state = forms.ChoiceField(
        label=_("Com'è andata"),
        choices=[
            (PlannedActionState.DONE.value, PlannedActionState.DONE.label),
            (PlannedActionState.ABANDONED.value, PlannedActionState.ABANDONED.label),
        ],
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(label=_("Nota"), max_length=300, required=False)


def _is_closed(desk: Desk | None, moment: datetime) -> bool:
    """Whether a desk does not receive at that moment: closed for days, or outside the hours that are written down."""
    if desk is None:
        return False
    if desk.opening_hours.exists():
        return not opening_of(desk, timezone.localtime(moment)).is_open
    return is_closing_day(desk, closures_of(desk), timezone.localdate(moment))


class AppointmentForm(forms.Form):
    """Day, hour and length of a meeting."""

    desk = forms.ModelChoiceField(label=_("Sportello"), queryset=Desk.objects.none())
    day = DateField(label=_("Giorno"), validators=[_not_past])
    hour = forms.TimeField(
        label=_("Ora"), widget=forms.TimeInput(attrs={"type": "time"}), help_text=_("Per esempio 9:30")
    )
    minutes = forms.TypedChoiceField(label=_("Durata"), choices=DURATIONS, coerce=int, initial=30)
    mode = forms.ChoiceField(label=_("Come"), choices=AppointmentMode.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Motivo"), max_length=150)

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "day" in data and "hour" in data:
            starts_at = timezone.make_aware(datetime.combine(data["day"], data["hour"]))
            if starts_at <= timezone.now():
                self.add_error("hour", _("Quest'ora è già passata."))
            elif _is_closed(data.get("desk"), starts_at):
                self.add_error("hour", _("A quest'ora lo sportello è chiuso: guarda i suoi orari."))
            data["starts_at"] = starts_at
            data["ends_at"] = starts_at + timedelta(minutes=data.get("minutes", 30))
        return data


class CloseCaseForm(forms.Form):
    """Why the case ends."""

    closing = forms.ChoiceField(label=_("Esito"), choices=CaseClosing.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("Nota"), required=False, widget=forms.Textarea(attrs={"rows": 3}))


class ReadingReasonForm(forms.Form):
    """Why a person's file is opened; the person reads the answer."""

    PURPOSES = (
        (ReadingPurpose.APPOINTMENT, _("Ha un appuntamento con noi")),
        (ReadingPurpose.CONTACT, _("Ci ha contattato")),
        (ReadingPurpose.PROPOSAL, _("Cerco persone per un'offerta")),
        (ReadingPurpose.REPLACEMENT, _("Sostituisco un collega")),
        (ReadingPurpose.CHECK, _("Controllo di qualità")),
    )
    purpose = forms.ChoiceField(label=_("Apri questa scheda perché"), choices=PURPOSES, widget=forms.RadioSelect)


class CancelForm(forms.Form):
    """A person cannot come to a meeting."""

    note = forms.CharField(
        label=_("Perché non puoi venire?"),
        max_length=150,
        required=False,
        help_text=_("Lo legge solo lo sportello. Puoi anche non scrivere nulla."),
    )
