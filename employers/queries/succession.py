"""What hangs from a company, and what becomes of it when another one takes its place."""

from collections.abc import Iterator
from typing import Any

from django.db.models import ForeignObjectRel, QuerySet

from employers.enums import Fate, SuccessionKind
from employers.models import AdvisoryRequest, Company, CompanySuccession
from sportello.core.db import counted
from sportello.territory.models import Organisation

_P, _F, _S, _O = Fate.PASSES, Fate.FITS, Fate.STAYS, Fate.OWN

# Row that names the company, or its body -> what becomes of it in a takeover, and where one company was registered twice.
FATES: dict[str, tuple[Fate, Fate]] = {
    # Who takes over offers the same work in the same places, and answers for it.
    "employers.Vacancy.company": (_O, _O),
    "employers.Workplace.company": (_P, _P),
    "employers.Settlement.company": (_P, _P),
    # The work goes on under the successor (art. 2112 c.c.): it is the one to ask, months later.
    "matching.Placement.company": (_P, _P),
    # One question at a time: an open one goes on, two of them refuse the act.
    "employers.AdvisoryRequest.company": (_O, _P),
    # Of a legal person, and of its staff on a day: the successor has its own.
    "employers.GenderEqualityCertificate.company": (_S, _F),
    "employers.ReadinessChecklist.company": (_S, _F),
    "employers.QuotaReckoning.company": (_S, _F),
    # A sender's own numbering: two senders may use the same.
    "employers.VacancyDelivery.company": (_S, _F),
    # Whom the desk met is history; of one company it is one history.
    "employers.CompanyVisit.company": (_S, _P),
    # Nobody who could not decide for the one decides for the other; the old tie stays written where it was.
    "employers.DeclaredInterest.company": (_O, _O),
    # There is nobody to be won any more.
    "employers.TargetCompany.company": (_O, _O),
    "employers.CompanyTransition.company": (_S, _S),
    "employers.CompanyPassage.company": (_S, _S),
    "employers.CompanySuccession.company": (_S, _S),
    "employers.CompanySuccession.successor": (_S, _S),
    # Who worked for the old company reads where it went; the successor says whom it lets in. Of one company all are its people.
    "accounts.Membership.organisation": (_S, _O),
    "accounts.Invitation.organisation": (_O, _O),
    "accounts.ApiKey.organisation": (_O, _O),
    # A yes was given to one employer: another asks anew, the same under another record has it (`matching.services.succession`).
    "candidates.DisclosureRequest.organisation": (_O, _O),
    # Signed, accredited or called for by a legal person.
    "pacts.PactPartner.organisation": (_S, _S),
    "territory.Accreditation.organisation": (_S, _S),
    "territory.Desk.managed_by": (_S, _S),
    "employers.TenderCriterion.organisation": (_S, _S),
    "programmes.Course.provider": (_S, _S),
    "employers.Company.organisation": (_S, _S),
}


def relations() -> Iterator[tuple[str, ForeignObjectRel]]:
    """Every foreign key to a company or to its body, of every installed model but the history, by the name `FATES` gives it."""
    for owner in (Company, Organisation):
        for relation in owner._meta.get_fields(include_hidden=True):
            if (
                isinstance(relation, ForeignObjectRel)
                and (relation.one_to_many or relation.one_to_one)
                and not hasattr(relation.related_model, "pgh_tracked_model")
            ):
                yield f"{relation.related_model._meta.label}.{relation.field.name}", relation


def fate(name: str, kind: str) -> Fate:
    """What becomes of the rows of a relation; KeyError for one that nobody sorted."""
    return FATES[name][kind == SuccessionKind.DUPLICATE]


def rows_of(relation: ForeignObjectRel, company: Company) -> QuerySet[Any]:
    """The rows of a relation that name the company, or its body."""
    owner = company if relation.model is Company else company.organisation_id
    found: QuerySet[Any] = relation.related_model._base_manager.filter(**{relation.field.name: owner})
    return found


def open_advice(*companies: Company) -> QuerySet[AdvisoryRequest]:
    """Requests to the Punto Parità that still wait for their end."""
    return AdvisoryRequest.objects.open().filter(company__in=companies).order_by("pk")


def hanging(company: Company) -> dict[str, int]:
    """How many rows of each relation name the company; one query."""
    named = dict(relations())
    found = counted(**{name.replace(".", "_"): rows_of(relation, company) for name, relation in named.items()})
    return {name: found[name.replace(".", "_")] for name in named}


def successions_of(company: Company) -> list[CompanySuccession]:
    """Where the company went, and whose place it took; one query, with the names of both."""
    both = CompanySuccession.objects.filter(company=company) | CompanySuccession.objects.filter(successor=company)
    return list(both.select_related("company__organisation", "successor__organisation").order_by("at", "pk"))
