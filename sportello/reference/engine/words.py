"""What is read of a request: its words, less those that only hold a sentence together or speak around the job."""

from unicodedata import normalize

from sportello.core.text import search_key


def _listed(lines: str) -> frozenset[str]:
    return frozenset(lines.split())


FUNCTION_WORDS = _listed(
    "a ad agli ai al all alla alle allo anche che ci con cui d da dagli dai dal dall dalla dalle dallo degli dei "
    "del dell della delle dello di e ed fra gli i il in io l la le lo mi ne negli nei nel nell nella nelle nello "
    "non o od per se si sono su sugli sui sul sull sulla sulle sullo tra un una uno va vo"
)
"""Articles, prepositions, conjunctions, the ends of amm.va and amm.vo: they part no job from another, in requests
and in names alike."""

REQUEST_WORDS = _listed(
    "annunci annuncio apprendista assumiamo assunzione automunita automunito cerca cercano cercasi cerchiamo "
    "cerco come contratto determinato disoccupata disoccupato disponibile disponibili disponibilita esperienza "
    "estivo fare full giornata ho immediata impiego indeterminato lavorare lavoretto lavori lavoro mattina mezza "
    "occupazione offerta offerte offresi offro ora orario ore part parziale pieno pomeriggio posizione posto "
    "presso prima primo qualsiasi qualunque ricerca ricerchiamo ricerco sabato senza sera serale stage "
    "stagionale subito tempo time tirocinio trovare trovo urgente urgentemente vicino voglio vorrei weekend zona"
)
"""What people write around the job they look for; no place is among them, names of jobs decide there."""

ABBREVIATIONS = {
    "add": "addetto",
    "amm": "amministrativo",
    "ass": "assistente",
    "aus": "ausiliario",
    "coll": "collaboratore",
    "dir": "direttore",
    "el": "elettrico",
    "imp": "impiegato",
    "inf": "infermiere",
    "ing": "ingegnere",
    "mag": "magazziniere",
    "mecc": "meccanico",
    "op": "operatore",
    "prof": "professore",
    "resp": "responsabile",
    "segr": "segretario",
    "tec": "tecnico",
    "uff": "ufficio",
}
"""Words that announcements cut short, where the cut word is no word of its own."""

_LONGEST = 300
"""Letters read of a request: a job's name and what stands around it; a longer text is read at its beginning."""


def words(text: str) -> list[str]:
    """Normalised words of any text in their order, of at most the first 300 signs; symbols have no name here."""
    read = normalize("NFC", text[:_LONGEST])
    return search_key("".join(sign if sign.isalnum() else " " for sign in read)).split()
