"""What an operator fills in for a person: the one page of who walks in, and the last step on the telephone."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from candidates.enums import EmploymentSituation
from candidates.forms.registration import WhereForm, WhoForm
from sportello.core import sms
from sportello.core.models import MessageChannel

_WHO = ("first_name", "last_name", "birth_date", "sex", "tax_code", "citizenship")
_WHERE = ("residence", "phone", "email")
_CAME = ("employment_situation", "reason")


class WalkInForm(WhoForm, WhereForm):
    """The least that the law and the desk need of who walks in; the rest of the profile is told another day."""

    no_contact = forms.BooleanField(label=_("Non ha né telefono né e-mail"), required=False)
    employment_situation = forms.ChoiceField(
        label=_("Perché è qui"), choices=EmploymentSituation.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label=_("Che cosa chiede"), max_length=200, required=False)
    privacy = forms.BooleanField(
        label=_("Ho dato l'informativa alla persona, che l'ha letta"),
        error_messages={"required": _("Consegna l'informativa, poi metti la spunta.")},
    )

    field_order = (*_WHO, *_WHERE, "no_contact", *_CAME, "privacy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, email_required=False, **kwargs)
        for name in ("identity_document", "address", "action_code"):
            del self.fields[name]
        self.fields["tax_code"].help_text = _("Se la persona lo ha con sé.")
        self.fields["sex"].label = _("Sesso indicato nei documenti")
        self.fields["email"].help_text = ""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for name, code in (("tax_code", "required"), ("phone", "required")):
            # The page may be sent without a code, and without a contact where the operator says that there is none.
            if name == "tax_code" or self.cleaned_data.get("no_contact"):
                self._forgive(name, code)
        if data.get("no_contact") and (data.get("phone") or data.get("email")):
            self.add_error("no_contact", ValidationError(_("Hai scritto un recapito: togli questa spunta.")))
        return data

    def _forgive(self, name: str, code: str) -> None:
        wrong = self.errors.as_data().get(name, [])
        if wrong and all(error.code == code for error in wrong):
            del self.errors[name]
            self.cleaned_data.setdefault(name, "")

    @property
    def parts(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
        """Who, where and why, once the form is valid; what the page does not ask is empty."""
        data = self.cleaned_data
        who, where, came = ({name: data[name] for name in names} for names in (_WHO, _WHERE, _CAME))
        return {**who, "identity_document": ""}, {**where, "address": "", "action_code": ""}, came


class PhoneConfirmForm(forms.Form):
    """Step 5 on the telephone: the operator has read everything aloud, and knows where the receipt goes."""

    receipt_by = forms.ChoiceField(label=_("Dove mandiamo la ricevuta?"), widget=forms.RadioSelect)
    privacy = forms.BooleanField(
        label=_("Ho riletto i dati alla persona e le ho letto l'informativa al telefono"),
        error_messages={"required": _("Rileggi i dati e leggi l'informativa alla persona.")},
    )

    def __init__(self, *args: Any, email: str, phone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(MessageChannel.EMAIL.value, f"{MessageChannel.EMAIL.label}: {email}")] if email else []
        if phone and sms.is_on():
            offered.append((MessageChannel.SMS.value, f"{MessageChannel.SMS.label}: {phone}"))
        self.fields["receipt_by"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["receipt_by"]
