"""Forms of the agenda: when operators receive, groups, what a person books."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import AppointmentMode
from candidates.models import GroupMeeting, ReceptionHours
from sportello.core.fields import DateField
from sportello.territory.enums import Weekday
from sportello.territory.models import Desk

LENGTHS = (
    (20, _("20 minuti")),
    (30, _("30 minuti")),
    (45, _("45 minuti")),
    (60, _("un'ora")),
    (90, _("un'ora e mezza")),
)
GROUP_LENGTHS = ((60, _("un'ora")), (90, _("un'ora e mezza")), (120, _("2 ore")), (180, _("3 ore")), (240, _("4 ore")))


def _not_past(value: Any) -> None:
    if value < timezone.localdate():
        raise ValidationError(_("Questa data è già passata."))


def _time_field(label: Any, **kwargs: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Scrivi ore e minuti, per esempio 9:30.")},
        **kwargs,
    )


class ReceptionForm(forms.ModelForm[ReceptionHours]):
    """Days and hours in which people may book, and how long each meeting lasts."""

    desk = forms.ModelChoiceField(label=_("Sportello"), queryset=Desk.objects.none())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Giorni"), choices=Weekday.choices, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    begins = _time_field(_("Dalle"), help_text=_("Per esempio 9:00"))
    ends = _time_field(_("Alle"), help_text=_("Per esempio 12:30"))
    minutes = forms.TypedChoiceField(label=_("Durata di un incontro"), choices=LENGTHS, coerce=int, initial=45)
    mode = forms.ChoiceField(
        label=_("Come"),
        choices=AppointmentMode.choices,
        widget=forms.RadioSelect,
        initial=AppointmentMode.IN_PERSON,
    )
    valid_from = DateField(label=_("Vale dal"), validators=[_not_past])
    valid_to = DateField(label=_("Vale fino al"), required=False, validators=[_not_past])
    field_order = ["desk", "weekdays", "begins", "ends", "minutes", "mode", "valid_from", "valid_to"]

    class Meta:
        model = ReceptionHours
        fields = ["desk", "begins", "ends", "minutes", "mode", "valid_from", "valid_to"]

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]

    def _post_clean(self) -> None:
        """One form writes several rows: the database judges each, and the service says what it refused."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        begins, ends = data.get("begins"), data.get("ends")
        if begins and ends:
            minutes = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
            if minutes < data.get("minutes", 1):
                self.add_error("ends", _("Tra queste ore non sta neppure un incontro: scrivi un'ora più tarda."))
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("L'ultimo giorno viene prima del primo."))
        return data


class ClosureForm(forms.Form):
    """Which desk is closed, on which days."""

    desk = forms.ModelChoiceField(label=_("Sportello"), queryset=Desk.objects.none())
    first_day = DateField(label=_("Dal giorno"), validators=[_not_past])
    last_day = DateField(label=_("Fino al giorno"), validators=[_not_past])
    reason = forms.CharField(
        label=_("Perché"),
        max_length=150,
        required=False,
        help_text=_("Per esempio: lavori, trasloco, sciopero. Lo leggono tutti sulla pagina dello sportello."),
    )

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("first_day") and data.get("last_day") and data["last_day"] < data["first_day"]:
            self.add_error("last_day", _("L'ultimo giorno viene prima del primo."))
        return data


class AbsenceForm(forms.Form):
    """From when to when; without hours, whole days."""

    first_day = DateField(label=_("Dal giorno"), validators=[_not_past])
    last_day = DateField(label=_("Fino al giorno"), validators=[_not_past])
    begins = _time_field(_("Dalle"), required=False, help_text=_("Se non manchi tutto il giorno."))
    ends = _time_field(_("Alle"), required=False, help_text=_("Se non manchi tutto il giorno."))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            last_day, ends = data["last_day"], data["ends"]
            if ends is None:
                last_day, ends = last_day + timedelta(days=1), time.min
            data["starts_at"] = timezone.make_aware(datetime.combine(data["first_day"], data["begins"] or time.min))
            data["ends_at"] = timezone.make_aware(datetime.combine(last_day, ends))
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("last_day", _("La fine viene prima dell'inizio."))
        return data


class GroupForm(forms.ModelForm[GroupMeeting]):
    """A meeting with several people."""

    desk = forms.ModelChoiceField(label=_("Sportello"), queryset=Desk.objects.none())
    day = DateField(label=_("Giorno"), validators=[_not_past])
    hour = _time_field(_("Ora"), help_text=_("Per esempio 9:30"))
    minutes = forms.TypedChoiceField(label=_("Durata"), choices=GROUP_LENGTHS, coerce=int, initial=120)
    mode = forms.ChoiceField(
        label=_("Come"),
        choices=[choice for choice in AppointmentMode.choices if choice[0] != AppointmentMode.PHONE],
        widget=forms.RadioSelect,
        initial=AppointmentMode.IN_PERSON,
    )
    field_order = ["desk", "title", "day", "hour", "minutes", "mode", "place", "seats"]

    class Meta:
        model = GroupMeeting
        fields = ["desk", "title", "mode", "place", "seats"]

    def __init__(self, *args: Any, desks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day") and data.get("hour"):
            data["starts_at"] = timezone.make_aware(datetime.combine(data["day"], data["hour"]))
            data["ends_at"] = data["starts_at"] + timedelta(minutes=data.get("minutes", 0))
            if data["starts_at"] <= timezone.now():
                self.add_error("hour", _("Quest'ora è già passata."))
        return data

    def _post_clean(self) -> None:
        """The service writes the row, and says what the database refused."""


class TopicForm(forms.Form):
    """What the person wants to talk about, if they wish to say it."""

    topic = forms.CharField(
        label=_("Di che cosa vuoi parlare?"),
        max_length=150,
        required=False,
        help_text=_("Per esempio: il curriculum, un corso, il mio patto. Non scrivere notizie sulla salute."),
    )


class InviteForm(forms.Form):
    """Ask a person to choose the hour of a meeting."""

    convokes = forms.BooleanField(
        label=_("Se non prenota, fissiamo noi l'incontro"),
        required=False,
        help_text=_("Dopo l'invito e il promemoria parte una convocazione, con giorno e ora."),
    )
