"""What is typed about places and weeks, field by field."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from sportello.territory.enums import (
    WEEK_BANDS,
    DayBand,
    Weekday,
)
from sportello.territory.models import Municipality
from sportello.territory.queries import find_place, point_of
from sportello.territory.rules import (
    HoursEndTooEarly,
    HoursOverlap,
    Point,
    Span,
    UnreadableHours,
    great_circle_km,
    parse_spans,
    spans_text,
)

FARTHEST_KM: Final = 40
"""From the centre of a municipality to a desk in it: Roma, the widest of Italy, reaches some 35 km. Beyond it is a slip."""
FAR_POINT = _("Questo punto è lontano dal Comune: controlla che prima venga la latitudine.")
_POINT = re.compile(r"(-?\d{1,2}[.]\d+)\s*[,;\s]\s*(-?\d{1,3}[.]\d+)")


class MunicipalityField(forms.CharField):
    """A municipality by name, "Segrate" or "Castro (BG)"; cleans to `Municipality` or None.

    A name that may mean several proposes them with their province: nothing is assumed.
    """

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Municipality):
            return f"{value.name} ({value.province_code})"
        return value

    def clean(self, value: Any) -> Municipality | None:
        text = super().clean(value)
        if not text:
            return None
        place = find_place(text)
        if place.chosen:
            return place.chosen
        if proposals := ", ".join(f"{m.name} ({m.province_code})" for m in place.suggestions[:4]):
            raise ValidationError(gettext("Quale comune? Scrivilo come qui: %s.") % proposals)
        raise ValidationError(gettext("Non troviamo questo comune. Controlla come è scritto."))


class PhoneField(PhoneNumberField):  # type: ignore[misc]
    """A telephone number; cleans to text as people write it, "02 1234567", an empty one to ""."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            region="IT",
            widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
            error_messages={"invalid": _("Scrivi un numero di telefono valido, per esempio 02 1234567.")},
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return value

    def clean(self, value: Any) -> str:
        number = super().clean(value)
        if not number:
            return ""
        return str(number.as_national if number.country_code == 39 else number.as_international)


class SpansField(forms.CharField):
    """The hours of one weekday, "9:00-12:30, 14:00-17:30"; cleans to a tuple of `Span`, empty for a closed day."""

    def __init__(self, *, weekday: Weekday, **kwargs: Any) -> None:
        self.weekday = weekday
        super().__init__(label=capfirst(weekday.label), required=False, max_length=100, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return spans_text(value) if isinstance(value, tuple) else value

    def clean(self, value: Any) -> tuple[Span, ...]:
        text = super().clean(value)
        try:
            return parse_spans(text, self.weekday)
        except UnreadableHours as error:
            raise ValidationError(
                gettext("Non capiamo «%s». Scrivi gli orari così: 9:00-12:30, 14:00-17:30.") % error
            ) from error
        except HoursEndTooEarly as error:
            raise ValidationError(gettext("La chiusura viene prima dell'apertura.")) from error
        except HoursOverlap as error:
            raise ValidationError(gettext("Due orari dello stesso giorno si sovrappongono.")) from error


class PointField(forms.CharField):
    """A place in degrees as map sites give it, "45.48930, 9.32710"; cleans to `Point`, None when nothing is written."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.latitude:.5f}, {value.longitude:.5f}" if isinstance(value, Point) else value

    def clean(self, value: Any) -> Point | None:
        text = super().clean(value)
        if not text:
            return None
        found = _POINT.fullmatch(text)
        if found is None:
            raise ValidationError(gettext("Scrivi i due numeri della mappa, per esempio 45.48930, 9.32710."))
        return Point(float(found[1]), float(found[2]))


def lies_in(point: Point, place: Municipality) -> bool:
    """Whether the point may be in the municipality: near enough to its centre, or no centre is known."""
    centre = point_of(place)
    return centre is None or great_circle_km(point, centre) <= FARTHEST_KM


class WeekTable(forms.CheckboxSelectMultiple):
    """A week to tick: a row for each day, a column for each part of it."""

    template_name = "forms/week.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ticked = set(value or ())
        context["bands"] = [band.label for band in DayBand]
        context["days"] = [
            (day.label, [(key, band.label, key in ticked) for key, of_day, band in WEEK_BANDS if of_day == day])
            for day in Weekday
        ]
        return context


class WeekField(forms.MultipleChoiceField):
    """Parts of the days of a week; cleans to their keys, "1-morning", from Monday on, empty when none is ticked."""

    widget = WeekTable

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, choices=[(key, key) for key, _day, _band in WEEK_BANDS], **kwargs)

    def clean(self, value: Any) -> list[str]:
        chosen = set(super().clean(value))
        return [key for key, _day, _band in WEEK_BANDS if key in chosen]
