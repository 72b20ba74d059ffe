"""The verdict about the status in words for people and as data for other programs."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from candidates.engine.events import Event, EventError, EventKind, Fault
from candidates.engine.long_term import LongTerm
from candidates.engine.unemployment import Cause, Rule, State, Verdict
from candidates.enums import SpellKind
from sportello.reference.render import shown_value
from sportello.reference.rules import RULE_KINDS

Words = str | Promise

STATES: dict[State, Words] = {
    State.NONE: gettext_lazy("Nessuna dichiarazione"),
    State.ACTIVE: gettext_lazy("Attivo"),
    State.SUSPENDED: gettext_lazy("Sospeso"),
    State.CONSERVED: gettext_lazy("Conservato"),
    State.LAPSED: gettext_lazy("Decaduto"),
}
CAUSES: dict[Cause, Words] = {
    Cause.DECLARED: gettext_lazy("Dichiarazione di disponibilità, senza lavoro"),
    Cause.BACK_FROM_WORK: gettext_lazy("Di nuovo senza lavoro"),
    Cause.WORKING_UP_TO_THE_LIMIT_OF_DAYS: gettext_lazy("Un lavoro dipendente sospende: questi giorni non contano"),
    Cause.PAY_WITHIN_THE_LIMIT: gettext_lazy("Il guadagno previsto è sotto la soglia: questi giorni contano"),
    Cause.SUSPENDED_BY_EVENT: gettext_lazy("Sospensione annotata: questi giorni non contano"),
    Cause.WORKING_TOO_LONG: gettext_lazy("Il lavoro è durato più dei giorni ammessi"),
    Cause.PAY_ABOVE_THE_LIMIT: gettext_lazy("Il guadagno previsto è sopra la soglia"),
    Cause.REVOKED: gettext_lazy("Dichiarazione revocata"),
}
EVENTS: dict[EventKind, Words] = {
    EventKind.DID: gettext_lazy("Dichiarazione di disponibilità (DID)"),
    EventKind.NASPI_CLAIM: gettext_lazy("Domanda di NASpI: vale come DID"),
    EventKind.DID_VALIDATION: gettext_lazy("DID convalidata con il centro per l'impiego"),
    EventKind.REVOCATION: gettext_lazy("DID revocata"),
    EventKind.JOB: SpellKind.JOB.label,
    EventKind.COLLABORATION: SpellKind.COLLABORATION.label,
    EventKind.SELF_EMPLOYMENT: SpellKind.SELF_EMPLOYMENT.label,
    EventKind.INTERNSHIP: gettext_lazy("Tirocinio: non cambia lo stato"),
    EventKind.PUBLIC_UTILITY: gettext_lazy("Lavoro di pubblica utilità: non cambia lo stato"),
    EventKind.SUSPENSION: gettext_lazy("Sospensione"),
}
FAULTS: dict[Fault, Words] = {
    Fault.NOT_A_LIST: gettext_lazy("Serve un elenco di eventi."),
    Fault.NOT_AN_OBJECT: gettext_lazy("Ogni evento è un oggetto con i suoi campi."),
    Fault.UNKNOWN_FIELD: gettext_lazy("Il campo «%(field)s» non esiste."),
    Fault.UNKNOWN_KIND: gettext_lazy("Il tipo «%(value)s» non esiste. Usa uno di questi: %(kinds)s."),
    Fault.MISSING_DAY: gettext_lazy("Manca il giorno «%(field)s»."),
    Fault.NOT_A_DAY: gettext_lazy("«%(value)s» non è un giorno del calendario: scrivilo così, 2026-03-09."),
    Fault.BACKWARDS: gettext_lazy("Finisce il %(value)s, prima di cominciare."),
    Fault.NOT_A_PAY: gettext_lazy("Il guadagno previsto in un anno è un numero di euro, da 0 in su."),
    Fault.NOT_A_TEXT: gettext_lazy("«%(field)s» è un testo di al massimo 200 lettere."),
}


_MET: dict[bool | None, Words] = {
    True: gettext_lazy("sì"),
    False: gettext_lazy("no"),
    None: gettext_lazy("dati non sufficienti"),
}


@dataclass(frozen=True)
class Line:
    """One stretch of the status as a page shows it."""

    begins: date
    ends: date
    state: Words
    why: Words
    days: int
    pay_unknown: bool


def lines(verdict: Verdict) -> list[Line]:
    """The periods, newest first."""
    return [
        Line(p.begins, p.ends, STATES[p.state], CAUSES[p.cause], p.days, p.pay_unknown)
        for p in reversed(verdict.periods)
    ]


def rule_name(rule: Rule) -> str:
    """What the rule is about, with its number: "Disoccupazione di lunga durata: da 366 giorni"."""
    kind = RULE_KINDS[rule.key]
    label = str(kind.label)
    return f"{label}{' ' if label.endswith(' da') else ': '}{shown_value(kind.unit, rule.value)}"


def fault_sentence(error: EventError) -> str:
    """What is wrong, and in which event."""
    facts = {"field": error.field, "value": error.value, "kinds": ", ".join(EventKind)}
    sentence = str(FAULTS[error.fault]) % facts
    return (
        _("Evento %(number)s. %(sentence)s") % {"number": error.number, "sentence": sentence}
        if error.number
        else sentence
    )


def as_text(verdict: Verdict, found: list[LongTerm]) -> str:
    """The verdict in a few lines, for a terminal."""
    rows = [_("Stato al %(day)s: %(state)s") % {"day": date_format(verdict.on), "state": STATES[verdict.state]}]
    rows.append(
        _("Giorni che contano: %(counted)s. Giorni di sospensione: %(suspended)s.")
        % {"counted": verdict.seniority_days, "suspended": verdict.suspended_days}
    )
    rows += [
        f"{p.begins.isoformat()} - {p.ends.isoformat()}  {STATES[p.state]}: {CAUSES[p.cause]}" for p in verdict.periods
    ]
    rows += [f"{rule_name(answer.rule)}: {_MET[answer.met]}" for answer in found]
    rows += [f"{rule.key} = {rule.value}. {rule.citation}" for rule in verdict.rules]
    rows.append(_("È un'indicazione: lo sportello non rilascia la dichiarazione e non decide lo stato."))
    return "\n".join(rows)


def as_data(verdict: Verdict, found: list[LongTerm]) -> dict[str, Any]:
    """The verdict as JSON data: days are YYYY-MM-DD, events are told by their number."""
    return {
        "on": verdict.on.isoformat(),
        "state": verdict.state.value,
        "since": _iso(verdict.since),
        "declared_on": _iso(verdict.declared),
        "seniority_days": verdict.seniority_days,
        "suspended_days": verdict.suspended_days,
        "lapses_on": _iso(verdict.lapses_on),
        "indicative": True,
        "long_term": {
            answer.rule.key: {
                "met": answer.met,
                "counted": answer.counted,
                "needed": answer.rule.value,
                "from": _iso(answer.from_day),
                "citation": answer.rule.citation,
            }
            for answer in found
        },
        "periods": [
            {
                "state": p.state.value,
                "why": p.cause.value,
                "sentence": str(CAUSES[p.cause]),
                "from": _iso(p.begins),
                "to": _iso(p.ends),
                "days": p.days,
                "events": list(p.events),
                "rules": [rule.key for rule in p.rules],
                "pay_unknown": p.pay_unknown,
            }
            for p in verdict.periods
        ],
        "deadlines": [
            {"event": d.event, "rule": d.rule.key, "due": _iso(d.due), "met": d.met} for d in verdict.deadlines
        ],
        "rules": [
            {
                "key": rule.key,
                "value": rule.value,
                "valid_from": _iso(rule.valid_from),
                "valid_to": _iso(rule.valid_to),
                "citation": rule.citation,
                "indicative": rule.indicative,
            }
            for rule in verdict.rules
        ],
        "inputs": [_input(event) for event in verdict.events],
    }


def _input(event: Event) -> dict[str, Any]:
    told = {
        "number": event.number,
        "kind": event.kind.value,
        "from": _iso(event.begins),
        "to": _iso(event.ends),
        "yearly_pay": event.yearly_pay,
        "contract": event.contract,
        "employer": event.employer,
        "provenance": event.provenance,
    }
    return {name: value for name, value in told.items() if value not in ("", None)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
