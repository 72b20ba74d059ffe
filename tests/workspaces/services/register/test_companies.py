"""Companies of a register: known by their number, taken once, refused with a reason."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from employers.enums import SizeBand
from employers.models import Company
from employers.states import CompanyState
from sportello.territory.models import Desk, Organisation
from sportello.workspaces.services.register.companies import CompanyLines
from sportello.workspaces.services.register.file import Line
from sportello.workspaces.services.rows import Rows
from tests.support.employers import make_company

VISIT = {"datore": "Logistica Est S.r.l.", "partita_iva": "00159560366", "ateco": "56.11", "addetti": "12"}
DAY = date(2018, 11, 5)


def line(**cells: str) -> Line:
    return Line(2, {**VISIT, **cells})


def test_a_new_company_is_taken_once_approved_since_the_desk_has_met_it(desk: Desk) -> None:
    rows = Rows()
    companies = CompanyLines(rows)
    assert companies.known("00159560366") is None
    taken = companies.take(line(), DAY, desk)
    assert companies.take(line(datore="Altro nome"), DAY, desk) == companies.known("00159560366") == taken
    rows.write()
    company = Company.objects.get()
    assert (company.pk, str(company), company.state) == (taken, "Logistica Est S.r.l.", CompanyState.APPROVED)
    assert (company.registered_on, company.desk, company.sector.code) == (DAY, desk, "56.11")


@pytest.mark.parametrize(
    ("workers", "band"),
    [
        ("0", SizeBand.MICRO),
        ("9", SizeBand.MICRO),
        ("10", SizeBand.SMALL),
        ("49", SizeBand.SMALL),
        ("50", SizeBand.MEDIUM),
        ("249", SizeBand.MEDIUM),
        ("250", SizeBand.LARGE),
    ],
)
def test_the_band_follows_from_the_workers(desk: Desk, workers: str, band: SizeBand) -> None:
    rows = Rows()
    CompanyLines(rows).take(line(addetti=workers), DAY, desk)
    rows.write()
    assert Company.objects.get().size_band == band


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"partita_iva": "00159560367"}, "Questa partita IVA non è corretta: ricontrolla le undici cifre."),
        ({"ateco": "99.99.99"}, "Il codice ATECO «99.99.99» non esiste."),
        ({"datore": ""}, "Manca il nome dell'impresa."),
        ({"addetti": "molti"}, "Scrivi quanti addetti ha l'impresa."),
        ({"email": "nessuna"}, "Scrivi un indirizzo e-mail completo, per esempio nome@esempio.it."),
    ],
)
def test_a_wrong_line_says_why_and_leaves_nothing(desk: Desk, cells: dict[str, str], sentence: str) -> None:
    rows = Rows()
    companies = CompanyLines(rows)
    with pytest.raises(ValidationError) as refused:
        companies.take(line(**cells), DAY, desk)
    assert refused.value.messages == [sentence]
    rows.write()
    assert not Organisation.objects.filter(kind="company").exists()


def test_a_rejected_company_is_not_known(desk: Desk) -> None:
    make_company(desk, vat_number="00159560366", state=CompanyState.REJECTED, decision_reason="Doppia")
    assert CompanyLines(Rows()).known("00159560366") is None
    approved = make_company(desk, vat_number="12345670157")
    assert CompanyLines(Rows()).known("1234 5670157") == approved.pk
