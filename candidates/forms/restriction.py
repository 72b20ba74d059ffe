"""Who may see a restricted file, until when, and why."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from sportello.accounts.models import User
from sportello.core.fields import DateField

MOTIVE = _("Solo quanto serve a capire. La legge chi tiene le schede riservate.")


class _DatedForm(forms.Form):
    """A last day, no farther than the rule allows; `longest` in days."""

    ends_on = DateField(label=_("Fino a che giorno"))

    def __init__(self, *args: Any, longest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def clean_ends_on(self) -> date:
        day: date = self.cleaned_data["ends_on"]
        today = timezone.localdate()
        if day < today:
            raise ValidationError(_("Questa data è già passata."))
        if day > today + timedelta(days=self.longest):
            raise ValidationError(_now("Al massimo %(n)s giorni da oggi: poi si può rinnovare.") % {"n": self.longest})
        return day


class RestrictForm(_DatedForm):
    """Why the file is restricted, and who goes on seeing it beside who restricts it."""

    motive = forms.CharField(label=_("Perché"), max_length=300, help_text=MOTIVE)
    users = forms.ModelMultipleChoiceField(
        label=_("Chi la può vedere, oltre a te"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    field_order = ["motive", "users", "ends_on"]

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["users"].queryset = users  # type: ignore[attr-defined]


class GrantForm(_DatedForm):
    """One more account."""

    user = forms.ModelChoiceField(
        label=_("Chi la può vedere"), queryset=User.objects.none(), empty_label=_("Scegli una persona")
    )
    motive = forms.CharField(label=_("Perché"), max_length=300)
    field_order = ["user", "motive", "ends_on"]

    def __init__(self, *args: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users  # type: ignore[attr-defined]


class LiftForm(forms.Form):
    """Why the restriction is not needed any more."""

    lift_motive = forms.CharField(label=_("Perché non serve più"), max_length=300)
