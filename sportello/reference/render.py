"""Rule parameters as people read them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sportello.core.text import search_key
from sportello.reference.enums import RuleTopic, RuleUnit
from sportello.reference.models import RuleParameter
from sportello.reference.rules import RULE_KINDS

_LEAP_YEAR = 2000
"""A year that has every day of the calendar."""


@dataclass(frozen=True)
class RuleValue:
    """One dated row of a rule; `is_past` and `is_future` speak of the day of the page."""

    row: RuleParameter
    shown: str
    is_past: bool
    is_future: bool


@dataclass(frozen=True)
class Rule:
    """A rule with its values, the newest first."""

    key: str
    label: Promise | str
    values: tuple[RuleValue, ...]


def rule_chapters(rows: list[RuleParameter], *, words: str, today: date) -> list[tuple[RuleTopic, list[Rule]]]:
    """The rules by topic, each topic by label; with `words`, only rules whose label or citations hold all of them.

    A row of a key that no kind describes is a mistake of the data files and raises KeyError.
    """
    by_key: dict[str, list[RuleParameter]] = {}
    for row in rows:
        by_key.setdefault(row.key, []).append(row)
    wanted = search_key(words).split()
    chapters: dict[RuleTopic, list[Rule]] = {topic: [] for topic in RuleTopic}
    for key, values in by_key.items():
        kind = RULE_KINDS[key]
        text = search_key(" ".join([str(kind.label), *(row.citation for row in values)]))
        if all(word in text for word in wanted):
            newest_first = sorted(values, key=lambda row: row.valid_from, reverse=True)
            chapters[kind.topic].append(Rule(key, kind.label, tuple(_value(row, today) for row in newest_first)))
    return [
        (topic, sorted(rules, key=lambda rule: search_key(str(rule.label))))
        for topic, rules in chapters.items()
        if rules
    ]


def _value(row: RuleParameter, today: date) -> RuleValue:
    return RuleValue(
        row,
        shown_value(RULE_KINDS[row.key].unit, row.value),
        is_past=row.valid_to is not None and row.valid_to < today,
        is_future=row.valid_from > today,
    )


def shown_value(unit: RuleUnit, value: Any) -> str:
    """A number with its unit: "30 giorni", "8.500 euro", "da 15 a 24 anni", "dalle 20 alle 8", "50 km o 80 minuti"."""
    match unit:
        case RuleUnit.DAYS:
            return ngettext("%(n)d giorno", "%(n)d giorni", value) % {"n": value}
        case RuleUnit.MONTHS:
            return ngettext("%(n)d mese", "%(n)d mesi", value) % {"n": value}
        case RuleUnit.YEARS | RuleUnit.AGE:
            return ngettext("%(n)d anno", "%(n)d anni", value) % {"n": value}
        case RuleUnit.AGES | RuleUnit.HOURS | RuleUnit.DISTANCE | RuleUnit.CALENDAR_DAY:
            return _shown_pair(unit, value)
        case RuleUnit.EURO:
            return _("%(amount)s euro") % {"amount": f"{value:,}".replace(",", ".")}
        case RuleUnit.PERCENT:
            return f"{value} %"
        case RuleUnit.ISCED:
            return _("livello ISCED %(n)d") % {"n": value}
        case RuleUnit.PEOPLE:
            return str(value)


def _shown_pair(unit: RuleUnit, value: Any) -> str:
    if unit is RuleUnit.DISTANCE:
        return _("%(km)d km o %(minutes)d minuti") % {"km": value["km"], "minutes": value["minutes"]}
    if unit is RuleUnit.CALENDAR_DAY:
        day, month = value
        return date_format(date(_LEAP_YEAR, month, day), "j F")
    span = {"first": value[0], "last": value[1]}
    if unit is RuleUnit.HOURS:
        return _("dalle %(first)d alle %(last)d") % span
    return _("da %(first)d a %(last)d anni") % span
