"""What will happen when one company takes the place of another, before anybody decides it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from candidates.states import DisclosureState
from employers.enums import Fate, SuccessionKind
from employers.models import Company
from employers.queries.succession import fate, hanging, open_advice
from matching.models import Referral
from matching.states import GOING_ON
from sportello.core.db import counted

_ADVICE = "employers.AdvisoryRequest.company"
"""Of a company taken over, only the request that still waits passes."""

LABELS: dict[str, str | Promise] = {
    "employers.Vacancy.company": _("Offerte, con le candidature"),
    "employers.Workplace.company": _("Sedi di lavoro"),
    "matching.Placement.company": _("Inserimenti di cui chiedere come va"),
    "employers.Settlement.company": _("Insediamenti"),
    "employers.CompanyVisit.company": _("Visite"),
    "employers.GenderEqualityCertificate.company": _("Certificati e autodichiarazioni di parità"),
    "employers.ReadinessChecklist.company": _("Autovalutazione sulla parità"),
    "employers.QuotaReckoning.company": _("Calcolo del collocamento mirato"),
    _ADVICE: _("Richieste al Punto Parità"),
    "employers.DeclaredInterest.company": _("Interessi dichiarati da chi lavora allo sportello"),
    "employers.TargetCompany.company": _("Scheda tra le imprese da conquistare"),
    "accounts.Membership.organisation": _("Persone che lavorano per l'impresa"),
    "accounts.Invitation.organisation": _("Inviti a lavorare per l'impresa"),
    "accounts.ApiKey.organisation": _("Chiavi dei programmi"),
}
"""What the desk is told of, in this order; the rest is history that stays, or a table without a page."""

ENDS = {"employers.TargetCompany.company", "accounts.Invitation.organisation", "accounts.ApiKey.organisation"}
"""Of what has a rule of its own, that which is closed."""


@dataclass(frozen=True)
class Preview:
    """Labels with their numbers, by what becomes of them; of `told` applications the person reads a message, of `asked` they are asked
    anew.
    """

    passes: list[tuple[str | Promise, int]]
    stays: list[tuple[str | Promise, int]]
    ends: list[tuple[str | Promise, int]]
    told: int
    asked: int
    is_refused: bool


def preview(company: Company, successor: Company, kind: str) -> Preview:
    """What `services.succession.pass_on_company` would do with the two as they stand; three queries."""
    numbers = hanging(company)
    waiting = [request.company_id for request in open_advice(company, successor)]
    groups: dict[str, list[tuple[str | Promise, int]]] = {"passes": [], "stays": [], "ends": []}
    for name, label in LABELS.items():
        if name == _ADVICE and kind == SuccessionKind.TAKEOVER:
            passing = waiting.count(company.pk)
            told = {"passes": passing, "stays": numbers[name] - passing}
        else:
            told = {_group(name, kind): numbers[name]}
        for group, number in told.items():
            if number:
                groups[group].append((label, number))
    applied = Referral.objects.filter(disclosure__organisation=company.organisation_id, state__in=GOING_ON)
    named = applied.filter(disclosure__state__in=(DisclosureState.ASKED, DisclosureState.GRANTED))
    people = counted(told=applied, asked=named if kind == SuccessionKind.TAKEOVER else applied.none())
    return Preview(
        **groups,
        told=people["told"],
        asked=people["asked"],
        is_refused=len(waiting) > 1,
    )


def _group(name: str, kind: str) -> str:
    becomes = fate(name, kind)
    if name in ENDS:
        return "ends"
    return "stays" if becomes is Fate.STAYS else "passes"
