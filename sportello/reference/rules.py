"""Dated numbers of law, and how the words of a request and of a job's name are read."""

from datetime import date

from django.db.models import Q

from sportello.core.text import search_key
from sportello.reference.models import RuleParameter

# What people write around the job they look for; the words of places stay, labels decide there.
_REQUEST_WORDS = frozenset(
    [
        "a",
        "ad",
        "ai",
        "al",
        "all",
        "alla",
        "alle",
        "agli",
        "anche",
        "annunci",
        "annuncio",
        "apprendista",
        "assunzione",
        "automunita",
        "automunito",
        "cerca",
        "cercasi",
        "cerchiamo",
        "cerco",
        "che",
        "ci",
        "come",
        "con",
        "contratto",
        "cui",
        "d",
        "da",
        "dal",
        "dalla",
        "dei",
        "del",
        "dell",
        "della",
        "delle",
        "degli",
        "dello",
        "determinato",
        "di",
        "disponibile",
        "disponibilita",
        "disponibili",
        "e",
        "ed",
        "esperienza",
        "estivo",
        "fare",
        "full",
        "giornata",
        "gli",
        "ho",
        "i",
        "il",
        "immediata",
        "impiego",
        "in",
        "indeterminato",
        "io",
        "l",
        "la",
        "lavorare",
        "lavoretto",
        "lavori",
        "lavoro",
        "le",
        "lo",
        "mattina",
        "mezza",
        "mi",
        "nel",
        "nella",
        "nelle",
        "nei",
        "o",
        "occupazione",
        "offerta",
        "offerte",
        "offresi",
        "offro",
        "ora",
        "ore",
        "orario",
        "parziale",
        "part",
        "per",
        "pieno",
        "pomeriggio",
        "posizione",
        "posto",
        "presso",
        "primo",
        "prima",
        "qualsiasi",
        "ricerca",
        "ricerco",
        "sabato",
        "se",
        "senza",
        "sera",
        "serale",
        "sono",
        "stage",
        "stagionale",
        "subito",
        "sul",
        "sulla",
        "tempo",
        "time",
        "tirocinio",
        "trovare",
        "trovo",
        "un",
        "una",
        "uno",
        "urgente",
        "urgentemente",
        "vicino",
        "voglio",
        "vorrei",
        "weekend",
        "zona",
    ]
)


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


def asked_words(text: str) -> str:
    """Normalised words of a request less those around the job: "Cerco lavoro come cameriera part-time" -> "cameriera".

    A request made only of such words keeps them.
    """
    key = search_key(text)
    return " ".join(word for word in key.split() if word not in _REQUEST_WORDS) or key


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
