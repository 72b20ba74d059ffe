"""States and lawful transitions of referrals and placements, as plain data."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ReferralState(models.TextChoices):
    """Labels speak to the person; `desk_label` speaks of them."""

    CONSENT_ASKED = "consent_asked", _("In attesa del tuo sì")
    DECLINED = "declined", _("Hai detto di no")
    SENT = "sent", _("Profilo inviato all'impresa")
    VIEWED = "viewed", _("Vista dall'impresa")
    INTERVIEW = "interview", _("Colloquio")
    OFFER = "offer", _("Proposta di lavoro")
    HIRED = "hired", _("Assunzione")
    REFUSED = "refused", _("Non scelta")
    WITHDRAWN = "withdrawn", _("Ritirata")
    OBSOLETE = "obsolete", _("Non più attiva")

    @property
    def desk_label(self) -> str | Promise:
        of_the_person = {
            ReferralState.CONSENT_ASKED: _("In attesa del sì della persona"),
            ReferralState.DECLINED: _("La persona non vuole"),
        }
        return of_the_person.get(self, self.label)


REFERRAL_TRANSITIONS: dict[ReferralState, frozenset[ReferralState]] = {
    ReferralState.CONSENT_ASKED: frozenset(
        {ReferralState.SENT, ReferralState.DECLINED, ReferralState.WITHDRAWN, ReferralState.OBSOLETE}
    ),
    ReferralState.DECLINED: frozenset(),
    ReferralState.SENT: frozenset(
        {
            ReferralState.VIEWED,
            ReferralState.INTERVIEW,
            ReferralState.OFFER,
            ReferralState.HIRED,
            ReferralState.REFUSED,
            ReferralState.WITHDRAWN,
            ReferralState.OBSOLETE,
        }
    ),
    ReferralState.VIEWED: frozenset(
        {
            ReferralState.INTERVIEW,
            ReferralState.OFFER,
            ReferralState.HIRED,
            ReferralState.REFUSED,
            ReferralState.WITHDRAWN,
            ReferralState.OBSOLETE,
        }
    ),
    ReferralState.INTERVIEW: frozenset(
        {
            ReferralState.OFFER,
            ReferralState.HIRED,
            ReferralState.REFUSED,
            ReferralState.WITHDRAWN,
            ReferralState.OBSOLETE,
        }
    ),
    ReferralState.OFFER: frozenset(
        {ReferralState.HIRED, ReferralState.REFUSED, ReferralState.WITHDRAWN, ReferralState.OBSOLETE}
    ),
    ReferralState.HIRED: frozenset(),
    ReferralState.REFUSED: frozenset(),
    ReferralState.WITHDRAWN: frozenset(),
    ReferralState.OBSOLETE: frozenset(),
}

AWAITING_COMPANY = frozenset({ReferralState.SENT, ReferralState.VIEWED})
"""The person has said yes and hears nothing: the next word is the company's."""

OPEN_REFERRALS = frozenset(state for state, following in REFERRAL_TRANSITIONS.items() if following)

NAMELESS_REFERRALS = frozenset({ReferralState.REFUSED, ReferralState.WITHDRAWN, ReferralState.OBSOLETE})
"""The company has no longer a reason to know who it was: the disclosure ends with the referral. A hire keeps it."""


class PlacementState(models.TextChoices):
    DECLARED = "declared", _("Dichiarato, da verificare")
    VERIFIED = "verified", _("Verificato")
    REJECTED = "rejected", _("Non confermato")


class CheckOutcome(models.TextChoices):
    """What became of a job after some months. Of who cannot be reached nobody says that they work, nor that they do not."""

    WORKING = "working", _("Lavora ancora lì")
    ELSEWHERE = "elsewhere", _("Ha cambiato lavoro")
    ENDED = "ended", _("Non lavora più")
    UNKNOWN = "unknown", _("Non si riesce a sapere")


class CheckSource(models.TextChoices):
    NOTICE = "notice", _("Le comunicazioni obbligatorie")
    PERSON = "person", _("La persona")
    COMPANY = "company", _("L'impresa")


class RefusalReason(models.TextChoices):
    """Coded reasons of a no; none of them touches a protected trait. The last is the portal's own word for a company's silence."""

    SKILLS = "skills", _("Mancano competenze richieste")
    EXPERIENCE = "experience", _("Serve più esperienza nel mestiere")
    HOURS = "hours", _("Orari o turni non compatibili")
    DISTANCE = "distance", _("Troppo distante dalla sede")
    PAY = "pay", _("Nessun accordo sulla retribuzione")
    FILLED = "filled", _("Posto già coperto")
    OTHER = "other", _("Altro motivo")
    NO_ANSWER = "no_answer", _("L'impresa non ha risposto in tempo")


GIVEN_REASONS = tuple(reason for reason in RefusalReason if reason is not RefusalReason.NO_ANSWER)
"""What a company may choose."""
