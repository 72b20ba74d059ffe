"""The steps of a vacancy: the job, the conditions, what is asked."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from employers.engine.wording import HARD
from employers.enums import GIVEN_WITHDRAWALS, RemarkLevel
from employers.models import Company, Vacancy, VacancyRemark, Workplace
from employers.rules import wording_findings
from sportello.core.validators import is_uuid
from sportello.reference.enums import LanguageLevel, SkillRelation
from sportello.reference.models import DrivingLicence, EducationLevel, Language, Occupation
from sportello.reference.queries import NO_SAFE_JOB, find_occupations, proposed_skills
from sportello.territory.forms.fields import WeekField

MAX_SKILLS = 16
"""Proposals on one page: more would not be read."""

_LEVELS = [("", _("Non richiesta")), *LanguageLevel.choices]


class WordedForm(forms.ModelForm[Vacancy]):
    """A step with texts that the wording check reads, at each look at the page and while they are typed."""

    worded: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.worded:
            field: Any = self.fields[name]
            field.template_name = "employers/includes/worded_field.html"
            field.findings = wording_findings(str(self[name].value() or ""))
            field.widget.attrs.update(
                {
                    "hx-post": reverse("wording_check", kwargs={"field": name}),
                    "hx-trigger": "input changed delay:700ms",
                    "hx-target": f"#parole_{name}",
                }
            )

    def has_unlawful_words(self) -> bool:
        """Whether a text of this step cannot be sent as it stands."""
        fields: list[Any] = [self.fields[name] for name in self.worded]
        return any(finding.level == HARD for field in fields for finding in field.findings)


class JobForm(WordedForm):
    """Step 1: which job, where. The title proposes occupations; the company confirms one."""

    search_field = "title"
    worded = ("title", "description")

    occupation = forms.ChoiceField(
        label=_("A quale mestiere corrisponde?"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Scegli tra i mestieri proposti.")},
    )

    class Meta:
        model = Vacancy
        fields = ["title", "occupation", "description", "workplace", "posts"]
        widgets = {"description": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "title": _("Come lo direbbe chi cerca, per tutte e tutti: «magazziniera o magazziniere»."),
            "description": _("Le attività di una giornata, in frasi brevi."),
        }

    field_order = ["title", "occupation", "description", "workplace", "posts"]

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workplaces = Workplace.objects.filter(company=company).select_related("municipality")
        self.fields["workplace"].queryset = workplaces  # type: ignore[attr-defined]
        if not self.is_bound and (first := workplaces.first()):
            self.initial.setdefault("workplace", first.pk)
        self.fields["description"].required = True
        self.fields["occupation"].choices = self._proposals()  # type: ignore[attr-defined]

    def _proposals(self) -> list[tuple[str, str]]:
        """The occupation chosen so far, then those that the title proposes."""
        source: Any = self.data if self.is_bound else self.initial
        chosen = str(source.get("occupation") or "")
        found = {str(o.pk): o.shown for o in Occupation.objects.filter(pk=chosen)} if is_uuid(chosen) else {}
        title = str(source.get("title") or "")
        proposed = find_occupations(title)
        if title.strip() and not proposed:
            self.fields["occupation"].help_text = NO_SAFE_JOB
        found |= {str(m.occupation.pk): m.occupation.shown for m in proposed}
        return list(found.items())

    def clean_occupation(self) -> Occupation:
        value = self.cleaned_data["occupation"]
        if not value:
            if self.fields["occupation"].choices:  # type: ignore[attr-defined]
                raise ValidationError(_("Conferma il mestiere: scegline uno tra quelli proposti."))
            raise ValidationError(NO_SAFE_JOB)
        return Occupation.objects.get(pk=value)


class ConditionsForm(WordedForm):
    """Step 2: contract, hours, pay. All that a person needs to decide whether to answer."""

    worded = ("schedule",)

    bands = WeekField(
        label=_("Quando si lavora"),
        help_text=_(
            "Metti la spunta solo sulle parti della settimana in cui si lavora davvero: chi in una di queste non può non ti "
            "viene proposto. Con i turni, su tutte."
        ),
    )

    class Meta:
        model = Vacancy
        fields = [
            "contract_type",
            "hours_kind",
            "weekly_hours",
            "bands",
            "schedule",
            "pay_min",
            "pay_max",
            "pay_period",
            "collective_agreement_code",
        ]
        widgets = {"hours_kind": forms.RadioSelect, "pay_period": forms.RadioSelect}
        help_texts = {
            "schedule": _("Per esempio: da lunedì a venerdì, 8-17."),
            "pay_min": _("La retribuzione è obbligatoria in ogni annuncio (direttiva UE 2023/970)."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contract_type", "hours_kind", "weekly_hours", "pay_min", "pay_max", "pay_period"):
            self.fields[name].required = True
        self.fields["contract_type"].empty_label = _("Scegli un contratto")  # type: ignore[attr-defined]
        for name in ("hours_kind", "pay_period"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("pay_min"), data.get("pay_max")
        if low and high and high < low:
            self.add_error("pay_max", _("Il massimo è più basso del minimo."))
        return data


class RequirementsForm(forms.ModelForm[Vacancy]):
    """Step 3: what is asked. Each proposed skill is essential, useful or not asked."""

    italian = forms.ChoiceField(label=_("Italiano, almeno"), choices=_LEVELS, required=False)
    other_language = forms.ModelChoiceField(
        label=_("Un'altra lingua"),
        queryset=Language.objects.exclude(code="it"),
        required=False,
        empty_label=_("Nessuna"),
    )
    other_level = forms.ChoiceField(label=_("Livello dell'altra lingua"), choices=_LEVELS, required=False)
    licences = forms.ModelMultipleChoiceField(
        label=_("Patenti e patentini indispensabili"),
        queryset=DrivingLicence.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Chi non li ha non viene proposto: chiedi solo quelli che servono davvero."),
    )

    class Meta:
        model = Vacancy
        fields = ["years_experience", "education_level"]

    field_order: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {r.skill_id: r for r in self.instance.skill_requirements.select_related("skill")}
        labels = {pk: requirement.skill.shown for pk, requirement in asked.items()}
        for proposal in proposed_skills(self.instance.occupation_id):
            if len(labels) < MAX_SKILLS:
                labels.setdefault(proposal.skill.pk, proposal.skill.shown)
        self.skill_ids = list(labels)
        for pk, label in labels.items():
            self.fields[f"skill_{pk}"] = forms.ChoiceField(
                label=label,
                choices=[("", _("Non serve")), *_relations()],
                required=False,
                initial=asked[pk].relation if pk in asked else "",
            )
        education: Any = self.fields["education_level"]
        education.queryset = EducationLevel.objects.all()
        education.empty_label = _("Non richiesto")
        asked_here = Vacancy.licences.through.objects.filter(vacancy=self.instance, drivinglicence=OuterRef("pk"))
        licences = list(DrivingLicence.objects.annotate(is_asked=Exists(asked_here)))
        self.fields["licences"].choices = [(licence.pk, licence.shown) for licence in licences]  # type: ignore[attr-defined]
        self.initial["licences"] = [licence.pk for licence in licences if licence.is_asked]
        for requirement in self.instance.language_requirements.select_related("language"):
            if requirement.language.code == "it":
                self.initial["italian"] = requirement.level
            else:
                self.initial.update({"other_language": requirement.language_id, "other_level": requirement.level})

    def skill_fields(self) -> list[forms.BoundField]:
        """The fields of the proposed skills, essential proposals first."""
        return [self[f"skill_{pk}"] for pk in self.skill_ids]

    def other_fields(self) -> list[forms.BoundField]:
        """All that is not a skill."""
        names = ("years_experience", "education_level", "italian", "other_language", "other_level", "licences")
        return [self[name] for name in names]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("other_language") and not data.get("other_level"):
            self.add_error("other_level", _("Scegli il livello dell'altra lingua."))
        return data

    def skills(self) -> dict[UUID, str]:
        """Skill id -> relation, of those asked."""
        return {pk: self.cleaned_data[f"skill_{pk}"] for pk in self.skill_ids if self.cleaned_data[f"skill_{pk}"]}

    def languages(self) -> dict[UUID, str]:
        """Language id -> lowest level, of those asked."""
        data = self.cleaned_data
        found: dict[UUID, str] = {}
        if data["italian"]:
            found[Language.objects.get(code="it").pk] = data["italian"]
        if data["other_language"]:
            found[data["other_language"].pk] = data["other_level"]
        return found


class MotivesForm(forms.Form):
    """Why each soft remark of a vacancy stays."""

    def __init__(self, *args: Any, vacancy: Vacancy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for remark in vacancy.remarks.filter(level=RemarkLevel.SOFT):
            self.fields[str(remark.pk)] = self._field(remark)

    @staticmethod
    def _field(remark: VacancyRemark) -> forms.CharField:
        return forms.CharField(
            label=_("«%(words)s»: perché serve?") % {"words": remark.words},
            help_text=f"{remark.explanation} {remark.law}. {_('Invece')}: {remark.alternative}",
            initial=remark.motive,
            max_length=500,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def motives(self) -> dict[UUID, str]:
        """Remark id -> motive."""
        return {UUID(pk): motive for pk, motive in self.cleaned_data.items()}


class WithdrawalForm(forms.Form):
    """Why the company takes a vacancy back; of one that nobody could read yet it is not asked."""

    reason = forms.ChoiceField(
        label=_("Perché la ritirate"),
        choices=[(reason.value, reason.label) for reason in GIVEN_WITHDRAWALS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli un motivo."), "invalid_choice": _("Scegli uno di questi motivi.")},
        help_text=_("Lo legge lo sportello, non chi cerca lavoro. Nei rapporti restano solo numeri."),
    )

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_why:
            del self.fields["reason"]


class ConfirmForm(forms.Form):
    """The desk's word on what the wording check remarked."""

    word = forms.CharField(
        label=_("Perché accetti questi motivi"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Resta scritto nella storia dell'offerta, con il tuo nome."),
    )


class ReturnForm(forms.Form):
    """What the company must correct."""

    reason = forms.CharField(
        label=_("Che cosa correggere"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("L'impresa legge questo testo."),
    )


def _relations() -> list[tuple[str, Any]]:
    return [(SkillRelation.ESSENTIAL.value, _("Indispensabile")), (SkillRelation.OPTIONAL.value, _("Utile"))]
