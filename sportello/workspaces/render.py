"""What the portal keeps about a person, as a file that they can read and that a program can."""

import json
import zipfile
from io import BytesIO
from typing import Any

from django.apps import apps
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.models import Candidate
from candidates.queries.self_service import own_accesses
from sportello.accounts.models import User
from sportello.core.files import suffix_of
from sportello.core.models import Message
from sportello.core.subject import copy_of, files_of

TITLES: dict[str, Promise] = {
    "candidates.Candidate": _("Chi sei"),
    "candidates.Appointment": _("Incontri"),
    "candidates.BookingInvitation": _("Inviti a prenotare"),
    "candidates.Case": _("Pratiche"),
    "candidates.Contact": _("Colloqui"),
    "candidates.DisclosureRequest": _("Consensi a mostrare il profilo"),
    "candidates.PersonDocument": _("I tuoi documenti"),
    "candidates.Intake": _("Arrivi allo sportello"),
    "candidates.InboundMessage": _("E-mail che ci hai mandato"),
    "candidates.ContactPreference": _("Come ti scriviamo"),
    "candidates.Profile": _("Profilo"),
    "candidates.AvailabilityWindow": _("Quando puoi lavorare"),
    "candidates.DesiredOccupation": _("Lavori che cerchi"),
    "candidates.SkillStatement": _("Competenze"),
    "candidates.LanguageSkill": _("Lingue"),
    "candidates.WorkExperience": _("Esperienze di lavoro"),
    "candidates.Education": _("Studi e corsi"),
    "candidates.Question": _("Domande allo sportello"),
    "candidates.AvailabilityDeclaration": _("Dichiarazioni di immediata disponibilità"),
    "candidates.WorkSpell": _("Periodi di lavoro e di sospensione"),
    "matching.Proposal": _("Offerte scelte per te"),
    "matching.Referral": _("Candidature"),
    "matching.Override": _("Decisioni di una persona sulle offerte per te"),
    "matching.Placement": _("Inserimenti lavorativi"),
    "candidates.CaseAssignment": _("Chi ti ha seguito, da quando a quando"),
    "candidates.CaseTag": _("Etichette della pratica"),
    "candidates.ServicePact": _("Patti di servizio"),
    "candidates.RegistrationDraft": _("Bozze della registrazione"),
    "candidates.InboundAttachment": _("Allegati delle tue e-mail"),
    "candidates.HeldLicence": _("Patenti e patentini"),
    "matching.ReferralTransition": _("Passi delle candidature"),
    "matching.PlacementCheck": _("Verifiche dei lavori trovati"),
    "candidates.PlannedAction": _("Azioni concordate"),
    "candidates.SearchProof": _("Prove della ricerca di lavoro"),
    "candidates.Reorientation": _("Passaggi ad altri sportelli"),
    "candidates.ServiceDelivered": _("Servizi che hai avuto"),
    "candidates.PactReview": _("Verifiche delle bozze del patto"),
    "candidates.SigningCode": _("Codici per firmare"),
    "candidates.Restriction": _("Riservatezza della scheda"),
    "candidates.RestrictionGrant": _("Chi può vedere la scheda riservata"),
    "candidates.DuplicatePair": _("Schede che somigliano alla tua"),
    "candidates.Merge": _("Schede unite alla tua"),
    "core.Message": _("Messaggi che ti abbiamo mandato"),
    "core.AccessLogEntry": _("Chi ha visto la tua scheda"),
}
"""What a person reads above the rows of each table, in the order of the page."""


WORDS: dict[str, Promise] = {
    "answered_at": _("Risposta del"),
    "asked_at": _("Chiesto il"),
    "at": _("Quando"),
    "band": _("Parte del giorno"),
    "body": _("Testo"),
    "cancel_note": _("Motivo della disdetta"),
    "channel": _("Come"),
    "chased_at": _("Sollecito all'impresa del"),
    "checked_on": _("Data della verifica"),
    "closed_at": _("Chiuso il"),
    "closed_on": _("Chiusa il"),
    "company": _("Impresa"),
    "confirmed_on": _("Confermata il"),
    "created_at": _("Scritto il"),
    "decided_at": _("Deciso il"),
    "declared_on": _("Data della dichiarazione"),
    "desk": _("Sportello"),
    "drivinglicence": _("Patente o patentino"),
    "email": _("E-mail"),
    "end_reason": _("Perché è finito"),
    "ends_at": _("Fine"),
    "ends_on": _("Fino al"),
    "evidence_kind": _("Come l'ha verificata lo sportello"),
    "expires_on": _("Vale fino al"),
    "file": _("Documento"),
    "found_at": _("Trovato il"),
    "from_state": _("Da"),
    "ground": _("Perché somigliano"),
    "group": _("Incontro di gruppo"),
    "happened_at": _("Ora"),
    "invited_at": _("Invito del"),
    "kind": _("Tipo"),
    "language": _("Lingua"),
    "last_contact_on": _("Ultimo contatto"),
    "level": _("Livello"),
    "lift_motive": _("Perché non è più riservata"),
    "lifted_at": _("Riservata fino al"),
    "merged_at": _("Unite il"),
    "mode": _("Modalità"),
    "months": _("Mesi dopo l'inizio"),
    "motive": _("Perché"),
    "name": _("Nome"),
    "note": _("Nota"),
    "number": _("Numero"),
    "occupation": _("Lavoro"),
    "opened_on": _("Aperta il"),
    "operator_signed_at": _("Firma dello sportello"),
    "organisation": _("Ente"),
    "original_address": _("Indirizzo di chi ha scritto"),
    "original_name": _("Nome di chi ha scritto"),
    "pact_action": _("Iniziativa"),
    "part": _("Che cosa"),
    "pdf": _("Stampa del patto"),
    "person_signed_at": _("La tua firma"),
    "person_signed_how": _("Come hai firmato"),
    "provenance": _("Chi lo dice"),
    "purpose": _("Perché"),
    "rank": _("Posizione"),
    "reason": _("Motivo"),
    "received_on": _("Ricevuto il"),
    "recipient": _("A"),
    "refusal": _("Perché non è stato preso"),
    "reminded_at": _("Promemoria del"),
    "residence": _("Residenza di quel giorno"),
    "revoked_at": _("Tolto il"),
    "rule": _("Regola"),
    "run": _("Offerta"),
    "score": _("Punteggio"),
    "sender_address": _("Da"),
    "sender_name": _("Nome di chi ha mandato"),
    "set_at": _("Riservata dal"),
    "signed_on": _("Firmato il"),
    "skill": _("Competenza"),
    "source": _("Chi lo dice"),
    "starts_at": _("Inizio"),
    "starts_on": _("Dal"),
    "state": _("Stato"),
    "stated_on": _("Detto il"),
    "subject": _("Oggetto"),
    "subject_code": _("Codice nell'oggetto"),
    "target_reason": _("Perché è stata scelta quest'area"),
    "text": _("Testo"),
    "to_state": _("A"),
    "told_at": _("Raccontato il"),
    "undone_at": _("Separate il"),
    "updated_at": _("Cambiato il"),
    "vacancy": _("Offerta"),
    "verified_at": _("Verificato il"),
    "version": _("Versione"),
    "weekday": _("Giorno"),
    "who": _("Chi"),
}
"""What a person reads beside a field whose form has no label; fields for programs alone stand in `dati.json`."""


def data_copy(candidate: Candidate) -> bytes:
    """A ZIP with everything about the person: `dati.html` to read, `dati.json` for programs, and the files in `documenti/`."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        names = _pack_files(candidate, archive)
        told = _told(candidate)
        context = {"candidate": candidate, "now": timezone.now(), "groups": _in_words(told, names)}
        archive.writestr("dati.html", render_to_string("workspaces/data_copy.html", context))
        archive.writestr("dati.json", json.dumps(told, ensure_ascii=False, indent=1))
    return packed.getvalue()


def _pack_files(candidate: Candidate, archive: zipfile.ZipFile) -> dict[str, str]:
    """Names under which the files are kept -> their names in the archive."""
    names = {}
    for number, (name, storage) in enumerate(files_of(candidate), start=1):
        with storage.open(name) as opened:
            content = opened.read()
        names[name] = f"documenti/{number}{suffix_of(content)}"
        archive.writestr(names[name], content)
    return names


def _told(candidate: Candidate) -> dict[str, list[dict[str, Any]]]:
    """Everything, by table: what hangs from the person, what was written to them, and who opened their file."""
    written = Message.objects.filter(subject_id=candidate.pk).order_by("created_at", "pk")
    return copy_of(candidate, account=User) | {
        "core.Message": [
            {"created_at": m.created_at.isoformat(), "recipient": m.recipient, "subject": m.subject, "body": m.body}
            for m in written
        ],
        "core.AccessLogEntry": [
            {"at": access.at.isoformat(), "who": access.who, "part": access.what, "purpose": access.why}
            for access in own_accesses(candidate, limit=None)
        ],
    }


def _in_words(
    told: dict[str, list[dict[str, Any]]], names: dict[str, str]
) -> list[tuple[Promise, list[list[tuple[str, str]]]]]:
    """Title -> rows of (label, text), without the fields that nobody has words for."""
    return [
        (title, [_lines(label, row, names) for row in told[label]])
        for label, title in TITLES.items()
        if told.get(label)
    ]


def _lines(label: str, row: dict[str, Any], names: dict[str, str]) -> list[tuple[str, str]]:
    lines = []
    for field, value in row.items():
        words = WORDS.get(field) or label_of(label, field)
        if words and isinstance(value, str | list):
            text = ", ".join(value) if isinstance(value, list) else names.get(value, value)
            lines.append((str(words), text))
    return lines


def label_of(label: str, field: str) -> Promise | None:
    """The label that the field has in its form; None for a field without one."""
    words = apps.get_model(label)._meta.get_field(field).verbose_name
    return words if isinstance(words, Promise) else None
