"""Words to recognise in the subject of e-mails."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from candidates.engine.subject import subject_key
from candidates.enums import SubjectCodeKind
from candidates.queries.mail import codes_in_the_way
from sportello.core.fields import DateField
from sportello.pacts.models import PactAction
from sportello.territory.models import Desk


class SubjectCodeForm(forms.Form):
    """A code, what it stands for, who reads its letters, and from when to when."""

    code = forms.CharField(
        label=_("Che cosa scrivere nell'oggetto"), max_length=80, help_text=_("Per esempio: candidato/a AlmavivA")
    )
    kind = forms.ChoiceField(
        label=_("A che cosa si riferisce"), choices=SubjectCodeKind.choices, widget=forms.RadioSelect
    )
    desk = forms.ModelChoiceField(label=_("Sportello che legge"), queryset=Desk.objects.none(), empty_label=None)
    pact_action = forms.ModelChoiceField(
        label=_("Azione del patto"),
        queryset=PactAction.objects.none(),
        required=False,
        empty_label=_("Nessuna"),
    )
    valid_from = DateField(label=_("Vale dal"))
    valid_to = DateField(label=_("Vale fino al"), required=False, help_text=_("Lascia vuoto se non ha una fine."))

    def __init__(self, *args: Any, desks: QuerySet[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self.fields["pact_action"].queryset = PactAction.objects.order_by("title", "pk")  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate()

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not subject_key(code):
            raise ValidationError(_("Scrivi almeno una parola che conta: «candidatura», un nome, una sigla."))
        if len(subject_key(code)) > 80:
            raise ValidationError(_("Scrivi un codice più corto."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("valid_from"), data.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", _("La fine viene prima dell'inizio."))
        elif "code" in data and start and "valid_to" in data:
            taken = codes_in_the_way(subject_key(data["code"]), start, end).first()
            if taken:
                self.refuse_taken(taken.code, taken.desk.name, date_format(taken.valid_from, "j F Y"))
        return data

    def refuse_taken(self, code: str, desk: str, day: str) -> None:
        """Say beside the field that words of the same meaning are recognised in those days."""
        words = _("In quei giorni vale già «%(code)s», che ha le stesse parole: %(desk)s, dal %(day)s.")
        self.add_error("code", words % {"code": code, "desk": desk, "day": day})
