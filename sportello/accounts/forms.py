"""Forms about people of a body."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from sportello.accounts.enums import KeyScope, Part, Role
from sportello.accounts.rules import roles_offered
from sportello.accounts.scope import Scope
from sportello.core.validators import check_person_name
from sportello.territory.enums import OrganisationKind
from sportello.territory.models import Desk, Organisation


class PartField(forms.TypedChoiceField):
    """How far somebody acts for a company."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Che cosa può fare"),
            choices=Part.choices,
            coerce=lambda value: Part(int(value)),
            widget=forms.RadioSelect,
            initial=Part.READS,
        )


class PartForm(forms.Form):
    """A person of a company gets another part."""

    part = PartField()


class InviteForm(forms.Form):
    """Whom to invite, to do what, at which desks."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Ruolo"), widget=forms.RadioSelect)
    desks = forms.ModelMultipleChoiceField(
        label=_("Sportelli"), queryset=Desk.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_admin = forms.BooleanField(label=_("Può invitare e togliere persone"), required=False)
    part = PartField()

    def __init__(self, *args: Any, organisation: Organisation, scope: Scope, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = roles_offered(scope, organisation)
        self.fields["role"].choices = [(r.value, r.label) for r in roles]  # type: ignore[attr-defined]
        self.fields["desks"].queryset = organisation.desks.order_by("name")  # type: ignore[attr-defined]
        if not organisation.desks.exists():
            del self.fields["desks"]
        if organisation.kind == OrganisationKind.COMPANY:
            # Its one role has parts, and the last of them is to administer.
            del self.fields["role"], self.fields["is_admin"]
        else:
            del self.fields["part"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if part := data.pop("part", None):
            data |= {"role": Role.COMPANY, "is_admin": part.may_administer, "decides": part.may_decide}
        if data.get("role") in (Role.OPERATOR, Role.COORDINATOR) and not data.get("desks"):
            self.add_error("desks" if "desks" in self.fields else "role", _("Scegli almeno uno sportello."))
        return data


class AcceptForm(forms.Form):
    """A new account from an invitation."""

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


class KeyForm(forms.Form):
    """A new key of the API: for which program, to do what, how long."""

    name = forms.CharField(
        label=_("Nome del programma"),
        max_length=60,
        help_text=_("Per riconoscere la chiave: «gestionale del personale»."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Che cosa può fare"), choices=KeyScope.choices, widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=_("Per quanto vale"),
        choices=[(30, _("30 giorni")), (90, _("90 giorni")), (365, _("un anno"))],
        coerce=int,
        initial=90,
    )
