"""What is asked of the catalogue of courses, and what a desk writes into it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from sportello.accounts.scope import Scope
from sportello.core.fields import DateField
from sportello.core.validators import is_uuid
from sportello.programmes.enums import CourseMode, EnrolBy
from sportello.programmes.models import Course, Edition
from sportello.programmes.queries.training import CourseSearch
from sportello.reference.models import Skill
from sportello.reference.queries import skill_linker
from sportello.territory.enums import ACCREDITED_KINDS
from sportello.territory.forms.fields import MunicipalityField
from sportello.territory.forms.search import DEFAULT_KM, NearForm
from sportello.territory.models import Desk, Organisation


class CatalogueForm(NearForm):
    """What one wants to learn, where, at what price; all optional."""

    cosa = forms.CharField(label=_("Che cosa vuoi imparare?"), max_length=100, required=False)
    gratis = forms.BooleanField(label=_("Solo gratuiti"), required=False)
    presto = forms.BooleanField(label=_("Solo quelli che cominciano entro 30 giorni"), required=False)
    competenza = forms.ModelChoiceField(Skill.objects.all(), required=False, widget=forms.HiddenInput)

    def search(self) -> CourseSearch:
        """The valid part of what was asked: a town misspelt does not empty the page."""
        data = self.cleaned_data if self.is_bound else {}
        return CourseSearch(
            words=data.get("cosa") or "",
            skill=data["competenza"].pk if data.get("competenza") else None,
            place=data.get("dove"),
            km=data.get("km") or DEFAULT_KM,
            only_free=bool(data.get("gratis")),
            only_soon=bool(data.get("presto")),
        )

    @property
    def skill(self) -> Skill | None:
        """The skill that was asked for by its id, as a page about a person does."""
        return self.cleaned_data.get("competenza") if self.is_bound else None


class CourseForm(forms.ModelForm[Course]):
    """What is taught, by whom, for how much. Words propose skills; those chosen stay."""

    search_field = "words"

    cost = forms.DecimalField(
        label=_("Quanto costa alla persona, in euro"),
        min_value=Decimal(0),
        max_value=Decimal(20000),
        max_digits=7,
        decimal_places=2,
        localize=True,
        help_text=_("Scrivi 0 se è gratuito."),
    )
    words = forms.CharField(
        label=_("Quali competenze insegna?"),
        max_length=100,
        required=False,
        help_text=_("Scrivi una parola, per esempio «muletto», e premi «Cerca». Puoi cercare più volte."),
    )
    skills = forms.MultipleChoiceField(
        label=_("Competenze scelte e proposte"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Metti la spunta su quelle che il corso insegna davvero."),
        error_messages={"required": _("Scegli almeno una competenza: cercala con una parola.")},
    )

    class Meta:
        model = Course
        fields = ["title", "provider", "desk", "summary", "hours", "mode", "cost", "is_funded", "words", "skills"]
        widgets = {"summary": forms.Textarea(attrs={"rows": 5}), "mode": forms.RadioSelect}
        error_messages = {NON_FIELD_ERRORS: {"unique_together": _("Questo ente ha già un corso con questo titolo.")}}
        help_texts = {
            "summary": _("Che cosa si saprà fare alla fine, in frasi brevi. Lo leggono le persone."),
            "is_funded": _("Solo un ente accreditato per la formazione tiene corsi finanziati."),
        }

    field_order = ["title", "provider", "desk", "summary", "words", "skills"]

    def __init__(self, data: Any = None, *, instance: Course | None, by: Scope, initial: Any = None) -> None:
        known: dict[str, Any] = {"desk": next(iter(by.desk_ids))} if len(by.desk_ids) == 1 else {}
        if instance:
            held = [str(pk) for pk in instance.skills.order_by("sort_key").values_list("pk", flat=True)]
            known |= {"cost": Decimal(instance.cost_cents) / 100, "skills": held}
        super().__init__(data, instance=instance, initial=known | (initial or {}))
        fields: Any = self.fields
        bodies = Organisation.objects.filter(kind__in=ACCREDITED_KINDS, is_active=True)
        fields["provider"].queryset = bodies.order_by("sort_key")
        fields["desk"].queryset = Desk.objects.filter(pk__in=by.desk_ids).order_by("name")
        fields["mode"].choices = CourseMode.choices
        fields["skills"].choices = self._proposals()

    def _proposals(self) -> list[tuple[str, str]]:
        """The skills chosen so far, then those that the words propose."""
        source: Any = self.data if self.is_bound else self.initial
        chosen = source.getlist("skills") if hasattr(source, "getlist") else source.get("skills", [])
        rows = Skill.objects.filter(pk__in=[pk for pk in chosen if is_uuid(str(pk))]).order_by("sort_key")
        found = {str(skill.pk): skill.shown for skill in rows}
        words = str(source.get("words") or "")
        proposed = skill_linker().propose(words) if words.strip() else []
        if words.strip() and not proposed:
            self.fields["words"].help_text = _("Nessuna proposta sicura: prova con un'altra parola.")
        return list((found | {str(link.concept.pk): link.concept.shown for link in proposed}).items())

    def clean_skills(self) -> list[UUID]:
        return [UUID(pk) for pk in self.cleaned_data["skills"]]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data.pop("words", None)
        if "cost" in data:
            data["cost_cents"] = int(data.pop("cost") * 100)
        return data


class EditionForm(forms.ModelForm[Edition]):
    """When, where, how many, and how to enrol."""

    starts_on = DateField(label=_("Comincia il"))
    ends_on = DateField(label=_("Finisce il"))
    enrol_until = DateField(label=_("Ci si iscrive fino al"))
    municipality = MunicipalityField(
        label=_("Comune"), max_length=110, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    enrol_by = forms.ChoiceField(label=_("Come ci si iscrive"), choices=EnrolBy.choices, widget=forms.RadioSelect)
    phone = PhoneNumberField(label=_("Telefono per iscriversi"), required=False, region="IT")

    url = forms.URLField(label=_("Pagina web per iscriversi"), max_length=300, required=False, assume_scheme="https")

    class Meta:
        model = Edition
        fields = [
            "starts_on",
            "ends_on",
            "schedule",
            "municipality",
            "address",
            "seats",
            "enrol_until",
            "enrol_by",
            "phone",
            "url",
        ]
        help_texts = {"schedule": _("Per esempio: lunedì e mercoledì, dalle 18 alle 21")}

    def __init__(self, data: Any = None, *, course: Course, instance: Edition | None) -> None:
        initial: dict[str, Any] = {"municipality": instance.municipality} if instance else {"enrol_by": EnrolBy.DESK}
        super().__init__(data, instance=instance, initial=initial)
        if course.is_online:
            del self.fields["municipality"], self.fields["address"]
        else:
            self.fields["municipality"].required = self.fields["address"].required = True

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts_on, ends_on, until = data.get("starts_on"), data.get("ends_on"), data.get("enrol_until")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("Questo giorno viene prima dell'inizio: controlla le date."))
        elif until and ends_on and until > ends_on:
            self.add_error("enrol_until", _("Questo giorno viene dopo la fine del corso: controlla le date."))
        for way, name, sentence in (
            (EnrolBy.PHONE, "phone", _("Scrivi il numero da chiamare.")),
            (EnrolBy.URL, "url", _("Scrivi la pagina in cui ci si iscrive.")),
        ):
            if data.get("enrol_by") == way and not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if data.get("phone"):
            data["phone"] = data["phone"].as_e164
        return data


class CancelForm(forms.Form):
    """Why an edition is not held."""

    reason = forms.CharField(
        label=_("Perché si annulla"), max_length=300, help_text=_("Lo leggono le persone, nella pagina del corso.")
    )
