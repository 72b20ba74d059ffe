"""The register of gender-equality certificates (UNI/PdR 125:2022) and the surveillance that keeps them alive."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from employers.enums import EqualityEvidence
from employers.models.company import COMPANY_SERVICES, Company
from employers.states import CertificateState
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import classified
from sportello.core.db import Model
from sportello.core.files import private_path


class CertificateQuerySet(models.QuerySet["GenderEqualityCertificate"]):
    def visible_to(self, scope: Scope) -> "CertificateQuerySet":
        """A company sees its own; operators see those of all companies."""
        if scope.has_any((Role.OPERATOR, Role.COORDINATOR)):
            return self
        return self.filter(company__organisation__in=scope.organisation_ids(Role.COMPANY))

    def valid_on(self, day: date) -> "CertificateQuerySet":
        """Certificates that the desk has verified and that hold on the day; the same as `engine.certificate.standing_of`."""
        return self.filter(
            Q(state=CertificateState.VERIFIED) | Q(state=CertificateState.REVOKED, revoked_on__gt=day),
            kind=EqualityEvidence.CERTIFICATE,
            issued_on__lte=day,
            expires_on__gte=day,
        )


@audit.tracked()
@classified(
    COMPANY_SERVICES,
    organisation="company kind body body_accreditation number issued_on expires_on file state decided_at decision_reason "
    "revoked_on",
    identity="entered_by decided_by",
    technical="entered_at",
)
class GenderEqualityCertificate(Model):
    """What a company shows of its gender equality: the certificate of an accredited body, or its own word, which never counts.

    `revoked_on` is the first day on which a revoked certificate no longer holds.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="equality_certificates")
    kind = models.CharField(_("Che cosa presenti"), max_length=13, choices=EqualityEvidence.choices)
    body = models.CharField(_("Organismo di certificazione"), max_length=200, blank=True)
    body_accreditation = models.CharField(_("Numero di accreditamento dell'organismo"), max_length=60, blank=True)
    number = models.CharField(_("Numero del certificato"), max_length=60, blank=True)
    issued_on = models.DateField(_("Data del documento"))
    expires_on = models.DateField(_("Valido fino al"), null=True, blank=True)
    file = models.FileField(_("Il documento"), upload_to=private_path)
    state = models.CharField(max_length=8, choices=CertificateState.choices, default=CertificateState.ENTERED)
    entered_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(max_length=500, blank=True)
    revoked_on = models.DateField(null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_on", "-entered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="self_declared", expires_on__isnull=True)
                | (
                    Q(kind="certificate", expires_on__isnull=False)
                    & ~Q(body="")
                    & ~Q(body_accreditation="")
                    & ~Q(number="")
                ),
                name="certificate_names_its_body_and_its_end",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("issued_on")),
                name="certificate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind="certificate") | Q(state__in=["entered", "refused"]),
                name="self_declaration_is_never_verified",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["entered", "verified"]) | ~Q(decision_reason=""),
                name="refused_certificate_knows_why",
            ),
            models.CheckConstraint(
                condition=Q(state="revoked", revoked_on__isnull=False)
                | (~Q(state="revoked") & Q(revoked_on__isnull=True)),
                name="revoked_certificate_knows_when",
            ),
            models.CheckConstraint(
                condition=Q(state="entered", decided_at__isnull=True)
                | (~Q(state="entered") & Q(decided_at__isnull=False)),
                name="certificate_decided_with_its_moment",
            ),
            models.UniqueConstraint(
                fields=["company", "number"],
                condition=Q(kind="certificate") & ~Q(state="refused"),
                name="certificate_on_file_once",
            ),
        ]
        indexes = [models.Index(fields=["company", "expires_on"], name="certificates_of_a_company")]

    @property
    def last_day(self) -> date:
        """The last day on which the paper holds; a self-declaration speaks of the day it was made."""
        return self.expires_on or self.issued_on


@audit.tracked()
@classified(COMPANY_SERVICES, organisation="certificate due_on done_on")
class CertificateSurveillance(Model):
    """One yearly surveillance of a certificate: by when the body makes it, and when it was made."""

    certificate = models.ForeignKey(GenderEqualityCertificate, on_delete=models.CASCADE, related_name="surveillances")
    due_on = models.DateField()
    done_on = models.DateField(_("Fatta il"), null=True, blank=True)

    class Meta:
        ordering = ["due_on"]
        constraints = [models.UniqueConstraint(fields=["certificate", "due_on"], name="one_surveillance_for_each_day")]
