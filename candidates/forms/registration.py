"""The five steps of the registration, one group of questions each."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from candidates.enums import EmploymentSituation, HoursWanted
from candidates.rules import age_on
from sportello.core.fields import DateField
from sportello.core.validators import birth_date_of, check_birth_date, check_person_name, clean_tax_code, is_uuid
from sportello.pacts.queries import action_by_code
from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    EducationLevel,
    Language,
    Occupation,
)
from sportello.reference.queries import NO_SAFE_JOB, find_occupations, proposed_skills
from sportello.reference.rules import parameter
from sportello.territory.enums import Sex
from sportello.territory.forms.fields import MunicipalityField
from sportello.territory.models import Desk

MAX_OCCUPATIONS = 3
"""Wishes per person: more would make every proposal vague."""

MAX_SKILLS = 24
"""Proposals on one page: more would not be read."""

MAX_LANGUAGES = 12
"""Languages on one page, the most spoken in the territory first."""

_COUNTRIES = (
    ("IT", _("Italiana")),
    ("EU", _("Di un altro Paese dell'Unione europea")),
    ("XX", _("Di un Paese fuori dall'Unione europea")),
)


class WhoForm(forms.Form):
    """Step 1: who you are."""

    first_name = forms.CharField(
        label=_("Nome"),
        max_length=100,
        validators=[check_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Cognome"),
        max_length=100,
        validators=[check_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    birth_date = DateField(
        label=_("Data di nascita"),
        help_text=_("Per esempio 3 12 1968"),
        autocomplete=("bday-day", "bday-month", "bday-year"),
    )
    sex = forms.ChoiceField(
        label=_("Sesso indicato nei tuoi documenti"),
        choices=Sex.choices,
        widget=forms.RadioSelect,
        help_text=_("Serve solo per le statistiche. Non conta mai nella ricerca del lavoro."),
    )
    tax_code = forms.CharField(
        label=_("Codice fiscale"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("16 lettere e cifre, oppure 11 cifre se è provvisorio. Lo trovi sulla tessera sanitaria."),
    )
    identity_document = forms.CharField(
        label=_("Se non hai un codice fiscale: tipo e numero del documento"),
        max_length=60,
        required=False,
        help_text=_("Per esempio: passaporto YA1234567"),
    )
    citizenship = forms.ChoiceField(label=_("Cittadinanza"), choices=_COUNTRIES)

    def clean_birth_date(self) -> Any:
        value = self.cleaned_data["birth_date"]
        check_birth_date(value)
        youngest = int(parameter("registration_minimum_age", on=timezone.localdate()).value)
        if age_on(value, timezone.localdate()) < youngest:
            raise ValidationError(_("Puoi registrarti dai %d anni in su.") % youngest)
        return value

    def clean_tax_code(self) -> str:
        value = self.cleaned_data["tax_code"]
        return clean_tax_code(value) if value else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        code, born = data.get("tax_code"), data.get("birth_date")
        if "tax_code" in data and not code and not data.get("identity_document"):
            missing = _("Scrivi il codice fiscale, oppure il documento qui sotto.")
            self.add_error("tax_code", ValidationError(missing, code="required"))
        written = birth_date_of(code) if code else None
        if (
            born
            and written
            and (written.month, written.day, written.year % 100)
            != (
                born.month,
                born.day,
                born.year % 100,
            )
        ):
            self.add_error("tax_code", _("Il codice fiscale non corrisponde alla data di nascita che hai scritto."))
        return data


class WhereForm(forms.Form):
    """Step 2: where you live and how to reach you."""

    residence = MunicipalityField(
        label=_("Comune di residenza"),
        max_length=110,
        widget=forms.TextInput(attrs={"list": "comuni", "autocomplete": "address-level2"}),
        help_text=_("Puoi abitare ovunque: chi abita nei comuni del territorio ha la precedenza."),
    )
    address = forms.CharField(
        label=_("Indirizzo"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    phone = PhoneNumberField(
        label=_("Telefono"),
        required=False,
        region="IT",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        error_messages={"invalid": _("Scrivi un numero di telefono valido, per esempio 333 1234567.")},
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Ti mandiamo la ricevuta e gli avvisi. Niente pubblicità."),
    )
    action_code = forms.CharField(
        label=_("Codice dell'iniziativa"),
        max_length=60,
        required=False,
        help_text=_("Solo se te ne hanno dato uno, per esempio il nome dell'azienda in crisi."),
    )

    def __init__(self, *args: Any, email_required: bool, asks_permit: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = email_required
        if asks_permit:
            self.fields["work_permit_until"] = DateField(
                label=_("Permesso di soggiorno valido fino al"),
                required=False,
                help_text=_("Lascia vuoto se il permesso non scade o se lo stai aspettando."),
            )

    def clean_action_code(self) -> str:
        code: str = self.cleaned_data["action_code"]
        if code and action_by_code(code, on=timezone.localdate()) is None:
            raise ValidationError(_("Non conosciamo questo codice. Ricontrollalo, oppure lascia vuoto."))
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not data.get("email") and not data.get("phone"):
            missing = _("Scrivi almeno un telefono o una e-mail: così possiamo avvisarti.")
            self.add_error("phone", ValidationError(missing, code="required"))
        return data


class JobForm(forms.Form):
    """Step 3: which work you look for. The words become proposals; the person chooses."""

    search_field = "wanted"

    employment_situation = forms.ChoiceField(
        label=_("Oggi"), choices=EmploymentSituation.choices, widget=forms.RadioSelect
    )
    wanted = forms.CharField(
        label=_("Che lavoro cerchi?"),
        max_length=100,
        required=False,
        help_text=_("Scrivilo come lo diresti a voce, per esempio «badante» o «magazziniere». Poi premi «Cerca»."),
    )
    occupations = forms.MultipleChoiceField(
        label=_("Scegli fino a tre mestieri"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Scegli tra i mestieri proposti.")},
    )
    years = forms.IntegerField(
        label=_("Anni di esperienza nel primo mestiere che hai scelto"), min_value=0, max_value=60, initial=0
    )
    hours_wanted = forms.ChoiceField(label=_("Orario"), choices=HoursWanted.choices, widget=forms.RadioSelect)
    max_travel_km = forms.IntegerField(
        label=_("Quanti chilometri puoi fare per andare al lavoro?"), min_value=1, max_value=200, initial=20
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occupations"].choices = self._proposals()  # type: ignore[attr-defined]
        offered = self.fields["occupations"].choices  # type: ignore[attr-defined]
        asked = _("Scegli almeno un mestiere tra quelli proposti.") if offered else NO_SAFE_JOB
        self.fields["occupations"].error_messages["required"] = (
            asked if self._typed() else _("Scrivi sopra che lavoro cerchi e premi «Cerca».")
        )

    def _typed(self) -> str:
        return str((self.data.get("wanted") if self.is_bound else self.initial.get("wanted")) or "").strip()

    def _proposals(self) -> list[tuple[str, str]]:
        """The occupations chosen so far, then those that the words propose."""
        chosen = self.data.getlist("occupations") if self.is_bound else self.initial.get("occupations", [])  # type: ignore[attr-defined]
        valid = [pk for pk in chosen if is_uuid(pk)]
        found = {str(o.pk): o.shown for o in Occupation.objects.filter(pk__in=valid)}
        if text := self._typed():
            proposed = find_occupations(text)
            if not proposed:
                self.fields["wanted"].help_text = NO_SAFE_JOB
            found |= {str(m.occupation.pk): m.occupation.shown for m in proposed}
        return list(found.items())

    def clean_occupations(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["occupations"]
        if len(chosen) > MAX_OCCUPATIONS:
            raise ValidationError(_("Scegli al massimo tre mestieri."))
        return chosen


class KnownSkillsForm(forms.Form):
    """Skills to tick, as the occupations propose them."""

    skills = forms.MultipleChoiceField(
        label=_("Che cosa sai fare"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Conta anche ciò che hai imparato a casa, da volontario o da solo."),
    )

    def __init__(self, *args: Any, occupation_ids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposals = proposed_skills(*map(UUID, occupation_ids)) if occupation_ids else []
        skills = {str(p.skill.pk): p.skill.shown for p in sorted(proposals, key=lambda p: not p.essential)}
        self.fields["skills"].choices = list(skills.items())[:MAX_SKILLS]  # type: ignore[attr-defined]


class SkillsForm(KnownSkillsForm):
    """Step 4: what you can do."""

    education_level = forms.ModelChoiceField(
        label=_("Titolo di studio"), queryset=EducationLevel.objects.all(), empty_label=_("Scegli")
    )
    italian = forms.ChoiceField(
        label=_("Come parli l'italiano"),
        choices=[
            ("", _("Scegli")),
            ("A1", _("Poche parole (A1)")),
            ("A2", _("Frasi semplici (A2)")),
            ("B1", _("Me la cavo (B1)")),
            ("B2", _("Bene (B2)")),
            ("C1", _("Molto bene (C1)")),
            ("C2", _("È la mia lingua (C2)")),
        ],
    )
    other_languages = forms.ModelMultipleChoiceField(
        label=_("Altre lingue che parli abbastanza bene da lavorare (almeno B1)"),
        queryset=Language.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    licences = forms.ModelMultipleChoiceField(
        label=_("Patenti e patentini"),
        queryset=DrivingLicence.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    has_vehicle = forms.BooleanField(label=_("Ho un mezzo mio per muovermi"), required=False)
    contract_types = forms.ModelMultipleChoiceField(
        label=_("Contratti che accetti"),
        queryset=ContractType.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Se non scegli nulla, ti proponiamo tutti i contratti."),
    )

    def __init__(self, *args: Any, occupation_ids: list[str], **kwargs: Any) -> None:
        super().__init__(*args, occupation_ids=occupation_ids, **kwargs)
        offered = Language.objects.exclude(code="it").order_by("position")[:MAX_LANGUAGES]
        # By key: a field narrows its queryset to what was ticked, which a sliced one refuses.
        self.fields["other_languages"].queryset = Language.objects.filter(pk__in=offered.values("pk"))  # type: ignore[attr-defined]


class NoticeForm(forms.Form):
    """Step 5 for who has an account: the notice read."""

    privacy = forms.BooleanField(
        label=_("Ho letto l'informativa sui miei dati"),
        error_messages={"required": _("Leggi l'informativa e metti la spunta: serve per continuare.")},
    )


class PasswordForm(forms.Form):
    """A password for the next visits."""

    password = forms.CharField(
        label=_("Scegli una password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Almeno 12 caratteri. Tre parole lunghe vanno benissimo."),
    )

    def clean_password(self) -> str:
        value: str = self.cleaned_data["password"]
        validate_password(value)
        return value


class ConfirmForm(PasswordForm, NoticeForm):
    """Step 5 online for who has no account yet: the notice, then the password."""


class AssistedConfirmForm(forms.Form):
    """Step 5 at the desk: the operator read the data back and gave the notice."""

    privacy = forms.BooleanField(
        label=_("Ho riletto i dati alla persona e le ho dato l'informativa"),
        error_messages={"required": _("Rileggi i dati alla persona e consegna l'informativa.")},
    )


class DeskForm(forms.Form):
    """At which of their desks the operator is; who has one is not asked."""

    desk = forms.ModelChoiceField(
        label=_("A quale sportello sei?"), queryset=Desk.objects.none(), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, desks: QuerySet[Desk], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["desk"].queryset = desks  # type: ignore[attr-defined]
        self._only = desks[0] if len(desks) == 1 else None
        self.fields["desk"].required = self._only is None

    def clean_desk(self) -> Desk:
        chosen: Desk | None = self.cleaned_data["desk"] or self._only
        if chosen is None:
            raise ValidationError(_("Scegli lo sportello."))
        return chosen
