"""The person in search of work: one record, whatever the desk."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from candidates.enums import EmploymentSituation
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model
from sportello.core.text import search_key, sort_key
from sportello.territory.enums import Sex
from sportello.territory.models import Municipality

CASE_WORK = Processing(
    purpose="Accompagnare la persona al lavoro",
    basis=Basis.PUBLIC_TASK,
    retention="24 mesi dall'ultima attività",
    readers=("self", Role.OPERATOR, Role.COORDINATOR),
)


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, scope: Scope) -> "CandidateQuerySet":
        """People the actor may open: a citizen themself, an operator those of the desks they serve.

        Whom another desk has in charge is that desk's alone, whatever they did before at the actor's. Who is restricted is seen by
        whom a grant names, and by nobody else.
        """
        # Imported here: these modules import this one.
        from candidates.models.case import Case
        from candidates.models.intake import Intake
        from candidates.models.restriction import hidden_from

        if scope.user_id is None:
            return self.none()
        visible = Q(user_id=scope.user_id)
        if scope.desk_ids:
            served = {"candidate": OuterRef("pk"), "desk__in": scope.desk_ids}
            known = Q(Exists(Case.objects.filter(**served))) | Q(Exists(Intake.objects.filter(**served)))
            elsewhere = Case.objects.open().filter(candidate=OuterRef("pk")).exclude(desk__in=scope.desk_ids)
            visible |= known & ~Q(Exists(elsewhere)) & ~Q(hidden_from(scope.user_id, candidate="pk"))
        return self.filter(visible).standing()

    def standing(self) -> "CandidateQuerySet":
        """Records in use: neither erased nor absorbed by another of the same person."""
        return self.filter(erased_at__isnull=True, absorbed_into__isnull=True)

    def of_one_person(self, candidate: "Candidate") -> "CandidateQuerySet":
        """The record and those that it has absorbed."""
        return self.filter(Q(pk=candidate.pk) | Q(absorbed_into=candidate))


def of_erased_person() -> Exists:
    """Whether the candidate of a row has been erased; for tables with a field `candidate`.

    Asked in this way it is answered by the index of the few erased people; a join would read everybody else.
    """
    return Exists(Candidate.objects.filter(pk=OuterRef("candidate"), erased_at__isnull=False))


@audit.tracked()
@classified(
    CASE_WORK,
    identity="user first_name last_name sort_key search_key tax_code identity_document birth_date birth_place",
    contact="email phone address residence domicile",
    special="sex citizenship",
    profile="employment_situation language",
    technical="created_at confirmed_at erased_at erasure_announced_on absorbed_into",
)
class Candidate(Model):
    """A person who looks for work, or for another one."""

    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="candidate")
    first_name = models.CharField(_("Nome"), max_length=100)
    last_name = models.CharField(_("Cognome"), max_length=100)
    sort_key = models.CharField(max_length=220, db_index=True, editable=False)
    search_key = models.CharField(max_length=220, editable=False)
    tax_code = models.CharField(_("Codice fiscale"), max_length=16, blank=True)
    identity_document = models.CharField(_("Documento"), max_length=60, blank=True)
    sex = models.CharField(_("Sesso"), max_length=1, choices=Sex.choices)
    birth_date = models.DateField(_("Data di nascita"))
    birth_place = models.CharField(_("Luogo di nascita"), max_length=100, blank=True)
    citizenship = models.CharField(
        _("Cittadinanza"),
        max_length=2,
        default="IT",
        help_text="IT, EU or XX (elsewhere): no more than the statistics need",
    )
    email = models.EmailField(_("E-mail"), blank=True)
    phone = PhoneNumberField(_("Telefono"), blank=True)
    address = models.CharField(_("Indirizzo"), max_length=200, blank=True)
    residence = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        related_name="residents_registered",
        verbose_name=_("Comune di residenza"),
    )
    domicile = models.ForeignKey(
        Municipality,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Comune di domicilio"),
    )
    employment_situation = models.CharField(_("Lavoro di oggi"), max_length=15, choices=EmploymentSituation.choices)
    language = models.CharField(max_length=2, default="it")
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(default=timezone.now, help_text="When the person last confirmed the profile")
    erased_at = models.DateTimeField(null=True, blank=True)
    erasure_announced_on = models.DateField(
        null=True, blank=True, help_text="When they were told that silence ends here"
    )
    absorbed_into = models.ForeignKey(
        "self",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="absorbed",
        help_text="The record of the same person that goes on in the place of this one",
    )

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(fields=["tax_code"], condition=~Q(tax_code=""), name="one_person_per_tax_code"),
            models.CheckConstraint(
                condition=Q(absorbed_into__isnull=True) | ~Q(absorbed_into=F("id")), name="no_record_absorbs_itself"
            ),
        ]
        indexes = [
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="candidate_search_trigrams"),
            models.Index(Upper("email"), condition=~Q(email=""), name="candidate_email"),
            GinIndex(OpClass("phone", name="gin_trgm_ops"), name="candidate_phone_trigrams"),
            models.Index(fields=["id"], condition=Q(erased_at__isnull=False), name="erased_people"),
            # The reports look everybody up by these two alone.
            models.Index(fields=["id"], include=["sex", "birth_date"], name="people_by_sex_and_age"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def save(self, *args: object, **kwargs: object) -> None:
        self.sort_key = sort_key(self.last_name, self.first_name)
        self.search_key = search_key(f"{self.last_name} {self.first_name}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]
