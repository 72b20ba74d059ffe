"""The rows of a profile, each on a page of its own: a job, a study, a language, a licence, the evidence of a skill."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from candidates.enums import EvidenceKind
from candidates.models import Education, HeldLicence, LanguageSkill, SkillStatement, WorkExperience
from sportello.core.fields import DateField, UploadField
from sportello.core.files import KINDS
from sportello.core.validators import is_uuid
from sportello.reference.models import DrivingLicence, EducationLevel, Language, Occupation
from sportello.reference.queries import NO_SAFE_JOB, find_occupations

EARLIEST_YEAR = 1930
"""Nobody alive studied or worked before; a smaller number is a typing error."""

LEVELS = [
    ("", _("Scegli")),
    ("A1", _("Poche parole (A1)")),
    ("A2", _("Frasi semplici (A2)")),
    ("B1", _("Me la cavo (B1)")),
    ("B2", _("Bene (B2)")),
    ("C1", _("Molto bene (C1)")),
    ("C2", _("Come chi ci è nato (C2)")),
]


class ExperienceForm(forms.Form):
    """A job, paid or not. "Cerca" turns the title into occupations of the vocabulary, one of which may be chosen."""

    search_field = "title"

    title = forms.CharField(
        label=_("Che lavoro facevi"),
        max_length=150,
        help_text=_(
            "Per esempio «barista» o «assistenza a mia madre». Con «Cerca» lo colleghi a un mestiere: conta nella ricerca."
        ),
    )
    occupation = forms.ChoiceField(label=_("A quale mestiere somiglia"), required=False, widget=forms.RadioSelect)
    is_paid = forms.TypedChoiceField(
        label=_("Era un lavoro pagato?"),
        choices=[("yes", _("Sì")), ("no", _("No: famiglia, cura di una persona, volontariato"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    employer = forms.CharField(label=_("Dove, o con chi"), max_length=150, required=False)
    starts_on = DateField(label=_("Dal"), help_text=_("Se non ricordi il giorno, scrivi 1."))
    ends_on = DateField(label=_("Al"), required=False, help_text=_("Lascia vuoto se lo fai ancora."))
    description = forms.CharField(
        label=_("Che cosa facevi"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Le cose di ogni giorno, gli attrezzi, le persone. Anche poche parole."),
    )

    def __init__(
        self, data: Any = None, *, row: WorkExperience | None = None, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={**_job(row), **(initial or {})})
        typed = data.get if data is not None else self.initial.get
        chosen, title = str(typed("occupation") or ""), str(typed("title") or "").strip()
        found = {str(o.pk): o.shown for o in Occupation.objects.filter(pk__in=[chosen])} if is_uuid(chosen) else {}
        # Proposals only to who asks for them: a page that opens shows what is on file.
        if data is not None or initial is not None:
            proposed = find_occupations(title)
            found |= {str(match.occupation.pk): match.occupation.shown for match in proposed}
            if title and not proposed and data is None:
                self.fields["title"].help_text = NO_SAFE_JOB
        if found:
            self.fields["occupation"].choices = [*found.items(), ("", _("Nessuno di questi"))]  # type: ignore[attr-defined]
        else:
            del self.fields["occupation"]

    def clean_starts_on(self) -> date:
        return _in_the_past(self.cleaned_data["starts_on"])

    def clean_ends_on(self) -> date | None:
        day = self.cleaned_data["ends_on"]
        return _in_the_past(day) if day else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("L'ultimo giorno viene prima del primo: controlla le date."))
        chosen = data.get("occupation")
        data["occupation"] = Occupation.objects.get(pk=chosen) if chosen else None
        return data


class EducationForm(forms.Form):
    """A school, a course, a training."""

    title = forms.CharField(
        label=_("Che cosa hai studiato"),
        max_length=200,
        help_text=_("Per esempio «diploma di perito meccanico» o «corso HACCP»."),
    )
    provider = forms.CharField(label=_("Scuola o ente, e dove"), max_length=200, required=False)
    year = forms.IntegerField(
        label=_("Anno in cui hai finito"),
        min_value=EARLIEST_YEAR,
        required=False,
        help_text=_("Lascia vuoto se non hai ancora finito."),
    )
    level = forms.ModelChoiceField(
        label=_("Livello"),
        queryset=EducationLevel.objects.all(),
        required=False,
        empty_label=_("Nessuno: è un corso"),
        help_text=_("Se è il più alto che hai, diventa anche il titolo di studio del profilo."),
    )
    field = forms.CharField(label=_("Materia"), max_length=150, required=False)

    def __init__(self, data: Any = None, *, row: Education | None = None) -> None:
        names = ("title", "provider", "year", "level", "field")
        super().__init__(data, initial={name: getattr(row, name) for name in names} if row else None)

    def clean_year(self) -> int | None:
        year: int | None = self.cleaned_data["year"]
        if year and year > timezone.localdate().year:
            raise ValidationError(_("Scrivi l'anno in cui hai finito: non può essere nel futuro."))
        return year


class LanguageForm(forms.Form):
    """A language and how well."""

    language = forms.ModelChoiceField(label=_("Lingua"), queryset=Language.objects.all(), empty_label=_("Scegli"))
    is_native = forms.BooleanField(label=_("È la mia lingua madre"), required=False)
    level = forms.ChoiceField(
        label=_("Come la parli"),
        choices=LEVELS,
        required=False,
        help_text=_("Sono i livelli europei. Non serve se è la tua lingua madre."),
    )

    def __init__(self, data: Any = None, *, row: LanguageSkill | None = None) -> None:
        known = {"language": row.language_id, "level": row.level, "is_native": row.is_native} if row else None
        super().__init__(data, initial=known)
        if row:
            field: Any = self.fields["language"]
            field.queryset = Language.objects.filter(pk=row.language_id)
            field.empty_label = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("is_native") and not data.get("level") and "level" not in self.errors:
            self.add_error("level", ValidationError(_("Scegli come la parli."), code="required"))
        return data


class LicenceForm(forms.Form):
    """A licence or an operator's card, with its last day."""

    drivinglicence = forms.ModelChoiceField(
        label=_("Patente o patentino"), queryset=DrivingLicence.objects.all(), empty_label=_("Scegli")
    )
    expires_on = DateField(
        label=_("Vale fino al"),
        required=False,
        help_text=_("Lascia vuoto se non scade. Quando è scaduta non conta nella ricerca."),
    )

    def __init__(self, data: Any = None, *, row: HeldLicence | None = None) -> None:
        held = {"drivinglicence": row.drivinglicence_id, "expires_on": row.expires_on} if row else None
        super().__init__(data, initial=held)
        if row:
            field: Any = self.fields["drivinglicence"]
            field.queryset = DrivingLicence.objects.filter(pk=row.drivinglicence_id)
            field.empty_label = None


class SkillForm(forms.Form):
    """How a skill was learned, with the paper that shows it; an operator may confirm it."""

    evidence = forms.CharField(
        label=_("Come l'hai imparata"),
        max_length=200,
        required=False,
        help_text=_("Per esempio «tre anni in un ristorante» o «curando mio padre»."),
    )
    file = UploadField(label=_("Attestato"), kinds=KINDS, required=False)
    evidence_kind = forms.ChoiceField(
        label=_("La confermi?"),
        choices=[("", _("Non ancora")), *EvidenceKind.choices],
        required=False,
        widget=forms.RadioSelect,
        help_text=_("Che cosa hai visto o chiesto. La conferma porta la data di oggi."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, row: SkillStatement, for_desk: bool) -> None:
        super().__init__(data, files, initial={"evidence": row.evidence, "evidence_kind": row.evidence_kind})
        if not for_desk:
            del self.fields["evidence_kind"]


def as_typed(form: forms.Form, data: Any) -> dict[str, Any]:
    """What was typed into the fields, as the initial values of a form that judges nothing yet."""
    return {name: field.widget.value_from_datadict(data, {}, name) for name, field in form.fields.items()}


def _job(row: WorkExperience | None) -> dict[str, Any]:
    if row is None:
        return {"is_paid": "yes"}
    names = ("title", "employer", "starts_on", "ends_on", "description")
    paid = {"is_paid": "yes" if row.is_paid else "no", "occupation": str(row.occupation_id or "")}
    return {name: getattr(row, name) for name in names} | paid


def _in_the_past(day: date) -> date:
    if not date(EARLIEST_YEAR, 1, 1) <= day <= timezone.localdate():
        raise ValidationError(_("Scrivi un giorno già passato, dal %d in poi.") % EARLIEST_YEAR)
    return day
