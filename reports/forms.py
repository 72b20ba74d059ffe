"""Asking for an edition, and finding one."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.rules import Semester
from sportello.pacts.models import TerritorialPact
from sportello.territory.models import Municipality, Zone

YEARS_BACK = 5
"""How many years of semesters the choice offers: as long as a pact and its evaluation last."""


def semester_choices() -> list[tuple[str, str]]:
    """Semesters with at least one day over, newest first."""
    today = timezone.localdate()
    begun = []
    for year in range(today.year, today.year - YEARS_BACK, -1):
        for half in (2, 1):
            semester = Semester(year, half)
            if semester.first_day < today:
                begun.append((f"{year}-{half}", semester.label))
    return begun


def last_whole_semester() -> str:
    """The value of the semester that is usually asked for: the last one that is over."""
    semester = Semester.before(timezone.localdate())
    return f"{semester.year}-{semester.half}"


class SemesterField(forms.TypedChoiceField):
    """A semester from the list, as a `Semester`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=semester_choices, coerce=Semester.parse, empty_value=None, **kwargs)


class OwnRequestForm(forms.Form):
    """A semester of one's own municipality."""

    semester = SemesterField(label=_("Semestre"), initial=last_whole_semester)


class RequestForm(OwnRequestForm):
    """A semester of any territory."""

    territory = forms.ChoiceField(label=_("Territorio"))

    field_order = ("territory", "semester")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: list[tuple[str, Any]] = [
            (str(_("Patti")), TerritorialPact.objects.order_by("name", "pk")),
            (str(_("Zone")), Zone.objects.order_by("name", "pk")),
            (str(_("Comuni")), Municipality.objects.filter(is_metropolitan=True).order_by("sort_key", "pk")),
        ]
        self._territories = {str(row.pk): row for _label, rows in kinds for row in rows}
        field: Any = self.fields["territory"]
        field.choices = [(label, [(str(row.pk), str(row)) for row in rows]) for label, rows in kinds]

    def clean_territory(self) -> Any:
        return self._territories[self.cleaned_data["territory"]]


class FilterForm(forms.Form):
    """Which published editions to list."""

    territory = forms.CharField(label=_("Territorio"), required=False, max_length=100)
    semester = SemesterField(label=_("Semestre"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["semester"]
        field.choices = [("", _("Tutti i semestri")), *semester_choices()]
