"""Asking for an edition, and finding one."""

from typing import Any, Final

from django import forms
from django.db.models import F, QuerySet, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reports.enums import TerritoryKind
from reports.queries.areas import desks_with_figures
from reports.rules import Semester
from reports.services.issue import TERRITORIES
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


_GROUPS: Final = {
    TerritoryKind.PACT: _("Patti"),
    TerritoryKind.ZONE: _("Zone"),
    TerritoryKind.DESK: _("Sportelli"),
    TerritoryKind.MUNICIPALITY: _("Comuni"),
}


class SemesterField(forms.TypedChoiceField):
    """A semester from the list, as a `Semester`."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=semester_choices, coerce=Semester.parse, empty_value=None, **kwargs)


class OwnRequestForm(forms.Form):
    """A semester of one's own municipality."""

    semester = SemesterField(label=_("Semestre"), initial=last_whole_semester)
    reason = forms.CharField(
        label=_("Perché una nuova versione"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Serve solo se di questo semestre c'è già un'edizione pubblicata. Si legge nel rapporto."),
    )


class RequestForm(OwnRequestForm):
    """A semester of any territory."""

    territory = forms.ChoiceField(label=_("Territorio"))

    field_order = ("territory", "semester", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[TerritoryKind, list[tuple[str, str]]] = {kind: [] for kind in _GROUPS}
        self._kinds: dict[str, TerritoryKind] = {}
        for kind, pk, name, _order in _territories():
            groups[TerritoryKind(kind)].append((str(pk), name))
            self._kinds[str(pk)] = TerritoryKind(kind)
        field: Any = self.fields["territory"]
        field.choices = [(_GROUPS[kind], rows) for kind, rows in groups.items()]

    def clean_territory(self) -> Any:
        chosen = self.cleaned_data["territory"]
        return TERRITORIES[self._kinds[chosen]]._default_manager.get(pk=chosen)


def _territories() -> QuerySet[Any, Any]:
    """Kind, primary key, name and rank of whatever editions are asked for, by rank; one query."""
    named: list[QuerySet[Any, Any]] = [
        rows.order_by().annotate(of_kind=Value(kind), rank=F(order)).values_list("of_kind", "pk", "name", "rank")
        for kind, rows, order in (
            (TerritoryKind.PACT, TerritorialPact.objects.all(), "name"),
            (TerritoryKind.ZONE, Zone.objects.all(), "name"),
            (TerritoryKind.DESK, desks_with_figures(), "name"),
            (TerritoryKind.MUNICIPALITY, Municipality.objects.filter(is_metropolitan=True), "sort_key"),
        )
    ]
    return named[0].union(*named[1:]).order_by("rank", "pk")


class CommentForm(forms.Form):
    """What who reads an edition has to say of it."""

    text = forms.CharField(label=_("La tua osservazione"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


class FilterForm(forms.Form):
    """Which published editions to list."""

    territory = forms.CharField(label=_("Territorio"), required=False, max_length=100)
    semester = SemesterField(label=_("Semestre"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["semester"]
        field.choices = [("", _("Tutti i semestri")), *semester_choices()]
