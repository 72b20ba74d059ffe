"""A Europass document, and which of its pieces to take."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from candidates.engine.europass import Reading
from candidates.engine.europass_read import NotEuropass, read_europass
from candidates.queries.curriculum import Recognised
from sportello.core.files import MAX_BYTES


class EuropassFileForm(forms.Form):
    """A file of Europass, judged by what it holds; `cleaned_data["file"]` is what was read in it."""

    file = forms.FileField(
        label=_("Il tuo curriculum Europass"),
        help_text=_("Il PDF o il file XML che hai scaricato da Europass, al massimo 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.xml"}),
    )

    def clean_file(self) -> Reading:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("Questo file è troppo grande: il massimo è %d MB.") % (MAX_BYTES // 1024**2))
        try:
            return read_europass(file.read())
        except NotEuropass as error:
            raise ValidationError(
                _("In questo file non c'è un curriculum Europass. Scaricalo di nuovo da Europass, in PDF o in XML.")
            ) from error


class PiecesForm(forms.Form):
    """What was found, ticked where it is new; the document comes back with the choice and is read again."""

    document = forms.CharField(widget=forms.HiddenInput)
    taken = forms.MultipleChoiceField(
        label=_("Che cosa mettiamo nel profilo"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Togli la spunta a quello che non vuoi. Finché non premi il pulsante non scriviamo niente."),
    )

    def __init__(self, data: Any = None, *, found: Recognised, document: str = "") -> None:
        new = [piece.key for piece in found.pieces if not piece.is_on_file]
        super().__init__(data, initial={"document": document, "taken": new})
        on_file = _("%s (c'è già: se lo spunti, cambia)")
        self.fields["taken"].choices = [  # type: ignore[attr-defined]
            (piece.key, on_file % piece.text if piece.is_on_file else piece.text) for piece in found.pieces
        ]
