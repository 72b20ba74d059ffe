"""Filters of the caseload, a view to keep, and what a batch asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from candidates.enums import TargetArea
from candidates.queries.caseload import NOBODY
from sportello.accounts.models import User

REMOVE, ADD = "togli", "metti"


class FilterForm(forms.Form):
    """What narrows the list; its fields are named as in the address."""

    vista = forms.CharField(required=False, widget=forms.HiddenInput)
    sportello = forms.ChoiceField(label=_("Sportello"), required=False)
    responsabile = forms.ChoiceField(label=_("Responsabile"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False, choices=[("", _("Tutte")), *TargetArea.choices])
    etichetta = forms.ChoiceField(label=_("Etichetta"), required=False)

    def __init__(self, *args: Any, desks: Any, operators: Any, tags: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everybody = [("", _("Tutti")), (NOBODY, _("Nessuno")), *((str(o.pk), str(o)) for o in operators)]
        self.fields["sportello"].choices = [("", _("Tutti")), *((str(d.pk), d.name) for d in desks)]  # type: ignore[attr-defined]
        self.fields["responsabile"].choices = everybody  # type: ignore[attr-defined]
        self.fields["etichetta"].choices = [("", _("Tutte")), *((tag, tag) for tag in tags)]  # type: ignore[attr-defined]


class SavedViewForm(forms.Form):
    """A name for the list as it is now."""

    name = forms.CharField(label=_("Nome della vista"), max_length=40)


class TagForm(forms.Form):
    """A word to write on cases, or to take away."""

    what = forms.ChoiceField(
        label=_("Che cosa fare"),
        choices=[(ADD, _("Metti l'etichetta")), (REMOVE, _("Togli l'etichetta"))],
        widget=forms.RadioSelect,
        initial=ADD,
    )
    name = forms.CharField(
        label=_("Etichetta"),
        max_length=40,
        help_text=_("Per esempio: corso di marzo. Non scrivere notizie sulla salute o sulla famiglia."),
    )


class AssignForm(forms.Form):
    """Who follows from today all the cases chosen, and why."""

    operator = forms.ModelChoiceField(
        label=_("Chi le segue"), queryset=User.objects.none(), empty_label=_("Scegli una persona")
    )
    reason = forms.CharField(
        label=_("Perché"), max_length=200, help_text=_("Per esempio: congedo, trasferimento, carico di lavoro.")
    )

    def __init__(self, *args: Any, operators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["operator"].queryset = operators  # type: ignore[attr-defined]
