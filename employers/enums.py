from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class SettlementState(models.TextChoices):
    PRESENT = "present", _("Già presente nel territorio")
    OPENING = "opening", _("In apertura")
    PLANNED = "planned", _("Apertura in programma")


class ClosingReason(models.TextChoices):
    """Why a company is no longer served."""

    CEASED = "ceased", _("Ha cessato l'attività")
    INSOLVENT = "insolvent", _("È in liquidazione")
    MOVED = "moved", _("Ha lasciato il territorio")
    NOT_RELIABLE = "unreliable", _("Non ha rispettato le regole del servizio")
    OTHER = "other", _("Altro motivo")
    TAKEN_OVER = "takeover", _("È passata a un'altra impresa")
    DUPLICATE = "duplicate", _("Era registrata due volte")


CLOSED_BY_THE_DESK = tuple(reason for reason in ClosingReason if reason not in ("takeover", "duplicate"))
"""Reasons for which a desk closes a company, and may open it again; of the others only a succession is the cause."""


class WithdrawalReason(models.TextChoices):
    """Why a vacancy is taken back. The last one is the portal's own word."""

    NO_CANDIDATES = "no_candidates", _("Non abbiamo trovato persone adatte")
    FOUND_ELSEWHERE = "found_elsewhere", _("Abbiamo trovato qualcuno per un'altra via")
    NO_NEED = "no_need", _("La persona non ci serve più")
    REWRITTEN = "rewritten", _("Cambiano le condizioni o l'annuncio: scriveremo un'offerta nuova")
    OTHER = "other", _("Altro motivo")
    CLOSED = "closed", _("L'impresa è chiusa")


GIVEN_WITHDRAWALS = tuple(reason for reason in WithdrawalReason if reason != WithdrawalReason.CLOSED)
"""What a company may choose."""


class SuccessionKind(models.TextChoices):
    """How a company on file becomes another one on file."""

    TAKEOVER = "takeover", _("Un'altra impresa ha preso il suo posto: fusione, o acquisto dell'azienda o di un ramo")
    DUPLICATE = "duplicate", _("È la stessa impresa, registrata due volte")


class Fate(Enum):
    """What becomes of the rows that name a company when another one takes its place."""

    PASSES = "passes"
    FITS = "fits"
    """Passes row by row, where the other record has room for it."""
    STAYS = "stays"
    OWN = "own"
    """By a rule of its own, in the services."""


class SiteState(models.TextChoices):
    """Where a new settlement stands; what is dropped or open asks for nobody by forecast any more."""

    PLANNED = "planned", _("In programma")
    OPENING = "opening", _("In apertura")
    PRESENT = "present", _("Aperto")
    DROPPED = "dropped", _("Non si fa più")


class Confidence(models.TextChoices):
    """How sure a forecast is."""

    LOW = "low", _("Ipotesi")
    MEDIUM = "medium", _("Probabile")
    HIGH = "high", _("Impegno scritto")


class SizeBand(models.TextChoices):
    MICRO = "micro", _("Da 1 a 9 addetti")
    SMALL = "small", _("Da 10 a 49 addetti")
    MEDIUM = "medium", _("Da 50 a 249 addetti")
    LARGE = "large", _("250 addetti o più")


class VisitKind(models.TextChoices):
    ON_SITE = "on_site", _("In azienda")
    DESK = "desk", _("Allo sportello")
    REMOTE = "remote", _("Al telefono o in video")


class PayPeriod(models.TextChoices):
    YEAR = "year", _("lordi all'anno")
    MONTH = "month", _("lordi al mese")
    HOUR = "hour", _("lordi all'ora")


class HoursKind(models.TextChoices):
    FULL_TIME = "full_time", _("Tempo pieno")
    PART_TIME = "part_time", _("Part-time")


class RemarkLevel(models.TextChoices):
    HARD = "hard", _("Non si può scrivere")
    SOFT = "soft", _("Da motivare")


class WordedField(models.TextChoices):
    """The free texts of a vacancy."""

    TITLE = "title", _("Titolo dell'offerta")
    DESCRIPTION = "description", _("Che cosa farà la persona")
    SCHEDULE = "schedule", _("Giorni e fasce orarie")


class EqualityEvidence(models.TextChoices):
    """What a company shows of its gender equality; only the certificate counts."""

    CERTIFICATE = "certificate", _("Certificato UNI/PdR 125:2022")
    SELF_DECLARED = "self_declared", _("Autodichiarazione")


class AdvisoryChannel(models.TextChoices):
    ONLINE = "online", _("In video")
    IN_PERSON = "in_person", _("Di persona, allo sportello")


class AdvisoryOutcome(models.TextChoices):
    """How a request at the Punto Parità ended."""

    INFORMED = "informed", _("Informazioni date")
    PLAN = "plan", _("Percorso verso il certificato avviato")
    BODY = "body", _("Indirizzata a un organismo di certificazione")
    NOT_NOW = "not_now", _("Per ora l'impresa non va avanti")
    ABSENT = "absent", _("Nessuno si è presentato")
