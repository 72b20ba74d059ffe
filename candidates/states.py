"""Transitions of a person's case, service pact and its review, planned action, reorientation, appointment, invitation, disclosure and e-mail, as plain data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseState(models.TextChoices):
    OPEN = "open", _("In carico")
    CLOSED = "closed", _("Chiusa")


class CaseClosing(models.TextChoices):
    PLACED = "placed", _("Ha trovato lavoro")
    MOVED = "moved", _("È seguito da un altro servizio")
    GAVE_UP = "gave_up", _("Non desidera più il servizio")
    UNREACHABLE = "unreachable", _("Non risponde più")
    OTHER = "other", _("Altro motivo")


class PactState(models.TextChoices):
    DRAFT = "draft", _("In bozza")
    SIGNED = "signed", _("Firmato")
    SUPERSEDED = "superseded", _("Sostituito da una nuova versione")
    ENDED = "ended", _("Concluso")


class ReviewState(models.TextChoices):
    """What a second person says of a draft."""

    ASKED = "asked", _("Pronto per la verifica")
    APPROVED = "approved", _("Approvato")
    SENT_BACK = "sent_back", _("Da correggere")
    WITHDRAWN = "withdrawn", _("Superato: la bozza è cambiata")


class ReorientationState(models.TextChoices):
    """Whether another desk takes the person."""

    ASKED = "asked", _("In attesa di risposta")
    ACCEPTED = "accepted", _("Accettata")
    DENIED = "denied", _("Non accettata")
    WITHDRAWN = "withdrawn", _("Ritirata")


class PlannedActionState(models.TextChoices):
    PENDING = "pending", _("Da fare")
    DONE = "done", _("Fatta")
    ABANDONED = "abandoned", _("Lasciata")


class AppointmentState(models.TextChoices):
    BOOKED = "booked", _("Prenotato")
    SEEN = "seen", _("Svolto")
    NO_SHOW = "no_show", _("Non si è presentata la persona")
    EXCUSED = "excused", _("Assenza giustificata")
    REVOKED = "revoked", _("Annullato")
    CANCELED = "canceled", _("Disdetto dalla persona")


class GroupMeetingState(models.TextChoices):
    PLANNED = "planned", _("In programma")
    REVOKED = "revoked", _("Annullato")


class InvitationState(models.TextChoices):
    """How far the request to book a meeting has come."""

    OPEN = "open", _("Invito mandato")
    REMINDED = "reminded", _("Promemoria mandato")
    BOOKED = "booked", _("Ha prenotato")
    CONVENED = "convened", _("Convocata")
    WITHDRAWN = "withdrawn", _("Ritirato")


class DisclosureState(models.TextChoices):
    ASKED = "asked", _("In attesa di risposta")
    GRANTED = "granted", _("Consenso dato")
    DENIED = "denied", _("Consenso negato")
    WITHDRAWN = "withdrawn", _("Consenso ritirato")


class InboundState(models.TextChoices):
    NEW = "new", _("Da registrare")
    NEEDS_REVIEW = "needs_review", _("Da rivedere")
    LINKED = "linked", _("Collegata a una persona")
    REJECTED = "rejected", _("Scartata")


class DuplicateState(models.TextChoices):
    """What operators made of two records that look alike."""

    OPEN = "open", _("Da decidere")
    SAME = "same", _("Sono la stessa persona")
    DIFFERENT = "different", _("Sono due persone")


PACT_TRANSITIONS: dict[PactState, frozenset[PactState]] = {
    PactState.DRAFT: frozenset({PactState.SIGNED}),
    PactState.SIGNED: frozenset({PactState.SUPERSEDED, PactState.ENDED}),
    PactState.SUPERSEDED: frozenset(),
    PactState.ENDED: frozenset(),
}

REVIEW_TRANSITIONS: dict[ReviewState, frozenset[ReviewState]] = {
    ReviewState.ASKED: frozenset({ReviewState.APPROVED, ReviewState.SENT_BACK, ReviewState.WITHDRAWN}),
    # Who changes what was approved asks again.
    ReviewState.APPROVED: frozenset({ReviewState.WITHDRAWN}),
    ReviewState.SENT_BACK: frozenset(),
    ReviewState.WITHDRAWN: frozenset(),
}

REORIENTATION_TRANSITIONS: dict[ReorientationState, frozenset[ReorientationState]] = {
    ReorientationState.ASKED: frozenset(
        {ReorientationState.ACCEPTED, ReorientationState.DENIED, ReorientationState.WITHDRAWN}
    ),
    ReorientationState.ACCEPTED: frozenset(),
    ReorientationState.DENIED: frozenset(),
    ReorientationState.WITHDRAWN: frozenset(),
}

APPOINTMENT_TRANSITIONS: dict[AppointmentState, frozenset[AppointmentState]] = {
    AppointmentState.BOOKED: frozenset(
        {
            AppointmentState.SEEN,
            AppointmentState.NO_SHOW,
            AppointmentState.EXCUSED,
            AppointmentState.REVOKED,
            AppointmentState.CANCELED,
        }
    ),
    AppointmentState.SEEN: frozenset(),
    AppointmentState.NO_SHOW: frozenset({AppointmentState.EXCUSED}),
    AppointmentState.EXCUSED: frozenset(),
    AppointmentState.REVOKED: frozenset(),
    AppointmentState.CANCELED: frozenset(),
}

OPEN_INVITATION = (InvitationState.OPEN, InvitationState.REMINDED)
"""An invitation that waits for the person."""

INVITATION_TRANSITIONS: dict[InvitationState, frozenset[InvitationState]] = {
    InvitationState.OPEN: frozenset({InvitationState.REMINDED, InvitationState.BOOKED, InvitationState.WITHDRAWN}),
    InvitationState.REMINDED: frozenset({InvitationState.BOOKED, InvitationState.CONVENED, InvitationState.WITHDRAWN}),
    # The person cancels the meeting that they had booked: the same question is asked again, from today.
    InvitationState.BOOKED: frozenset({InvitationState.OPEN}),
    InvitationState.CONVENED: frozenset(),
    InvitationState.WITHDRAWN: frozenset(),
}

DISCLOSURE_TRANSITIONS: dict[DisclosureState, frozenset[DisclosureState]] = {
    DisclosureState.ASKED: frozenset({DisclosureState.GRANTED, DisclosureState.DENIED}),
    DisclosureState.GRANTED: frozenset({DisclosureState.WITHDRAWN}),
    DisclosureState.DENIED: frozenset({DisclosureState.GRANTED}),
    DisclosureState.WITHDRAWN: frozenset({DisclosureState.GRANTED}),
}

INBOUND_TRANSITIONS: dict[InboundState, frozenset[InboundState]] = {
    InboundState.NEW: frozenset({InboundState.LINKED, InboundState.REJECTED}),
    InboundState.NEEDS_REVIEW: frozenset({InboundState.LINKED, InboundState.REJECTED}),
    InboundState.LINKED: frozenset(),
    InboundState.REJECTED: frozenset({InboundState.LINKED, InboundState.NEEDS_REVIEW}),
}
