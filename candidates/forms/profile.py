"""What a person can change of their profile, one group of questions a page: the registration's forms with what is on file."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from candidates.forms.registration import JobForm, KnownSkillsForm, WhereForm
from candidates.models import Candidate
from candidates.queries.profile import contacts_of, wishes_of, years_in_occupations
from sportello.core.fields import DateField
from sportello.core.validators import is_uuid
from sportello.reference.models import ContractType, EducationLevel, Skill
from sportello.reference.queries import skill_linker
from sportello.territory.forms.fields import MunicipalityField, WeekField

TITLES: dict[str, str | Promise] = {
    "contatti": gettext_lazy("Dove vivi e come ti troviamo"),
    "chi-sono": gettext_lazy("Chi sei"),
    "lavoro": gettext_lazy("Che lavoro cerchi"),
    "orari": gettext_lazy("Quando puoi lavorare"),
    "titolo": gettext_lazy("Il tuo titolo di studio"),
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


class AboutForm(forms.Form):
    """Where the person was born, and their own words."""

    birth_place = forms.CharField(
        label=gettext_lazy("Dove sei nato o nata"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Il comune, oppure la città e il Paese."),
    )
    about = forms.CharField(
        label=gettext_lazy("Qualcosa su di te"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Due o tre frasi: che cosa ti piace fare, che cosa cerchi. Le leggono lo sportello e le imprese a cui dici di sì."
        ),
    )

    def __init__(self, data: Any = None, *, candidate: Candidate) -> None:
        super().__init__(data, initial={"birth_place": candidate.birth_place, "about": candidate.profile.about})


class WishesForm(JobForm):
    """Which work the person looks for; the years of each chosen occupation stand beside it once it is chosen.

    What the work history says of the years stands beside them; it is their first value only where none is on file.
    """

    has_vehicle = forms.BooleanField(label=gettext_lazy("Ho un mezzo mio per muovermi"), required=False)
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
        worked = years_in_occupations(candidate)
        for pk in chosen:
            if pk in labels:
                told = worked.get(pk, 0)
                proposed = ngettext(
                    "Dai lavori che hai scritto risulta %d anno.", "Dai lavori che hai scritto risultano %d anni.", told
                )
                self.fields[f"years_{pk}"] = forms.IntegerField(
                    label=_("Anni di esperienza: %s") % labels[pk],
                    min_value=0,
                    max_value=60,
                    required=False,
                    initial=told,
                    help_text=proposed % told if told else "",
                )
        years = [name for name in self.fields if name.startswith("years_")]
        self.order_fields(["employment_situation", "wanted", "occupations", *years])

    @property
    def experience(self) -> dict[str, int]:
        """Chosen occupation -> years in it, in the order of the page."""
        return {pk: self.cleaned_data.get(f"years_{pk}") or 0 for pk in self.cleaned_data["occupations"]}


class AvailabilityForm(forms.Form):
    """Days of the week by parts of the day; nothing ticked means at any time."""

    windows = WeekField(
        label=gettext_lazy("Quando puoi lavorare"),
        help_text=gettext_lazy(
            "Metti la spunta dove puoi: ti proponiamo i lavori che si fanno solo in queste parti della settimana. "
            "Se non ne metti, per noi va bene qualsiasi orario."
        ),
    )

    def __init__(self, data: Any = None, *, candidate: Candidate) -> None:
        told = [f"{row.weekday}-{row.band}" for row in candidate.availability.all()]
        super().__init__(data, initial={"windows": told})

    def clean_windows(self) -> list[tuple[int, str]]:
        pairs = (chosen.split("-") for chosen in self.cleaned_data["windows"])
        return [(int(day), band) for day, band in pairs]


class TitleForm(forms.Form):
    """The highest title of the person."""

    education_level = forms.ModelChoiceField(
        label=gettext_lazy("Il titolo di studio più alto che hai"),
        queryset=EducationLevel.objects.all(),
        empty_label=gettext_lazy("Scegli"),
    )

    def __init__(self, data: Any = None, *, candidate: Candidate) -> None:
        super().__init__(data, initial={"education_level": candidate.profile.education_level_id})


class AbilitiesForm(KnownSkillsForm):
    """What the person can do: what is on file, what the occupations propose, what the words in `other` may mean."""

    search_field = "other"

    other = forms.CharField(
        label=gettext_lazy("Sai fare altro?"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Scrivilo con parole tue, per esempio «cucire». Poi premi «Cerca»."),
    )
    field_order = ("other", "skills")

    def __init__(self, data: Any = None, *, candidate: Candidate, initial: dict[str, Any] | None = None) -> None:
        occupations = [str(wish.occupation_id) for wish in candidate.desired_occupations.all()]
        stated = [str(pk) for pk in candidate.skill_statements.values_list("skill_id", flat=True)]
        super().__init__(data, initial={"skills": stated, **(initial or {})}, occupation_ids=occupations)
        chosen = data.getlist("skills") if data is not None else self.initial["skills"]
        kept = Skill.objects.filter(pk__in=[*stated, *filter(is_uuid, chosen)])
        words = str((data.get("other") if data is not None else self.initial.get("other")) or "").strip()
        links = skill_linker().propose(words) if words else []
        if words and not links:
            self.fields["other"].help_text = _("Non troviamo questa capacità: prova con altre parole.")
        offered = {str(link.concept.pk): link.concept.shown for link in links}
        field: Any = self.fields["skills"]
        field.choices = list((offered | {str(s.pk): s.shown for s in kept} | dict(field.choices)).items())
