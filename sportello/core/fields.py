"""Form fields made for people: a date is three small boxes, as on paper; a file is taken for what it contains."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import (
    EmailValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
    ProhibitNullCharactersValidator,
    URLValidator,
)
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sportello.core.files import KINDS, MAX_BYTES, check_file

EARLIEST_YEAR = 1800
"""No life, deed or job of the portal begins before; a smaller number is a year cut short, as in 1/2/26."""


_REFUSALS: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("Scrivi qui la risposta.")},
    forms.ChoiceField: {
        "required": _("Scegli una risposta."),
        "invalid_choice": _("Scegli una delle risposte proposte."),
    },
    forms.MultipleChoiceField: {
        "required": _("Scegli almeno una risposta."),
        "invalid_choice": _("Scegli tra le risposte proposte."),
        "invalid_list": _("Scegli tra le risposte proposte."),
    },
    forms.ModelChoiceField: {"invalid_choice": _("Scegli una delle risposte proposte.")},
    forms.ModelMultipleChoiceField: {
        "required": _("Scegli almeno una risposta."),
        "invalid_choice": _("Scegli tra le risposte proposte."),
        "invalid_list": _("Scegli tra le risposte proposte."),
        "invalid_pk_value": _("Scegli tra le risposte proposte."),
    },
    forms.BooleanField: {"required": _("Metti la spunta per andare avanti.")},
    forms.IntegerField: {"invalid": _("Scrivi un numero intero, in cifre: per esempio 3.")},
    forms.FloatField: {"invalid": _("Scrivi un numero, in cifre: per esempio 3,5.")},
    forms.DecimalField: {"invalid": _("Scrivi un numero, in cifre: per esempio 3,5.")},
    forms.URLField: {"invalid": _("Scrivi un indirizzo web completo, per esempio www.esempio.it.")},
    forms.FileField: {
        "required": _("Scegli un file."),
        "invalid": _("Scegli il file un'altra volta: non è arrivato."),
        "missing": _("Scegli il file un'altra volta: non è arrivato."),
        "empty": _("Questo file è vuoto: scegline un altro."),
    },
}
"""What a field says when it refuses, by its kind."""

_LIMITS: tuple[tuple[type[Any], Any], ...] = (
    (
        MaxLengthValidator,
        ngettext_lazy(
            "Scrivi non più di %(limit_value)d carattere: ora sono %(show_value)d.",
            "Scrivi non più di %(limit_value)d caratteri: ora sono %(show_value)d.",
            "limit_value",
        ),
    ),
    (
        MinLengthValidator,
        ngettext_lazy(
            "Scrivi almeno %(limit_value)d carattere: ora sono %(show_value)d.",
            "Scrivi almeno %(limit_value)d caratteri: ora sono %(show_value)d.",
            "limit_value",
        ),
    ),
    (MaxValueValidator, _("Scrivi un numero non più grande di %(limit_value)s.")),
    (MinValueValidator, _("Scrivi un numero da %(limit_value)s in su.")),
    (EmailValidator, _("Scrivi un indirizzo e-mail completo, per esempio nome@esempio.it.")),
    (URLValidator, _("Scrivi un indirizzo web completo, per esempio www.esempio.it.")),
    (ProhibitNullCharactersValidator, _("C'è un segno che non si vede: cancella e riscrivi.")),
)
"""What a check of any field says when it refuses."""


def speak_plainly() -> None:
    """Let every form of the portal, those of packages too, refuse with a sentence that says what to do.

    Before any form is imported: a field takes its sentences when it is made.
    """
    for field, sentences in _REFUSALS.items():
        field.default_error_messages = {**field.default_error_messages, **sentences}
    for validator, sentence in _LIMITS:
        validator.message = sentence


class DateBoxes(forms.MultiWidget):
    """Day, month and year, each typed; keypads on a phone show digits."""

    template_name = "forms/date_boxes.html"
    use_fieldset = True

    def __init__(self, *, autocomplete: tuple[str, str, str] | None = None) -> None:
        digits = {"inputmode": "numeric", "pattern": "[0-9]*"}
        labels = (_("Giorno"), _("Mese"), _("Anno"))
        names = autocomplete or ("off", "off", "off")
        super().__init__(
            widgets={
                key: forms.TextInput(attrs={**digits, "aria-label": label, "maxlength": size, "autocomplete": name})
                for key, label, size, name in zip(("day", "month", "year"), labels, (2, 2, 4), names, strict=True)
            }
        )

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, str):
            value = date.fromisoformat(value)
        return [value.day, value.month, value.year] if value else [None, None, None]


class DateField(forms.MultiValueField):
    """A date from three boxes. Cleans to `datetime.date`."""

    widget = DateBoxes
    default_error_messages = {
        "required": _("Scrivi giorno, mese e anno."),
        "incomplete": _("Scrivi giorno, mese e anno."),
    }

    def __init__(self, *, autocomplete: tuple[str, str, str] | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Giorno, mese e anno. Per esempio 15 3 2027"))
        super().__init__(
            fields=(forms.CharField(), forms.CharField(), forms.CharField()),
            widget=DateBoxes(autocomplete=autocomplete),
            require_all_fields=True,
            **kwargs,
        )

    def compress(self, data_list: list[Any]) -> date | None:
        if not data_list:
            return None
        try:
            day, month, year = (int(part) for part in data_list)
            written = date(year, month, day)
        except ValueError as error:
            raise ValidationError(_("Questa data non esiste: scrivi giorno, mese e anno in cifre.")) from error
        if year < EARLIEST_YEAR:
            raise ValidationError(_("Controlla l'anno: ha quattro cifre, per esempio 2026."))
        return written


class UploadField(forms.FileField):
    """A file of one of the content types `kinds`. Cleans to the checked `UploadedFile`, None when nothing was sent."""

    widget = forms.FileInput

    def __init__(self, *, kinds: Collection[str], **kwargs: Any) -> None:
        self.kinds = kinds
        names = ", ".join(KINDS[kind] for kind in sorted(kinds))
        limit = _("{kinds}, al massimo {limit} MB")
        kwargs.setdefault("help_text", format_lazy(limit, kinds=names, limit=MAX_BYTES // 1024**2))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": ",".join(sorted(self.kinds))}

    def clean(self, data: Any, initial: Any = None) -> "UploadedFile[bytes] | None":
        file: UploadedFile[bytes] | None = super().clean(data, initial)
        if file:
            check_file(file, self.kinds)
        return file
