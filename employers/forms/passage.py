"""Form that hands a company over to another desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from employers.models import Company
from employers.queries.companies import serves, staff_of_desks
from sportello.accounts.models import User
from sportello.territory.enums import DeskState
from sportello.territory.models import Desk


class PassageForm(forms.Form):
    """To which desk, why, and who goes on to win the company where the desk does."""

    desk = forms.ModelChoiceField(
        label=_("A quale sportello"), queryset=Desk.objects.none(), empty_label=_("Scegli lo sportello")
    )
    owner = forms.ModelChoiceField(
        label=_("Chi la segue nel nuovo sportello"),
        queryset=User.objects.none(),
        empty_label=_("Scegli la persona"),
        help_text=_("L'impresa è tra quelle da conquistare: qualcuno del nuovo sportello prende la sua scheda."),
    )
    reason = forms.CharField(
        label=_("Perché"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L'impresa legge questo testo. Resta nella sua storia."),
    )

    def __init__(self, data: Any = None, *, company: Company) -> None:
        super().__init__(data)
        desks = Desk.objects.exclude(state=DeskState.CLOSED).exclude(pk=company.desk_id).order_by("name")
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        if hasattr(company, "target"):
            self.fields["owner"].queryset = staff_of_desks(desks)  # type: ignore[attr-defined]
            self.initial["owner"] = company.target.owner_id
        else:
            del self.fields["owner"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        desk, owner = data.get("desk"), data.get("owner")
        if desk and owner and not serves(owner, desk):
            self.add_error("owner", _("Scegli una persona che lavora nel nuovo sportello."))
        return data
