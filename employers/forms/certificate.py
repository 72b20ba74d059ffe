"""A gender-equality certificate: what the paper says, the desk's decision, the surveillance."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from employers.enums import EqualityEvidence
from employers.services.certificate import CertificateData
from sportello.core.fields import DateField, UploadField
from sportello.core.files import KINDS
from sportello.reference.rules import MissingParameterError, parameter


def _not_to_come(value: date) -> date:
    if value > timezone.localdate():
        raise ValidationError(_("Questa data è nel futuro."))
    return value


class CertificateForm(forms.Form):
    """The paper and its file; a certificate says who gave it and until when, a self-declaration only when it was made."""

    kind = forms.ChoiceField(
        label=_("Che cosa presenti"),
        choices=EqualityEvidence.choices,
        widget=forms.RadioSelect,
        help_text=_("L'autodichiarazione resta agli atti, ma non vale come certificato e non dà punti nelle gare."),
    )
    body = forms.CharField(
        label=_("Organismo di certificazione"),
        max_length=200,
        required=False,
        help_text=_("Per il certificato: il nome scritto in testa al documento."),
    )
    body_accreditation = forms.CharField(
        label=_("Numero di accreditamento dell'organismo"),
        max_length=60,
        required=False,
        help_text=_("Per il certificato: sta vicino al marchio dell'ente di accreditamento."),
    )
    number = forms.CharField(
        label=_("Numero del certificato"), max_length=60, required=False, help_text=_("Per il certificato.")
    )
    issued_on = DateField(label=_("Data del documento"))
    expires_on = DateField(
        label=_("Valido fino al"), required=False, help_text=_("Per il certificato. Giorno, mese e anno.")
    )
    file = UploadField(label=_("Il documento"), kinds=KINDS)

    def clean_issued_on(self) -> date:
        return _not_to_come(self.cleaned_data["issued_on"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == EqualityEvidence.SELF_DECLARED:
            return data | {"body": "", "body_accreditation": "", "number": "", "expires_on": None}
        for name in ("body", "body_accreditation", "number", "expires_on"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, _("Serve per il certificato: copialo dal documento."))
        self._check_end(data.get("issued_on"), data.get("expires_on"))
        return data

    def _check_end(self, issued_on: date | None, expires_on: date | None) -> None:
        if not issued_on or not expires_on:
            return
        try:
            months = int(parameter("equality_certificate_months", on=issued_on).value)
        except MissingParameterError:
            self.add_error("issued_on", _("In quel giorno la prassi UNI/PdR 125:2022 non c'era ancora."))
            return
        if not issued_on < expires_on <= issued_on + relativedelta(months=months):
            self.add_error("expires_on", _("Il certificato vale al massimo %d mesi dal rilascio.") % months)

    @property
    def facts(self) -> CertificateData:
        """What the paper says; wants a valid form."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return CertificateData(**data | {"kind": EqualityEvidence(data["kind"])})


class CertificateDecisionForm(forms.Form):
    """The paper is good, or not and why."""

    decision = forms.ChoiceField(
        label=_("Il documento è buono?"),
        choices=[
            ("verify", _("Sì: l'ho confrontato con il registro dell'organismo")),
            ("refuse", _("No: non lo accetto")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Se non lo accetti, l'impresa legge questo testo."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") == "refuse" and not data.get("reason"):
            self.add_error("reason", _("Scrivi il motivo: l'impresa deve sapere che cosa manca."))
        return data


class RevocationForm(forms.Form):
    """From when a certificate no longer holds, and why."""

    revoked_on = DateField(label=_("Non vale più dal"))
    reason = forms.CharField(label=_("Motivo della revoca"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_revoked_on(self) -> date:
        return _not_to_come(self.cleaned_data["revoked_on"])


class SurveillanceForm(forms.Form):
    """When the body made its yearly surveillance."""

    done_on = DateField(label=_("Sorveglianza fatta il"))

    def clean_done_on(self) -> date:
        return _not_to_come(self.cleaned_data["done_on"])
