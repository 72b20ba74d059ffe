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

GOING_ON = OPEN_REFERRALS | {ReferralState.HIRED}
"""Applications of which somebody still expects something; a hire that is not confirmed is an offer again."""

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
    """Coded reasons of a no; none of them touches a protected trait. The last two are the portal's own words."""

    SKILLS = "skills", _("Mancano competenze richieste")
    EXPERIENCE = "experience", _("Serve più esperienza nel mestiere")
    HOURS = "hours", _("Orari o turni non compatibili")
    DISTANCE = "distance", _("Troppo distante dalla sede")
    PAY = "pay", _("Nessun accordo sulla retribuzione")
    FILLED = "filled", _("Posto già coperto")
    OTHER = "other", _("Altro motivo")
    NO_ANSWER = "no_answer", _("L'impresa non ha risposto in tempo")
    CLOSED = "closed", _("L'impresa ha chiuso: non dipende da te")


PORTALS_REASONS = frozenset({RefusalReason.NO_ANSWER, RefusalReason.CLOSED})
GIVEN_REASONS = tuple(reason for reason in RefusalReason if reason not in PORTALS_REASONS)
"""What a company may choose."""


class OverrideKind(models.TextChoices):
    """What a person decided otherwise than the ranking."""

    PUT_FORWARD = "put_forward", _("Proposta fuori dall'elenco")
    SET_ASIDE = "set_aside", _("Messa da parte")


class OverrideReason(models.TextChoices):
    """Coded reasons; none of them touches a protected trait."""

    TALKED = "talked", _("Il colloquio ha detto di più del profilo")
    ACCEPTS = "accepts", _("La persona accetta quello che la regola esclude")
    COMPANY_OPEN = "company_open", _("L'impresa valuta anche chi non ha tutto quello che chiede")
    CHANGED = "changed", _("Il profilo è cambiato dopo la ricerca")
    UNWILLING = "unwilling", _("La persona non vuole questo lavoro")
    UNAVAILABLE = "unavailable", _("In questo periodo la persona non è disponibile")
    UNREACHED = "unreached", _("Non si riesce a contattare la persona")
    NOT_HELD = "not_held", _("Un requisito scritto nel profilo non c'è")
    OTHER = "other", _("Altro motivo")


REASONS_FOR: dict[OverrideKind, tuple[OverrideReason, ...]] = {
    OverrideKind.PUT_FORWARD: (
        OverrideReason.TALKED,
        OverrideReason.ACCEPTS,
        OverrideReason.COMPANY_OPEN,
        OverrideReason.CHANGED,
        OverrideReason.OTHER,
    ),
    OverrideKind.SET_ASIDE: (
        OverrideReason.UNWILLING,
        OverrideReason.UNAVAILABLE,
        OverrideReason.UNREACHED,
        OverrideReason.NOT_HELD,
        OverrideReason.OTHER,
    ),
}
