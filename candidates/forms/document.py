"""A file about work."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from candidates.enums import DocumentKind
from sportello.core.fields import UploadField
from sportello.core.files import KINDS

MAX_DOCUMENTS = 40
"""Files of one person: who needs more has kept what no application asks for."""


class DocumentForm(forms.Form):
    """What it is, how it is called, the file; `number` is how many the person has already."""

    kind = forms.ChoiceField(
        label=_("Che cos'è"),
        choices=DocumentKind.choices,
        widget=forms.RadioSelect,
        help_text=_("Non mandarci la carta d'identità o il permesso di soggiorno: non li teniamo."),
    )
    name = forms.CharField(
        label=_("Come si chiama"), max_length=100, help_text=_("Per esempio «attestato HACCP 2024».")
    )
    file = UploadField(label=_("Il file"), kinds=KINDS)

    def __init__(self, *args: Any, number: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._number = number

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self._number >= MAX_DOCUMENTS:
            raise ValidationError(_("Hai già %d documenti: togline uno che non serve più.") % MAX_DOCUMENTS)
        return data
