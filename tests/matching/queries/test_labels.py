"""Every part and every rule has its words."""

from matching.engine.constraints import Rule
from matching.engine.scoring import Part
from matching.queries.labels import PART_LABELS, RULE_LABELS, told_week


def test_nothing_is_without_words() -> None:
    assert list(PART_LABELS) == [part.value for part in Part]
    assert list(RULE_LABELS) == [rule.value for rule in Rule]


def test_parts_of_the_week_are_told_as_people_say_them() -> None:
    week = [f"{day}-{band}" for day in range(1, 6) for band in ("afternoon", "morning")]
    assert told_week([*week, "7-night"]) == (("da lunedì a venerdì", "mattina, pomeriggio"), ("domenica", "notte"))
    assert told_week([]) == ()
