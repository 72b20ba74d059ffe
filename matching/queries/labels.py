"""The parts and the rules of the engine in the words of people."""

from collections.abc import Collection

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.engine.constraints import Rule
from matching.engine.scoring import Part
from sportello.territory.rules import week_lines

PART_LABELS: dict[str, str | Promise] = {
    Part.OCCUPATION.value: _("Mestiere"),
    Part.ESSENTIAL.value: _("Competenze indispensabili"),
    Part.OPTIONAL.value: _("Competenze utili"),
    Part.EXPERIENCE.value: _("Esperienza"),
    Part.LANGUAGES.value: _("Lingue"),
    Part.EDUCATION.value: _("Titolo di studio"),
    Part.DISTANCE.value: _("Vicinanza"),
    Part.RECENCY.value: _("Profilo confermato di recente"),
}
RULE_LABELS: dict[str, str | Promise] = {
    Rule.MAY_WORK.value: _("Il permesso di lavoro risulta scaduto"),
    Rule.LICENCES.value: _("Manca una patente o un patentino richiesto"),
    Rule.CONTRACT.value: _("Non accetta questo tipo di contratto"),
    Rule.HOURS.value: _("Cerca un orario diverso"),
    Rule.WEEK.value: _("Non può lavorare in tutti i giorni e gli orari richiesti"),
    Rule.DISTANCE.value: _("La sede è oltre la distanza che ha indicato"),
}

WeekLine = tuple[str, str]
"""Days and their parts as people say them: "da lunedì a venerdì", "mattina, pomeriggio"."""


def told_week(parts: Collection[str]) -> tuple[WeekLine, ...]:
    """Parts of a week (`constraints.WEEK`) in words."""
    return tuple((days, ", ".join(bands).lower()) for days, bands in week_lines(parts))
