import enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class EmploymentSituation(models.TextChoices):
    """What the person says of their work today; employed people are admitted too."""

    JOBLESS = "jobless", _("Non lavoro e cerco un lavoro")
    NEVER_EMPLOYED = "never_employed", _("Non ho mai lavorato e cerco il primo lavoro")
    LOSING_JOB = "losing_job", _("Sto per perdere il lavoro")
    EMPLOYED = "employed", _("Lavoro e cerco un lavoro diverso")
    STUDENT = "student", _("Studio e cerco un lavoro")


class HoursWanted(models.TextChoices):
    ANY = "any", _("Mi va bene qualsiasi orario")
    FULL_TIME = "full_time", _("Tempo pieno")
    PART_TIME = "part_time", _("Part-time")


class SkillSource(models.TextChoices):
    SELF = "self", _("Detto dalla persona")
    OPERATOR = "operator", _("Verificato allo sportello")
    CERTIFICATE = "certificate", _("Certificato")


class EvidenceKind(models.TextChoices):
    """What an operator saw before confirming a skill."""

    INTERVIEW = "interview", _("Colloquio allo sportello")
    TEST = "test", _("Prova pratica")
    REFERENCE = "reference", _("Referenza di chi ha dato lavoro")
    UNPAID_WORK = "unpaid_work", _("Lavoro non pagato, di cura o di volontariato")
    CERTIFICATE = "certificate", _("Attestato o certificato")


class DocumentKind(models.TextChoices):
    CV = "cv", _("Curriculum")
    CERTIFICATE = "certificate", _("Attestato, diploma o patentino")
    OTHER = "other", _("Altro, per il lavoro")


class IntakeChannel(models.TextChoices):
    ONLINE = "online", _("Online")
    DESK = "desk", _("Allo sportello")
    PHONE = "phone", _("Al telefono")
    EMAIL = "email", _("Per e-mail")
    KIOSK = "kiosk", _("Al totem dello sportello")
    REGISTER = "register", _("Dal registro dello sportello")


class DeclarationKind(models.TextChoices):
    INSERT = "insert", _("Rilasciata")
    VALIDATE = "validate", _("Convalidata")
    REVOKE = "revoke", _("Revocata")


class DeclarationProvenance(models.TextChoices):
    REGIONAL = "regional", _("Sistema regionale")
    NATIONAL = "national", _("Sistema nazionale")
    JOB_CENTRE = "cpi", _("Centro per l'impiego")
    INPS = "inps", _("Domanda di NASpI all'INPS")


class SpellKind(models.TextChoices):
    JOB = "job", _("Lavoro dipendente")
    COLLABORATION = "collaboration", _("Collaborazione (co.co.co.)")
    SELF_EMPLOYMENT = "self_employment", _("Lavoro autonomo")
    INTERNSHIP = "internship", _("Tirocinio extracurriculare")
    PUBLIC_UTILITY = "public_utility", _("Lavoro di pubblica utilità")
    SUSPENSION = "suspension", _("Sospensione dello stato di disoccupazione")


class SpellProvenance(models.TextChoices):
    SELF = "self", _("Detto dalla persona")
    DESK = "desk", _("Scritto dallo sportello")
    NOTICE = "notice", _("Comunicazione obbligatoria")


class TargetArea(models.TextChoices):
    ECONOMIC = "economic", _("Svantaggio economico")
    DISABLED = "disabled", _("Disabilità")
    OVER_45 = "over_45", _("Senza lavoro, oltre 45 anni")
    YOUTH = "youth", _("Giovani senza lavoro")


class ServicePactKind(models.TextChoices):
    PSP = "psp", _("Patto di servizio personalizzato (PSP)")
    PIP = "pip", _("Piano di intervento personalizzato (PIP)")
    LOCAL = "local", _("Patto con lo sportello")


class SignatureWay(models.TextChoices):
    """How the person signed the pact."""

    DRAWN = "drawn", _("Firma disegnata davanti all'operatore")
    CODE = "code", _("Codice mandato alla persona e scritto allo sportello")
    ACCOUNT = "account", _("Dalla propria pagina, dopo avere confermato l'accesso")
    PAPER = "paper", _("Firma su carta, conservata allo sportello")


class ContactChannel(models.TextChoices):
    IN_PERSON = "in_person", _("Di persona")
    PHONE = "phone", _("Telefono")
    VIDEO = "video", _("Videochiamata")
    EMAIL = "email", _("E-mail")


class AppointmentMode(models.TextChoices):
    IN_PERSON = "in_person", _("Allo sportello")
    PHONE = "phone", _("Al telefono")
    VIDEO = "video", _("In video")


class NoteVisibility(models.TextChoices):
    SHARED = "shared", _("Anche la persona la legge")
    DESK = "desk", _("Solo lo sportello")


class FilePart(models.TextChoices):
    """What of a person's file a page shows; the person reads it beside each reading."""

    CASE_FILE = "case_file", _("La scheda")
    CONTACT = "contact", _("I contatti")
    PACT = "pact", _("Il patto di servizio")
    SERVICES = "services", _("I servizi ricevuti")
    APPOINTMENT = "appointment", _("Gli appuntamenti")
    RECEIPT = "receipt", _("La ricevuta della registrazione")
    STATUS = "status", _("Lo stato di disoccupazione")
    PROFILE = "profile", _("Il profilo")
    DOCUMENTS = "documents", _("I documenti")
    REFERRALS = "referrals", _("Le candidature")
    PLACEMENT = "placement", _("L'inserimento lavorativo")
    MATCH = "match", _("Il nome, tra le persone adatte a un'offerta")
    APPLICATION = "application", _("Una candidatura")
    DATA_COPY = "data_copy", _("La copia di tutti i dati")
    QUESTION = "question", _("Una tua domanda")
    IDENTITY = "identity", _("Il nome e i contatti, tra le schede che si somigliano")


class ReadingPurpose(models.TextChoices):
    """Why somebody reads a person's file, in the words the person reads."""

    CASE = "case", _("Segue la tua pratica")
    APPOINTMENT = "appointment", _("Hai un appuntamento con lo sportello")
    CONTACT = "contact", _("Ci hai contattato")
    REGISTRATION = "registration", _("Ti ha registrato allo sportello")
    INTAKE = "intake", _("Ti prende in carico")
    PROPOSAL = "proposal", _("Cerca persone per un'offerta")
    PLACEMENT = "placement", _("Controlla il tuo inserimento lavorativo")
    REPLACEMENT = "replacement", _("Sostituisce un collega")
    CHECK = "check", _("Controllo di qualità")
    APPLICATION = "application", _("Legge la tua candidatura")
    LIST = "list", _("Prepara l'elenco delle pratiche dello sportello")
    DUPLICATE = "duplicate", _("Controlla se le tue schede sono due")


class QuestionTopic(models.TextChoices):
    """What a person wants to talk about, in their words."""

    MATCH = "match", _("Un lavoro proposto o un punteggio")
    PACT = "pact", _("Il patto e le cose da fare")
    STATUS = "status", _("Lo stato di disoccupazione")
    DATA = "data", _("I miei dati")
    OTHER = "other", _("Un'altra cosa")


class SubjectCodeKind(models.TextChoices):
    """What the code that people write in the subject of an e-mail stands for."""

    CRISIS = "crisis", _("Crisi di un'impresa")
    INITIATIVE = "initiative", _("Iniziativa di un patto")
    DESK = "desk", _("Sportello")


class MailNature(models.TextChoices):
    """Who wrote an e-mail; the values of `engine.mail.Nature`."""

    LETTER = "letter", _("Messaggio")
    BOUNCE = "bounce", _("Avviso di mancata consegna")
    AUTO_REPLY = "auto_reply", _("Risposta automatica")


class MailSilence(models.TextChoices):
    """Why an e-mail got no automatic answer; the values of `engine.mail.Silence`."""

    NONE = "", _("Nessun motivo")
    NO_SENDER = "no_sender", _("Non dice un indirizzo a cui rispondere")
    BOUNCE = "bounce", _("È un avviso di mancata consegna")
    AUTOMATIC = "automatic", _("L'ha scritto un programma")
    BULK = "bulk", _("È arrivato da una lista")
    SUPPRESSED = "suppressed", _("Chiede di non avere risposte automatiche")
    OWN = "own", _("Arriva da un indirizzo dello sportello")


class MailRejection(models.TextChoices):
    """Why nothing comes of an e-mail. The first two are recognised by the portal."""

    BOUNCE = "bounce", _("Avviso di mancata consegna")
    AUTO_REPLY = "auto_reply", _("Risposta automatica")
    SPAM = "spam", _("Pubblicità o messaggio indesiderato")
    NOT_OURS = "not_ours", _("Non riguarda lo sportello")
    ANSWERED = "answered", _("Abbiamo risposto, non serve una scheda")
    OTHER = "other", _("Altro motivo")


class DuplicateGround(models.TextChoices):
    """Why two records may be of one person, the strongest first."""

    NAME = "name", _("Stesso nome e stessa data di nascita")
    CONTACT_AND_BIRTH = "birth", _("Stesso recapito e stessa data di nascita")
    CONTACT_AND_NAME = "contact", _("Stesso recapito e stesso nome")


class MergeRule(enum.Enum):
    """What becomes of a row that cannot pass to the kept record, because the kept one has its like.

    A model states it as `merge_rule`, and the words for the operator as `merge_conflict`; one that states nothing is refused.
    """

    REFUSED = enum.auto()
    """Two that exclude each other: an operator settles it first, then merges."""
    LEFT = enum.auto()
    """The kept record's stays; the other remains with the absorbed one."""
    UNTOUCHED = enum.auto()
    """The row tells of merges: it never passes."""
