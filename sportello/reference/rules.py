"""Dated numbers of law, and how the name of a job is written."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sportello.reference.enums import RuleTopic, RuleUnit
from sportello.reference.models import RuleParameter


@dataclass(frozen=True)
class RuleKind:
    """What a rule parameter is to people. `minimum` is the least that its number may be; where two numbers, each."""

    topic: RuleTopic
    unit: RuleUnit
    label: Promise | str
    minimum: int = 1


# A threshold under three hides nothing (reports.protect).
RULE_KINDS: dict[str, RuleKind] = {
    "appointment_reminder_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Promemoria di un appuntamento: giorni prima")
    ),
    "booking_ahead_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Prenotazione di un incontro: fino a quanti giorni da oggi")
    ),
    "booking_notice_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Prenotazione di un incontro: giorni di anticipo"), minimum=0
    ),
    "cob_hire_days_before": RuleKind(
        RuleTopic.HIRING, RuleUnit.DAYS, _("Comunicazione obbligatoria di un'assunzione: giorni prima"), minimum=0
    ),
    "cob_other_events_days": RuleKind(
        RuleTopic.HIRING, RuleUnit.DAYS, _("Comunicazione di proroga, trasformazione o fine: giorni di tempo")
    ),
    "company_silence_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Candidatura senza risposta: dopo quanti giorni si chiude")
    ),
    "contact_frequency_days": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.DAYS, _("Ogni quanto la persona e lo sportello si sentono")
    ),
    "convocation_notice_days": RuleKind(RuleTopic.DESK, RuleUnit.DAYS, _("Convocazione: giorni prima dell'incontro")),
    "did_contact_days": RuleKind(RuleTopic.UNEMPLOYMENT, RuleUnit.DAYS, _("Tempo per il primo contatto dopo la DID")),
    "did_contact_days_after_benefit_claim": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.DAYS, _("Tempo per il contatto dopo la domanda di NASpI o DIS-COLL")
    ),
    "did_direct_profiling_after_days": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.DAYS, _("Attesa dopo la quale si può chiedere la profilazione")
    ),
    "disadvantaged_education_isced": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.ISCED, _("Svantaggio: titolo di studio più basso di"), minimum=0
    ),
    "disadvantaged_mature_age_above": RuleKind(RuleTopic.DISADVANTAGE, RuleUnit.AGE, _("Svantaggio: età superiore a")),
    "disadvantaged_youth_ages": RuleKind(RuleTopic.DISADVANTAGE, RuleUnit.AGES, _("Svantaggio: età dei giovani")),
    "disclosure_threshold": RuleKind(
        RuleTopic.DATA, RuleUnit.PEOPLE, _("Rapporti: conteggio più piccolo che si pubblica"), minimum=3
    ),
    "disclosure_threshold_disability": RuleKind(
        RuleTopic.DATA,
        RuleUnit.PEOPLE,
        _("Rapporti sulla disabilità: conteggio più piccolo che si pubblica"),
        minimum=3,
    ),
    "dominance_largest_share": RuleKind(
        RuleTopic.DATA,
        RuleUnit.PERCENT,
        _("Rapporti: parte più grande di un conteggio che può essere di un solo datore di lavoro"),
    ),
    "dominance_least_employers": RuleKind(
        RuleTopic.DATA,
        RuleUnit.PEOPLE,
        _("Rapporti: datori di lavoro che un conteggio di contratti deve almeno riguardare"),
    ),
    "dul_phase_five_ages": RuleKind(RuleTopic.DISADVANTAGE, RuleUnit.AGES, _("Dote Unica Lavoro, fase V: età")),
    "dul_phase_five_max_unemployed_days": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.DAYS, _("Dote Unica Lavoro, fase V: disoccupazione massima")
    ),
    "dul_result_min_contract_days": RuleKind(
        RuleTopic.DISADVANTAGE,
        RuleUnit.DAYS,
        _("Dote Unica Lavoro: durata minima del contratto che vale come risultato"),
    ),
    "equality_certificate_months": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.MONTHS, _("Certificato di parità di genere: quanto vale")
    ),
    "equality_first_reminder_days": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.DAYS, _("Certificato di parità di genere: primo avviso, giorni prima")
    ),
    "equality_last_reminder_days": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.DAYS, _("Certificato di parità di genere: ultimo avviso, giorni prima")
    ),
    "equality_surveillance_months": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.MONTHS, _("Certificato di parità di genere: ogni quanto c'è la sorveglianza")
    ),
    "first_contact_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Tempo entro cui lo sportello contatta chi si è registrato")
    ),
    "first_job_after_studies_years": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.YEARS, _("Svantaggio: tempo dalla fine degli studi senza un primo lavoro")
    ),
    "gol_long_term_unemployed_days": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.DAYS, _("Programma GOL: disoccupazione di lunga durata da")
    ),
    "gol_mature_age": RuleKind(RuleTopic.DISADVANTAGE, RuleUnit.AGE, _("Programma GOL: età matura da")),
    "incentive_expiry_warning_days": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.DAYS, _("Incentivi: si segnala agli operatori prima della fine")
    ),
    "internship_max_months": RuleKind(RuleTopic.HIRING, RuleUnit.MONTHS, _("Tirocinio: durata massima")),
    "internship_max_months_disadvantaged": RuleKind(
        RuleTopic.HIRING, RuleUnit.MONTHS, _("Tirocinio di persone svantaggiate: durata massima")
    ),
    "internship_min_monthly_allowance": RuleKind(
        RuleTopic.HIRING, RuleUnit.EURO, _("Tirocinio: indennità minima al mese")
    ),
    "internship_min_monthly_allowance_public_body": RuleKind(
        RuleTopic.HIRING, RuleUnit.EURO, _("Tirocinio in un ente pubblico: indennità minima al mese")
    ),
    "internship_min_monthly_allowance_short_day": RuleKind(
        RuleTopic.HIRING, RuleUnit.EURO, _("Tirocinio fino a 4 ore al giorno: indennità minima al mese")
    ),
    "internship_min_monthly_allowance_with_meals": RuleKind(
        RuleTopic.HIRING, RuleUnit.EURO, _("Tirocinio con buoni pasto o mensa: indennità minima al mese")
    ),
    "internship_min_months": RuleKind(RuleTopic.HIRING, RuleUnit.MONTHS, _("Tirocinio: durata minima")),
    "invitation_convocation_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Invito senza risposta: attesa tra il promemoria e la convocazione")
    ),
    "invitation_reminder_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Invito senza risposta: attesa prima del promemoria")
    ),
    "long_term_unemployed_days": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.DAYS, _("Disoccupazione di lunga durata: da")
    ),
    "no_regular_pay_months_disadvantaged": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.MONTHS, _("Svantaggio: tempo senza un impiego regolarmente retribuito")
    ),
    "no_regular_pay_months_severely_disadvantaged": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.MONTHS, _("Svantaggio grave: tempo senza un impiego regolarmente retribuito")
    ),
    "no_regular_pay_months_severely_disadvantaged_with_condition": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.MONTHS, _("Svantaggio grave con un'altra condizione: tempo senza impiego")
    ),
    "no_slot_alert_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Avviso allo sportello: nessun orario libero nei prossimi")
    ),
    "pact_expiry_warning_days": RuleKind(RuleTopic.DESK, RuleUnit.DAYS, _("Patto in scadenza: si segnala prima")),
    "placement_check_months": RuleKind(
        RuleTopic.DESK, RuleUnit.MONTHS, _("Verifica che il lavoro trovato continui: dopo")
    ),
    "placement_first_check_months": RuleKind(
        RuleTopic.DESK, RuleUnit.MONTHS, _("Prima verifica che il lavoro trovato continui: dopo")
    ),
    "placement_last_check_months": RuleKind(
        RuleTopic.DESK, RuleUnit.MONTHS, _("Ultima verifica che il lavoro trovato continui: dopo")
    ),
    "quiet_hours": RuleKind(RuleTopic.DESK, RuleUnit.HOURS, _("Ore in cui i promemoria aspettano"), minimum=0),
    "quota_families_first_staff": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PEOPLE, _("Familiari e orfani (art. 18): dipendenti da cui si assume una persona")
    ),
    "quota_families_percent": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Familiari e orfani (art. 18): parte dei dipendenti da assumere")
    ),
    "quota_families_percent_staff": RuleKind(
        RuleTopic.EQUALITY,
        RuleUnit.PEOPLE,
        _("Familiari e orfani (art. 18): dipendenti da cui si conta in percentuale"),
    ),
    "quota_first_staff": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PEOPLE, _("Collocamento mirato: dipendenti da cui si assume una persona")
    ),
    "quota_percent": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Collocamento mirato: parte dei dipendenti da assumere")
    ),
    "quota_percent_staff": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PEOPLE, _("Collocamento mirato: dipendenti da cui si conta in percentuale")
    ),
    "quota_return_day": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.CALENDAR_DAY, _("Collocamento mirato: entro quando si manda il prospetto")
    ),
    "quota_rounding_percent": RuleKind(
        RuleTopic.EQUALITY,
        RuleUnit.PERCENT,
        _("Collocamento mirato: frazione oltre la quale si conta una persona in più"),
    ),
    "quota_second_staff": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PEOPLE, _("Collocamento mirato: dipendenti da cui si assumono due persone")
    ),
    "readiness_threshold_percent": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Autovalutazione della parità: punteggio da raggiungere")
    ),
    "readiness_weight_care": RuleKind(
        RuleTopic.EQUALITY,
        RuleUnit.PERCENT,
        _("Autovalutazione della parità: peso di «Tutela della genitorialità e conciliazione»"),
    ),
    "readiness_weight_culture": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Autovalutazione della parità: peso di «Cultura e strategia»")
    ),
    "readiness_weight_governance": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Autovalutazione della parità: peso di «Governance»")
    ),
    "readiness_weight_growth": RuleKind(
        RuleTopic.EQUALITY,
        RuleUnit.PERCENT,
        _("Autovalutazione della parità: peso di «Opportunità di crescita e inclusione delle donne»"),
    ),
    "readiness_weight_pay": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Autovalutazione della parità: peso di «Equità nelle retribuzioni»")
    ),
    "readiness_weight_processes": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Autovalutazione della parità: peso di «Processi del personale»")
    ),
    "referral_answer_days": RuleKind(
        RuleTopic.DESK,
        RuleUnit.DAYS,
        _("Tempo che un'impresa ha per rispondere a una candidatura, poi la si sollecita"),
    ),
    "registration_draft_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Tempo per riprendere una registrazione iniziata")
    ),
    "registration_minimum_age": RuleKind(RuleTopic.DESK, RuleUnit.AGE, _("Età minima per registrarsi")),
    "restricted_grant_max_days": RuleKind(
        RuleTopic.DATA, RuleUnit.DAYS, _("Scheda riservata: durata massima di un permesso")
    ),
    "retention_cap_months": RuleKind(
        RuleTopic.DATA, RuleUnit.MONTHS, _("Conservazione dei dati: limite massimo dall'ultima attività")
    ),
    "retention_months": RuleKind(RuleTopic.DATA, RuleUnit.MONTHS, _("Conservazione dei dati dall'ultima attività")),
    "retention_notice_days": RuleKind(RuleTopic.DATA, RuleUnit.DAYS, _("Preavviso prima di rendere anonimi i dati")),
    "service_correction_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Servizio registrato: giorni in cui si può ancora correggere")
    ),
    "siisl_enrolment_days": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.DAYS, _("Tempo per completare l'iscrizione al SIISL")
    ),
    "small_denominator": RuleKind(
        RuleTopic.DATA, RuleUnit.PEOPLE, _("Rapporti: denominatore più piccolo di una percentuale pubblicata")
    ),
    "stalled_case_days": RuleKind(
        RuleTopic.DESK, RuleUnit.DAYS, _("Pratica ferma: giorni senza un contatto tra la persona e lo sportello")
    ),
    "suitable_offer_distance_beyond_12_months": RuleKind(
        RuleTopic.SUITABLE_OFFER, RuleUnit.DISTANCE, _("Offerta congrua: distanza oltre 12 mesi di disoccupazione")
    ),
    "suitable_offer_distance_within_12_months": RuleKind(
        RuleTopic.SUITABLE_OFFER, RuleUnit.DISTANCE, _("Offerta congrua: distanza fino a 12 mesi di disoccupazione")
    ),
    "suitable_offer_min_contract_months": RuleKind(
        RuleTopic.SUITABLE_OFFER, RuleUnit.MONTHS, _("Offerta congrua: durata minima del contratto")
    ),
    "suitable_offer_min_hours_percent": RuleKind(
        RuleTopic.SUITABLE_OFFER, RuleUnit.PERCENT, _("Offerta congrua: orario minimo rispetto all'ultimo lavoro")
    ),
    "suitable_offer_pay_above_benefit_percent": RuleKind(
        RuleTopic.SUITABLE_OFFER,
        RuleUnit.PERCENT,
        _("Offerta congrua: retribuzione superiore all'indennità di"),
        minimum=0,
    ),
    "target_economic_isee_limit": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.EURO, _("Area svantaggio economico: ISEE fino a")
    ),
    "target_over_45_age": RuleKind(RuleTopic.DISADVANTAGE, RuleUnit.AGE, _("Area oltre 45 anni: età da")),
    "target_youth_ages": RuleKind(RuleTopic.DISADVANTAGE, RuleUnit.AGES, _("Area giovani: età")),
    "targeted_placement_civil_percent_above": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.PERCENT, _("Collocamento mirato: invalidità civile superiore a")
    ),
    "targeted_placement_work_percent_above": RuleKind(
        RuleTopic.DISADVANTAGE, RuleUnit.PERCENT, _("Collocamento mirato: invalidità del lavoro superiore a")
    ),
    "tender_premium_self_declared_percent": RuleKind(
        RuleTopic.EQUALITY, RuleUnit.PERCENT, _("Gare: punti della premialità per la sola autodichiarazione"), minimum=0
    ),
    "unemployment_income_limit_employee": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.EURO, _("Reddito annuo da lavoro dipendente che conserva la disoccupazione")
    ),
    "unemployment_income_limit_self_employed": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.EURO, _("Reddito annuo da lavoro autonomo che conserva la disoccupazione")
    ),
    "unemployment_suspension_max_days": RuleKind(
        RuleTopic.UNEMPLOYMENT, RuleUnit.DAYS, _("Sospensione della disoccupazione per un lavoro: al massimo")
    ),
    "vacancy_close_days": RuleKind(RuleTopic.DESK, RuleUnit.DAYS, _("Offerta senza conferma: si chiude dopo")),
    "vacancy_refresh_days": RuleKind(RuleTopic.DESK, RuleUnit.DAYS, _("Offerta: si chiede se vale ancora dopo")),
}
"""Every key of `data/rule_parameters.csv`."""


class MissingParameterError(LookupError):
    """No rule parameter of that key is valid on that day."""


def parameter(key: str, *, on: date) -> RuleParameter:
    """The row of `key` valid on the day `on`; one query.

    Raises MissingParameterError when no row covers that day: a rule is never applied with a guessed number.
    """
    return parameters(key, on=on)[key]


def parameters(*keys: str, on: date) -> dict[str, RuleParameter]:
    """The rows of all `keys` valid on the day `on`, by key; one query however many the keys.

    Raises MissingParameterError naming every key without a row on that day.
    """
    valid = RuleParameter.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=on), key__in=keys, valid_from__lte=on
    ).order_by("key")
    found = {row.key: row for row in valid}
    missing = [key for key in keys if key not in found]
    if missing:
        raise MissingParameterError(f"no rule parameter {', '.join(missing)} valid on {on.isoformat()}")
    return found


def shown_label(masculine: str, feminine: str) -> str:
    """Both genders in one label, word by word: "cuoco", "cuoca" -> "cuoco/a"; "muratore", "muratrice" -> "muratore/trice".

    Names that differ in the number of words are written in full on both sides of the stroke.
    """
    his, hers = masculine.split(), feminine.split()
    if len(his) != len(hers):
        return f"{masculine}/{feminine}"
    return " ".join(_shown_word(his_word, her_word) for his_word, her_word in zip(his, hers, strict=True))


def _shown_word(his: str, hers: str) -> str:
    if his == hers:
        return his
    if his.endswith("tore") and hers == f"{his[:-4]}trice":
        return f"{his}/trice"
    shared = next((n for n, (a, b) in enumerate(zip(his, hers, strict=False)) if a != b), min(len(his), len(hers)))
    # Short endings only: "barman/barlady" reads better than "barman/lady".
    return f"{his}/{hers[shared:]}" if len(his) - shared <= 2 else f"{his}/{hers}"
