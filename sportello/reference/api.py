"""The codes that vacancies are written with."""

from typing import Annotated

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field, StringConstraints

from sportello.core.api import PageParameters, Position, ProblemBody, cached, refuse_unknown
from sportello.reference.models import (
    ContractType,
    DrivingLicence,
    EducationLevel,
    Language,
    Named,
    Occupation,
    TaxonomyVersion,
)

router = Router(tags=["codici"])

FRESH_SECONDS = 3600


class OccupationOut(Schema):
    """An occupation: our code, ESCO's address, the ISCO-08 group, the names; `retired` ones stay for old vacancies."""

    code: str
    uri: str
    isco08: str
    label: str
    label_masculine: str
    label_feminine: str
    label_en: str
    retired: bool


class OccupationPage(Schema):
    """Occupations by their code."""

    items: list[OccupationOut]
    next: str
    has_more: bool


class OccupationParameters(PageParameters):
    """Which occupations."""

    isco08: Annotated[
        str | None,
        StringConstraints(pattern=r"^[0-9]{1,4}$"),
        Field(description=gettext_noop("Inizio del codice ISCO-08, da una a quattro cifre.")),
    ] = None


class Term(Schema):
    """A code with its name in Italian and, where it is known, in English."""

    code: str
    label: str
    label_en: str


class Vocabularies(Schema):
    """Everything but occupations and skills."""

    contracts: list[Term]
    education: list[Term]
    languages: list[Term]
    licences: list[Term]


@router.get(
    "/occupations",
    url_name="api_occupations",
    response={200: OccupationPage, 304: None, 400: ProblemBody, 429: ProblemBody},
    summary=gettext_noop("I mestieri e i loro codici"),
)
def occupations(
    request: HttpRequest, response: HttpResponse, parameters: Query[OccupationParameters]
) -> OccupationPage:
    found = Occupation.objects.order_by("code")
    if parameters.isco08 is not None:
        found = found.filter(isco08__startswith=parameters.isco08)
    last = ""
    if parameters.cursor:
        last = Position.read(parameters.cursor, parts=1).parts[0]
        found = found.filter(code__gt=last)
    rows = list(found[: parameters.limit + 1])
    shown = rows[: parameters.limit]
    cached(
        response,
        seconds=FRESH_SECONDS,
        changed_at=TaxonomyVersion.objects.aggregate(latest=Max("loaded_at"))["latest"],
    )
    return OccupationPage(
        items=[_occupation(row) for row in shown],
        next=str(Position(shown[-1].code if shown else last)),
        has_more=len(rows) > len(shown),
    )


@router.get(
    "/vocabularies",
    url_name="api_vocabularies",
    response={200: Vocabularies, 304: None, 400: ProblemBody, 429: ProblemBody},
    summary=gettext_noop("I codici di contratti, titoli di studio, lingue e patenti"),
)
def vocabularies(request: HttpRequest, response: HttpResponse) -> Vocabularies:
    refuse_unknown(request)
    cached(response, seconds=FRESH_SECONDS)
    return Vocabularies(
        contracts=_terms(ContractType),
        education=_terms(EducationLevel),
        languages=_terms(Language),
        licences=_terms(DrivingLicence),
    )


def _occupation(row: Occupation) -> OccupationOut:
    return OccupationOut.model_validate(
        {
            **{name: getattr(row, name) for name in ("code", "uri", "isco08", "label", "label_en")},
            "label_masculine": row.label_masculine,
            "label_feminine": row.label_feminine,
            "retired": row.retired_in_id is not None,
        }
    )


def _terms(model: type[ContractType | EducationLevel | Language | DrivingLicence]) -> list[Term]:
    rows: list[Named] = list(model.objects.order_by("position", "code"))
    return [Term.model_validate(row) for row in rows]
