"""Gender equality in the companies of the demonstration: certificates in every state, tenders, the Punto Parità."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from employers.engine.certificate import surveillance_days
from employers.enums import AdvisoryChannel, AdvisoryOutcome, EqualityEvidence
from employers.models import (
    AdvisoryRequest,
    CertificateSurveillance,
    Company,
    GenderEqualityCertificate,
    PremiumAward,
    ReadinessChecklist,
    TenderCriterion,
)
from employers.rules import readiness_questions
from employers.services.tender import freeze_checks
from employers.states import AdvisoryState, CertificateState
from sportello.accounts.models import User
from sportello.accounts.queries import scope_of
from sportello.core.pdf import SCHEME, print_page
from sportello.reference.rules import parameters
from sportello.territory.models import Organisation
from sportello.workspaces.services.demo.draw import Draw, at
from sportello.workspaces.services.rows import Rows

COMPANIES = 8
"""Companies that this story needs, the demonstration's own first."""

_HALF_PAST_TEN = 630
_NOON = 720


class Equality:
    """Tells who is certified, who bids, who asks for advice."""

    def __init__(self, draw: Draw, rows: Rows) -> None:
        self._draw = draw
        self._rows = rows
        rules = parameters("equality_certificate_months", "equality_surveillance_months", on=draw.today)
        self._life, self._turn = (int(rule.value) for rule in rules.values())
        self._closed: TenderCriterion | None = None

    def tell(self, companies: list[Company], town: Organisation) -> None:
        """Collect everything for the first `COMPANIES` companies, as far as there are so many."""
        today = self._draw.today
        deadline = today - timedelta(days=20)
        stories: list[dict[str, Any]] = [
            {"issued_on": today - timedelta(days=500)},
            {"ends_on": today + timedelta(days=41)},
            {"issued_on": today - timedelta(days=90), "state": CertificateState.REFUSED},
            {"issued_on": today - timedelta(days=200), "kind": EqualityEvidence.SELF_DECLARED},
            {"ends_on": deadline - timedelta(days=1)},
            {"issued_on": today - timedelta(days=420), "is_watched": False},
            {"issued_on": today - timedelta(days=9), "state": CertificateState.ENTERED},
            {"issued_on": today - timedelta(days=800), "state": CertificateState.REVOKED},
        ]
        paper = {"today": today, "stylesheet": f"{SCHEME}css/check-print.css"}
        pdf = print_page(render_to_string("workspaces/pdf/demo_paper.html", paper)).pdf
        for company, story in zip(companies, stories, strict=False):
            self._add_paper(company, pdf, **story)
        self._add_tenders(town, companies, deadline)
        self._add_advice(companies)

    def confirm(self, official: User) -> None:
        """Freeze the tender that is over, once its rows are written; a worker prints it."""
        if self._closed:
            freeze_checks(tender=TenderCriterion.objects.get(pk=self._closed.pk), by=scope_of(official))

    def _add_paper(
        self,
        company: Company,
        pdf: bytes,
        *,
        issued_on: date | None = None,
        ends_on: date | None = None,
        state: CertificateState = CertificateState.VERIFIED,
        kind: EqualityEvidence = EqualityEvidence.CERTIFICATE,
        is_watched: bool = True,
    ) -> None:
        draw = self._draw
        issued_on = issued_on or (ends_on or draw.today) - relativedelta(months=self._life)
        is_certificate = kind == EqualityEvidence.CERTIFICATE
        decided = is_certificate and state != CertificateState.ENTERED
        reasons = {
            CertificateState.REFUSED: _("Il numero non risulta nel registro dell'organismo."),
            CertificateState.REVOKED: _("L'organismo ha ritirato il certificato."),
        }
        paper = self._rows.add(
            GenderEqualityCertificate(
                id=draw.id(),
                company=company,
                kind=kind,
                body=_("Organismo dimostrativo di certificazione") if is_certificate else "",
                body_accreditation="000A" if is_certificate else "",
                number=f"PDR125-{draw.number(1000, 9999)}" if is_certificate else "",
                issued_on=issued_on,
                expires_on=issued_on + relativedelta(months=self._life) if is_certificate else None,
                file=ContentFile(pdf, name="documento.pdf"),
                state=state if is_certificate else CertificateState.ENTERED,
                decided_at=at(min(issued_on + timedelta(days=12), draw.today), _NOON) if decided else None,
                decision_reason=reasons.get(state, ""),
                revoked_on=draw.today - timedelta(days=30) if state == CertificateState.REVOKED else None,
            )
        )
        if paper.expires_on:
            for day in surveillance_days(issued_on, paper.expires_on, months=self._turn):
                done_on = day - timedelta(days=10) if is_watched and day <= draw.today else None
                self._rows.add(CertificateSurveillance(id=draw.id(), certificate=paper, due_on=day, done_on=done_on))

    def _add_tenders(self, town: Organisation, companies: list[Company], deadline: date) -> None:
        draw = self._draw
        over = self._tender(town, _("Pulizia delle scuole comunali"), deadline, Decimal(3))
        coming = self._tender(town, _("Manutenzione del verde"), draw.today + timedelta(days=15), Decimal("2.5"))
        # One who earns the points, one whose certificate ended the day before, one with no more than a word.
        bids = [(over, company) for company in (*companies[:1], *companies[3:5])]
        bids += [(coming, company) for company in companies[:2]]
        for tender, company in bids:
            self._rows.add(PremiumAward(id=draw.id(), tender=tender, name=str(company), vat_number=company.vat_number))
        self._closed = over

    def _tender(self, town: Organisation, name: str, day: date, points: Decimal) -> TenderCriterion:
        return self._rows.add(
            TenderCriterion(
                id=self._draw.id(),
                organisation=town,
                name=name,
                cig=f"B{self._draw.number(100_000_000, 999_999_999)}",
                deadline=at(day, _NOON),
                points=points,
            )
        )

    def _add_advice(self, companies: list[Company]) -> None:
        draw, today = self._draw, self._draw.today
        if not companies:
            return
        questions = readiness_questions()
        answered = [question.code for area in list(questions)[:-1] for question in questions[area]]
        answers = {code: draw.one(("yes", "yes", "partly", "no")) for code in answered}
        own = companies[0]
        self._rows.add(ReadinessChecklist(id=draw.id(), company=own, answers=answers))
        self._ask(
            own,
            _("Il certificato scade tra un anno e mezzo: che cosa prepariamo per il rinnovo?"),
            AdvisoryState.CONFIRMED,
            today - timedelta(days=6),
            meets_at=at(today + timedelta(days=5), _HALF_PAST_TEN),
            place=f"{own.desk.name}, {own.desk.address}",
        )
        for company in companies[2:3]:
            self._ask(
                company,
                _("Ci avete scritto che il documento non va bene. Da dove ricominciamo?"),
                AdvisoryState.ASKED,
                today - timedelta(days=2),
            )
        for company in companies[4:5]:
            self._ask(
                company,
                _("Conviene certificarsi con quindici dipendenti?"),
                AdvisoryState.CLOSED,
                today - timedelta(days=60),
                outcome=AdvisoryOutcome.PLAN,
                answer=_("Sì, se partecipate a gare. Cominciate dagli obiettivi scritti e dal confronto delle paghe."),
                closed_at=at(today - timedelta(days=45), _NOON),
            )

    def _ask(self, company: Company, question: str, state: AdvisoryState, day: date, **fields: Any) -> None:
        self._rows.add(
            AdvisoryRequest(
                id=self._draw.id(),
                company=company,
                channel=self._draw.one((AdvisoryChannel.ONLINE, AdvisoryChannel.IN_PERSON)),
                question=question,
                preferred_days=_("Martedì o giovedì, di mattina"),
                state=state,
                asked_at=at(day, _NOON),
                **fields,
            )
        )
