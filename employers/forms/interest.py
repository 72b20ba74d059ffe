"""Forms about interests in a company, and about who decides instead."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from employers.models import DeclaredInterest
from sportello.accounts.models import User


class InterestForm(forms.ModelForm[DeclaredInterest]):
    """Who has which tie; `people` are those for whom the actor may write."""

    class Meta:
        model = DeclaredInterest
        fields = ["user", "motive"]
        widgets = {"motive": forms.Textarea(attrs={"rows": 2})}
        help_texts = {"motive": _("Per esempio: ci lavora una persona di famiglia. Niente di più di quel che serve.")}

    def __init__(self, data: Any = None, *, people: QuerySet[User], me: Any) -> None:
        super().__init__(data, initial={"user": me})
        self.fields["user"].queryset = people  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """The colleague who decides."""

    colleague = forms.ModelChoiceField(label=_("A chi lo passi?"), queryset=User.objects.none())

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["colleague"].queryset = colleagues  # type: ignore[attr-defined]
