"""How people meet companies: referrals with the person's consent, step by step, and the jobs that began."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from candidates.models import Case, DisclosureRequest
from candidates.states import DisclosureState
from employers.models import Vacancy
from matching.models import Override, Placement, Referral, ReferralTransition
from matching.states import (
    NAMELESS_REFERRALS,
    OverrideKind,
    OverrideReason,
    PlacementState,
    ReferralState,
    RefusalReason,
)
from sportello.workspaces.services.demo.draw import Deck, Draw, at
from sportello.workspaces.services.demo.people import Person
from sportello.workspaces.services.demo.territory import Territory
from sportello.workspaces.services.demo.vocabulary import Vocabulary
from sportello.workspaces.services.rows import Rows

R, D = ReferralState, DisclosureState

_PATHS: dict[ReferralState, tuple[ReferralState, ...]] = {
    R.CONSENT_ASKED: (),
    R.DECLINED: (R.DECLINED,),
    R.SENT: (R.SENT,),
    R.VIEWED: (R.SENT, R.VIEWED),
    R.INTERVIEW: (R.SENT, R.VIEWED, R.INTERVIEW),
    R.OFFER: (R.SENT, R.VIEWED, R.INTERVIEW, R.OFFER),
    R.HIRED: (R.SENT, R.VIEWED, R.INTERVIEW, R.OFFER, R.HIRED),
    R.REFUSED: (R.SENT, R.VIEWED, R.REFUSED),
    R.WITHDRAWN: (R.SENT, R.WITHDRAWN),
    R.OBSOLETE: (R.SENT, R.OBSOLETE),
}
"""How a referral that starts by asking for consent came to its state."""

_ANSWERS = {R.CONSENT_ASKED: D.ASKED, R.DECLINED: D.DENIED, **dict.fromkeys(NAMELESS_REFERRALS, D.WITHDRAWN)}
"""State of a referral -> the disclosure; in every other state the person's yes is in force."""

_BY_CITIZEN = (R.DECLINED, R.WITHDRAWN)
_BY_DESK = (R.SENT, R.OBSOLETE)


class Placing:
    """Makes referrals and placements."""

    def __init__(self, draw: Draw, territory: Territory, vocabulary: Vocabulary) -> None:
        self._draw = draw
        self._territory = territory
        self._vocabulary = vocabulary
        self.states = Deck(
            draw,
            {
                R.CONSENT_ASKED: 3,
                R.DECLINED: 1,
                R.SENT: 4,
                R.VIEWED: 3,
                R.INTERVIEW: 3,
                R.OFFER: 1,
                R.REFUSED: 4,
                R.WITHDRAWN: 1,
                R.OBSOLETE: 1,
            },
        )
        self._reasons = Deck(draw, dict.fromkeys(RefusalReason, 1))
        self._checks = Deck(draw, {PlacementState.VERIFIED: 9, PlacementState.DECLARED: 3, PlacementState.REJECTED: 1})
        self._notices = 0
        self._asked: set[tuple[Any, Any, str]] = set()

    def refer(
        self, rows: Rows, case: Case, vacancy: Vacancy, state: ReferralState, *, first: date, last: date
    ) -> Referral | None:
        """A referral born on `first` that reached `state` by `last`; None when this company was asked the same already."""
        draw, candidate = self._draw, case.candidate
        organisation = vacancy.company.organisation
        question = (candidate.pk, organisation.pk, vacancy.title)
        if question in self._asked:
            return None
        self._asked.add(question)
        answer = _ANSWERS.get(state, D.GRANTED)
        disclosure = rows.add(
            DisclosureRequest(
                id=draw.id(),
                candidate=candidate,
                organisation=organisation,
                regarding=vacancy.title,
                state=answer,
                asked_at=at(first, 570),
                answered_at=None if answer == D.ASKED else at(first, 600),
                answered_by="" if answer == D.ASKED else "citizen",
            )
        )
        referral = rows.add(
            Referral(
                id=draw.id(),
                vacancy=vacancy,
                candidate=candidate,
                disclosure=disclosure,
                state=state,
                note=_("Persona puntuale e motivata, disponibile a un colloquio in settimana."),
                refusal_reason=self._reasons.next() if state == R.REFUSED else "",
                message_to_person=_("Ti aspettiamo per un colloquio.") if state == R.INTERVIEW else "",
                referred_by=case.responsible_operator,
                created_at=at(first, 570),
            )
        )
        self._log(rows, referral, case, first, last)
        return referral

    def decide(
        self, rows: Rows, referral: Referral | None, case: Case, reason: OverrideReason, motive: str, *, rule: str = ""
    ) -> None:
        """The operator put this person forward beyond the list, and wrote why."""
        if referral is None or case.responsible_operator is None:
            return
        rows.add(
            Override(
                id=self._draw.id(),
                vacancy=referral.vacancy,
                candidate=case.candidate,
                kind=OverrideKind.PUT_FORWARD,
                rule=rule,
                reason=reason,
                motive=motive,
                actor_id=case.responsible_operator.pk,
                actor_label=f"operator @ {self._territory.agency.name}",
                decided_at=referral.created_at,
            )
        )

    def _log(self, rows: Rows, referral: Referral, case: Case, first: date, last: date) -> None:
        path = _PATHS[ReferralState(referral.state)]
        before, days = R.CONSENT_ASKED, (last - first).days
        # Some companies are quick to call, whenever the work begins.
        pace = self._draw.one((1, 2, 2, 3))
        for number, step in enumerate(path):
            after = days * number // max(1, len(path) - 1) // (pace if step != path[-1] else 1)
            label, actor = f"company @ {referral.vacancy.company.organisation.name}", None
            if step in _BY_CITIZEN:
                label = "citizen"
            elif step in _BY_DESK and case.responsible_operator:
                label, actor = f"operator @ {self._territory.agency.name}", case.responsible_operator.pk
            rows.add(
                ReferralTransition(
                    id=self._draw.id(),
                    referral=referral,
                    from_state=before,
                    to_state=step,
                    actor_id=actor,
                    actor_label=label,
                    at=at(first + timedelta(days=after), 600 + 15 * number),
                )
            )
            before = step

    def hire(self, rows: Rows, case: Case, vacancy: Vacancy, day: date) -> Placement:
        """Sent to the vacancy and hired on `day`."""
        if vacancy.contract_type is None:
            raise ValueError("a draft hires nobody")
        published = vacancy.published_on or case.opened_on
        first = min(day, max(case.opened_on, published) + timedelta(days=2))
        referral = self.refer(rows, case, vacancy, R.HIRED, first=first, last=day)
        return self._begin(
            rows,
            case,
            day,
            contract=vacancy.contract_type.code,
            employer_name=vacancy.company.organisation.name,
            referral=referral,
            vacancy=vacancy,
            company=vacancy.company,
            weekly_hours=vacancy.weekly_hours,
        )

    def found_alone(self, rows: Rows, case: Case, person: Person, day: date) -> Placement:
        """Began on `day` with an employer that the portal does not know."""
        draw = self._draw
        employer = f"{draw.one(self._vocabulary.trades.next().words)} {draw.one(('Nord', 'Ovest', 'Brianza', 'Adda', 'Milano'))}"
        young = ("INTERNSHIP", "APPRENTICESHIP", "FIXED_TERM", "AGENCY")
        contract = draw.one(
            young if person.age < 30 else ("PERMANENT", "FIXED_TERM", "FIXED_TERM", "AGENCY", "ON_CALL")
        )
        hours = Decimal(draw.one((20, 24, 30, 40, 40, 40)))
        return self._begin(rows, case, day, contract=contract, employer_name=employer, weekly_hours=hours)

    def _begin(self, rows: Rows, case: Case, day: date, *, contract: str, **fields: Any) -> Placement:
        """Declared, verified with the code of its mandatory notice, or not confirmed."""
        draw = self._draw
        lasting = contract in ("PERMANENT", "APPRENTICESHIP")
        placement = Placement(
            id=draw.id(),
            candidate=case.candidate,
            desk=case.desk,
            residence=case.residence,
            contract_type=self._vocabulary.contracts[contract],
            starts_on=day,
            ends_on=None if lasting else day + timedelta(days=draw.one((60, 90, 180, 365))),
            state=self._checks.next(),
            declared_by=case.responsible_operator,
            declared_at=at(day, 630),
            **fields,
        )
        if placement.state == PlacementState.VERIFIED:
            self._notices += 1
            placement.notice_code = f"15{day:%y%m}{2_000_000 + self._notices}"
            placement.verified_by = case.responsible_operator
            placement.verified_at = at(min(draw.today, day + timedelta(days=9)), 660)
        elif placement.state == PlacementState.REJECTED:
            placement.rejection_reason = _("Dalla comunicazione obbligatoria il rapporto non risulta iniziato.")
        return rows.add(placement)
