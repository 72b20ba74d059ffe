"""Form fields made for people: a date is three small boxes, as on paper; a file is taken for what it contains."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from sportello.core.files import KINDS, MAX_BYTES, check_file

EARLIEST_YEAR = 1800
"""No life, deed or job of the portal begins before; a smaller number is a year cut short, as in 1/2/26."""


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
