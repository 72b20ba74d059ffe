"""Hard rules: each passes or fails with its code and its ground. None of them looks at who the person is."""

from dataclasses import dataclass
from enum import StrEnum

from matching.engine.features import PersonFeatures, VacancyFeatures

ANY_HOURS = "any"


class Rule(StrEnum):
    """In the order in which they are tried; the first that fails is the reason given."""

    MAY_WORK = "may_work"
    LICENCES = "licences"
    CONTRACT = "contract"
    HOURS = "hours"
    DISTANCE = "distance"


LEGAL_BASIS: dict[Rule, str] = {
    Rule.MAY_WORK: "D.Lgs. 286/1998, art. 22, comma 12",
    Rule.LICENCES: "D.Lgs. 276/2003, art. 10, comma 1: requisito essenziale dichiarato nell'offerta",
    Rule.CONTRACT: "Scelta della persona",
    Rule.HOURS: "Scelta della persona",
    Rule.DISTANCE: "Scelta della persona",
}


@dataclass(frozen=True)
class Verdict:
    """The outcome of one rule; `known` is False when a datum lacked: an unknown never excludes."""

    rule: Rule
    passed: bool
    known: bool = True

    @property
    def legal_basis(self) -> str:
        return LEGAL_BASIS[self.rule]


def verdicts(vacancy: VacancyFeatures, person: PersonFeatures) -> tuple[Verdict, ...]:
    """One verdict a rule, in the order of `Rule`."""
    contract = vacancy.contract_type
    near = person.distance_m is None or person.distance_m <= person.max_travel_km * 1000
    return (
        Verdict(Rule.MAY_WORK, person.may_work),
        Verdict(Rule.LICENCES, vacancy.licences <= person.licences),
        Verdict(
            Rule.CONTRACT,
            contract is None or not person.contract_types or contract in person.contract_types,
            known=contract is not None,
        ),
        Verdict(Rule.HOURS, person.hours_wanted in (ANY_HOURS, vacancy.hours_kind)),
        Verdict(Rule.DISTANCE, near, known=person.distance_m is not None),
    )


def first_failed(vacancy: VacancyFeatures, person: PersonFeatures) -> Verdict | None:
    """The rule that excludes the person, or None."""
    return next((verdict for verdict in verdicts(vacancy, person) if not verdict.passed), None)
