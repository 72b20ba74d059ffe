"""What a person can change of their profile, one group of questions a page: the registration's forms with what is on file."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.forms.registration import JobForm, SkillsForm, WhereForm
from candidates.models import Candidate
from candidates.queries.profile import abilities_of, contacts_of, wishes_of
from sportello.core.fields import DateField
from sportello.reference.models import ContractType, Language, Skill
from sportello.territory.forms import MunicipalityField

TITLES: dict[str, str | Promise] = {
    "contatti": gettext_lazy("Dove vivi e come ti troviamo"),
    "lavoro": gettext_lazy("Che lavoro cerchi"),
    "capacita": gettext_lazy("Che cosa sai fare"),
}
"""Part of the profile, as its address names it -> its title."""


class ContactsForm(WhereForm):
    """Where the person lives and how to reach them."""

    domicile = MunicipalityField(
        label=gettext_lazy("Comune di domicilio, se è diverso"),
        max_length=110,
        required=False,
        widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "off"}),
        help_text=gettext_lazy("Da qui misuriamo la distanza dal lavoro."),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In che lingua ti scriviamo"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    field_order = ("residence", "domicile", "address", "phone", "email", "language")

    def __init__(self, data: Any = None, *, candidate: Candidate) -> None:
        super().__init__(
            data,
            initial=contacts_of(candidate),
            email_required=candidate.user_id is not None,
            asks_permit=candidate.citizenship == "XX",
        )
        del self.fields["action_code"]


class WishesForm(JobForm):
    """Which work the person looks for; the years of each chosen occupation stand beside it once it is chosen."""

    contract_types = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Contratti che accetti"),
        queryset=ContractType.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Se non scegli nulla, ti proponiamo tutti i contratti."),
    )
    available_from = DateField(
        label=gettext_lazy("Disponibile dal"),
        required=False,
        help_text=gettext_lazy("Lascia vuoto se puoi cominciare subito."),
    )

    def __init__(self, data: Any = None, *, candidate: Candidate, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={**wishes_of(candidate), **(initial or {})})
        del self.fields["years"]
        chosen = self.data.getlist("occupations") if self.is_bound else self.initial["occupations"]  # type: ignore[attr-defined]
        labels = dict(self.fields["occupations"].choices)  # type: ignore[attr-defined]
        for pk in chosen:
            if pk in labels:
                self.fields[f"years_{pk}"] = forms.IntegerField(
                    label=_("Anni di esperienza: %s") % labels[pk], min_value=0, max_value=60, required=False, initial=0
                )
        years = [name for name in self.fields if name.startswith("years_")]
        self.order_fields(["employment_situation", "wanted", "occupations", *years])

    @property
    def experience(self) -> dict[str, int]:
        """Chosen occupation -> years in it, in the order of the page."""
        return {pk: self.cleaned_data.get(f"years_{pk}") or 0 for pk in self.cleaned_data["occupations"]}


class AbilitiesForm(SkillsForm):
    """What the person can do; what is on file stays on the page even when no occupation proposes it."""

    def __init__(self, data: Any = None, *, candidate: Candidate) -> None:
        initial = abilities_of(candidate)
        occupations = [str(wish.occupation_id) for wish in candidate.desired_occupations.all()]
        super().__init__(data, initial=initial, occupation_ids=occupations)
        del self.fields["contract_types"]
        field: Any = self.fields["skills"]
        stated = {str(s.pk): s.shown for s in Skill.objects.filter(pk__in=initial["skills"])}
        field.choices = list((stated | dict(field.choices)).items())
        spoken: Any = self.fields["other_languages"]
        spoken.queryset = spoken.queryset | Language.objects.filter(pk__in=initial["other_languages"])
