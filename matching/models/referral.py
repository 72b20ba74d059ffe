"""A referral: the operator sends a person towards a company, with the person's consent."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.enums import MergeRule
from candidates.models import Candidate, DisclosureRequest
from candidates.states import DisclosureState
from employers.models import Vacancy
from matching.models.proposal import Proposal
from matching.states import GOING_ON, OPEN_REFERRALS, ReferralState, RefusalReason
from sportello.accounts.enums import Role
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.catalogue import Basis, Processing, classified
from sportello.core.db import Model

REFERRALS = Processing(
    purpose="Portare la candidatura all'impresa e seguirne l'esito",
    basis=Basis.PUBLIC_TASK,
    retention="24 mesi dall'ultima attività",
    readers=("self", Role.OPERATOR, Role.COORDINATOR, Role.COMPANY),
)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, scope: Scope) -> "ReferralQuerySet":
        """The person's own, and operators those of people of their desks."""
        return self.filter(candidate__in=Candidate.objects.visible_to(scope))

    def sent_to_company(self) -> "ReferralQuerySet":
        """Those of which the company knows: until the person says yes, not even that anybody was asked."""
        hidden = (ReferralState.CONSENT_ASKED, ReferralState.DECLINED)
        return self.exclude(state__in=hidden).filter(candidate__erased_at__isnull=True)

    def open(self) -> "ReferralQuerySet":
        return self.filter(state__in=OPEN_REFERRALS)


@audit.tracked()
@classified(
    REFERRALS,
    counted=True,
    identity="candidate referred_by",
    case="vacancy proposal disclosure state note refusal_reason message_to_person message_to_desk chased_at created_at updated_at",
)
class Referral(Model):
    """A person on the way to a vacancy."""

    merge_rule = MergeRule.REFUSED
    merge_conflict = _("Le due schede sono proposte per la stessa offerta: ritira prima una delle due proposte.")

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="referrals")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="referrals")
    proposal = models.ForeignKey(Proposal, on_delete=models.SET_NULL, null=True, blank=True, related_name="referrals")
    disclosure = models.ForeignKey(DisclosureRequest, on_delete=models.PROTECT, related_name="referrals")
    state = models.CharField(max_length=15, choices=ReferralState.choices, default=ReferralState.CONSENT_ASKED)
    note = models.TextField(_("Nota per l'impresa"), blank=True, max_length=1000)
    refusal_reason = models.CharField(_("Motivo"), max_length=12, choices=RefusalReason.choices, blank=True)
    message_to_person = models.TextField(_("Messaggio per la persona"), blank=True, max_length=1000)
    message_to_desk = models.TextField(_("Messaggio per lo sportello"), blank=True, max_length=1000)
    referred_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    chased_at = models.DateTimeField(null=True, blank=True, help_text="When the company was asked to answer at last")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["vacancy", "candidate"],
                # One that fell with a hire may be made again when that hire is not confirmed, or has ended.
                condition=~Q(state__in=["withdrawn", "declined", "obsolete"]),
                name="one_open_referral_per_vacancy_and_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal_reason=""), name="refused_referral_knows_why"
            ),
        ]

    @property
    def desk_label(self) -> str | Promise:
        """The state in the words of the desk."""
        return ReferralState(self.state).desk_label

    @property
    def is_asked_anew(self) -> bool:
        """Whether an application that goes on waits for a yes to another employer than the person applied to."""
        unsaid = self.disclosure.state in (DisclosureState.ASKED, DisclosureState.DENIED)
        return unsaid and self.state in GOING_ON and self.state != ReferralState.CONSENT_ASKED


@classified(
    REFERRALS,
    counted=True,
    case="referral from_state to_state reason at",
    identity="actor_id",
    organisation="actor_label",
)
class ReferralTransition(Model):
    """One change of a referral's state: ids and labels, so it outlives the account."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=15, choices=ReferralState.choices)
    to_state = models.CharField(max_length=15, choices=ReferralState.choices)
    reason = models.CharField(max_length=500, blank=True)
    actor_id = models.UUIDField(null=True, blank=True)
    actor_label = models.CharField(max_length=300)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
