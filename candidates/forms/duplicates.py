"""What an operator says of records that look alike."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.queries.duplicates import Record


class MotiveForm(forms.Form):
    """Why, in a sentence that stays beside the decision."""

    motive = forms.CharField(label=_("Perché"), max_length=300)


class MergeForm(MotiveForm):
    """Which of two records goes on, and why they are of one person."""

    kept = forms.ChoiceField(label=_("Quale scheda tieni?"), widget=forms.RadioSelect)

    field_order = ("kept", "motive")

    def __init__(self, *args: Any, records: list[Record], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._records = {str(record.candidate.pk): record for record in records}
        names = (_("La prima"), _("La seconda"))
        self.fields["kept"].choices = list(zip(self._records, names, strict=True))  # type: ignore[attr-defined]
        self.fields["kept"].initial = next(iter(self._records))
        self.fields["motive"].label = _("Perché sono la stessa persona")

    @property
    def kept_and_absorbed(self) -> tuple[Record, Record]:
        """The chosen record and the other, once the form is valid."""
        kept = self._records[self.cleaned_data["kept"]]
        return kept, next(record for record in self._records.values() if record is not kept)
