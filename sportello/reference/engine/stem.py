"""One key for the forms of an Italian job's word: direttore, direttrice, direttori and direttrici are "direttor".

Only gender and number are folded. What a word is derived from stays apart: saldatura is not saldatore.
"""

import re

_SHORTEST = 3
"""Letters that stay at least; shorter words (oss, asa, tig) are initials or too poor to be folded."""

# Tried in order, the first that fits is applied: the ending, and what takes its place.
_ENDINGS = tuple(
    (re.compile(ending), key)
    for ending, key in (
        # professoressa, dottoressa, studentessa, vigilessa, avvocatessa; not commessa, whose masculine is commesso.
        (r"(?<=or|nt|il|at|et)ess[ae]$", ""),
        # direttore, -i, -trice, -trici; supervisora.
        (r"(?<=[a-z]t)(?:or[eai]|ric[ei])$", "or"),
        # operaio, operaia, operai, operaie.
        (r"(?<=[a-z]{2})ai[oae]?$", "ai"),
        # cuoco, cuochi, cuoche; psicologo, psicologhe.
        (r"(?<=[cg])h[ie]$", ""),
        # pizzaiuolo is pizzaiolo.
        (r"(?<=ai)uol[oaie]$", "ol"),
        # ufficio, uffici; pulizia, pulizie; cameriere, cameriera; impiegato, impiegate.
        (r"i?[oaei]$", ""),
        # managers, designers, drivers.
        (r"(?<=[a-z]{3}[rnt])s$", ""),
    )
)


def stem(word: str) -> str:
    """The key of a normalised word (lower-case ASCII, as `core.text.search_key` makes it); never empty for a word."""
    for ending, key in _ENDINGS:
        folded, changed = ending.subn(key, word)
        if changed:
            return folded if len(folded) >= _SHORTEST else word
    return word
