from datetime import date

import pytest
from django.db import DatabaseError, connection, models

from candidates.models import AvailabilityDeclaration, Candidate, Case, Contact, Intake, Profile, ServicePact
from employers.models import Company, CompanyVisit
from matching.models import Placement
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.territory.models import Desk, Organisation
from sportello.workspaces.management.commands.make_segrate_register import FILE
from sportello.workspaces.services.register.file import Line, read_lines
from sportello.workspaces.services.register.importing import BadLines, Outcome, check_register, import_register

_WRITTEN: tuple[type[models.Model], ...] = (
    Candidate, Profile, Intake, Case, ServicePact, AvailabilityDeclaration, Contact, Placement, Company, CompanyVisit,
)  # fmt: skip

_PERSON = {
    "tipo": "persona",
    "data": "05/11/2018",
    "nome": "Mario",
    "cognome": "Rossi",
    "sesso": "m",
    "data_nascita": "10/12/1985",
    "codice_fiscale": "RSSMRA85T10A562S",
    "comune": "segrate",
}
_THEM = {"codice_fiscale": "RSSMRA85T10A562S", "data": "06/11/2018"}


def _lines(*cells: dict[str, str]) -> list[Line]:
    return [Line(number, each) for number, each in enumerate(cells, start=2)]


def _import(lines: list[Line], desk: Desk, operator: User) -> Outcome:
    outcome = Outcome()
    import_register(lines=lines, outcome=outcome, desk=desk, operator=operator, by=Scope.of_process("tests"))
    return outcome


def _counts() -> list[int]:
    return [model._default_manager.count() for model in _WRITTEN]


def test_segrate_2018_keeps_the_published_totals(desk: Desk, operator: User) -> None:
    lines = list(read_lines(FILE))
    first = _import(lines, desk, operator)
    assert first.wrong == []
    assert Candidate.objects.count() == 431
    assert Candidate.objects.filter(sex="M").count() == 211
    assert Candidate.objects.filter(sex="F").count() == 220
    assert Placement.objects.filter(contract_type__is_employment=True, state="verified").count() == 68
    assert Placement.objects.filter(contract_type__code="INTERNSHIP").count() == 4
    assert CompanyVisit.objects.values("company").distinct().count() == 10
    assert AvailabilityDeclaration.objects.filter(kind="insert").count() == 122
    assert ServicePact.objects.filter(signed_on__range=(date(2018, 10, 22), date(2018, 12, 31))).count() == 121
    assert Intake.objects.filter(received_on__range=(date(2018, 10, 22), date(2018, 12, 31))).count() == 431
    before = _counts()
    again = _import(lines, desk, operator)
    assert (sum(again.new.values()), again.known, again.wrong) == (0, first.new, [])
    assert _counts() == before


def test_a_check_tells_the_same_and_writes_nothing(desk: Desk, operator: User) -> None:
    lines = list(read_lines(FILE))
    told = check_register(lines=lines, desk=desk, operator=operator)
    assert _counts() == [0] * len(_WRITTEN)
    assert told == _import(lines, desk, operator)


def test_one_wrong_line_and_nothing_is_written(desk: Desk, operator: User) -> None:
    outcome = Outcome()
    lines = _lines(_PERSON, {**_THEM, "tipo": "did", "data": "30/02/2018"})
    with pytest.raises(BadLines):
        import_register(lines=lines, outcome=outcome, desk=desk, operator=operator, by=Scope.of_process("tests"))
    assert outcome.wrong == [(3, "La colonna data non è un giorno: «30/02/2018».")]
    assert _counts() == [0] * len(_WRITTEN)


def test_broken_off_in_the_middle_it_leaves_nothing(desk: Desk, operator: User) -> None:
    """The database itself fails at the jobs, when people, pacts and companies are already written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'disk'; END $$;"
            "CREATE TRIGGER fail BEFORE INSERT ON matching_placement EXECUTE FUNCTION pg_temp.fail();"
        )
    with pytest.raises(DatabaseError, match="disk"):
        _import(list(read_lines(FILE)), desk, operator)
    assert _counts() == [0] * len(_WRITTEN)
    assert Organisation.objects.filter(kind="company").count() == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({**_PERSON, "tipo": "cosa"}, "Il tipo «cosa» non esiste."),
        ({**_PERSON, "data": "01/01/2999"}, "La colonna data è nel futuro: «01/01/2999»."),
        ({**_PERSON, "nome": "M4rio"}, "Usa solo lettere, spazi, apostrofi e trattini."),
        ({**_PERSON, "sesso": "x"}, "Il sesso è F o M."),
        ({**_PERSON, "comune": "Atlantide"}, "Il comune «Atlantide» non esiste."),
        ({**_PERSON, "data_nascita": "11/12/1985"}, "Il codice fiscale non corrisponde alla data di nascita."),
        (
            {**_PERSON, "codice_fiscale": "RSSMRA85T10A562T"},
            "Questo codice fiscale non è corretto: ricontrolla lettere e cifre.",
        ),
        ({**_PERSON, "sportello": "altrove"}, "Manca lo sportello, o non è tra quelli del portale."),
        ({**_PERSON, "nome": "A" * 101}, "La colonna nome è troppo lunga: al massimo 100 lettere."),
        ({**_PERSON, "nota": "a\x00b"}, "La colonna nota contiene segni che non sono scrittura."),
        ({**_PERSON, "datore": "A" * 201}, "La colonna datore è troppo lunga: al massimo 200 lettere."),
        ({**_THEM, "tipo": "contatto"}, "La persona non è nel registro né nel portale."),
        (
            {"tipo": "visita", "data": "05/11/2018", "partita_iva": "00000000000"},
            "Questa partita IVA non esiste.",
        ),
    ],
)
def test_a_wrong_line_says_why(desk: Desk, operator: User, line: dict[str, str], reason: str) -> None:
    assert check_register(lines=_lines(line), desk=desk, operator=operator).wrong == [(2, reason)]


def test_events_may_come_before_their_person_in_the_file(desk: Desk, operator: User) -> None:
    lines = _lines({**_THEM, "tipo": "contatto", "motivo": "Curriculum"}, _PERSON)
    assert _import(lines, desk, operator).wrong == []
    contact = Contact.objects.get()
    assert (contact.candidate.last_name, contact.happened_on, contact.reason) == (
        "Rossi",
        date(2018, 11, 6),
        "Curriculum",
    )


def test_a_person_without_tax_code_is_known_by_name_and_birth_date(desk: Desk, operator: User) -> None:
    nameless = {**_PERSON, "codice_fiscale": ""}
    event = {"tipo": "did", "data": "06/11/2018", "nome": "MARIO", "cognome": "Rossi", "data_nascita": "1985-12-10"}
    outcome = _import(_lines(nameless, nameless, event), desk, operator)
    assert (outcome.new["persona"], outcome.known["persona"], outcome.new["did"]) == (1, 1, 1)
    assert Candidate.objects.count() == 1


def test_a_person_on_file_without_tax_code_is_the_one_who_now_has_it(desk: Desk, operator: User) -> None:
    event = {**_THEM, "tipo": "did", "data": "06/11/2018"}
    outcome = _import(_lines({**_PERSON, "codice_fiscale": ""}, _PERSON, event), desk, operator)
    assert (outcome.new["persona"], outcome.known["persona"], outcome.new["did"]) == (1, 1, 1)
    assert Candidate.objects.count() == 1


def test_two_contacts_on_a_day_for_two_reasons_are_two(desk: Desk, operator: User) -> None:
    lines = [{**_THEM, "tipo": "contatto", "motivo": why} for why in ("Curriculum", "Corso", "Corso")]
    outcome = _import(_lines(_PERSON, *lines), desk, operator)
    assert (outcome.new["contatto"], outcome.known["contatto"]) == (2, 1)


def test_an_open_pact_opens_the_case_that_its_contacts_join(desk: Desk, operator: User) -> None:
    lines = _lines(
        _PERSON,
        {**_THEM, "tipo": "patto"},
        {**_THEM, "tipo": "contatto"},
        {**_THEM, "tipo": "patto", "data": "7/11/2018"},
    )
    outcome = check_register(lines=lines, desk=desk, operator=operator)
    assert outcome.wrong == [(5, "La persona è già in carico: il patto nuovo si firma dalla sua pratica.")]
    _import(lines[:3], desk, operator)
    pact = ServicePact.objects.get()
    assert (pact.state, pact.case.state, pact.case.responsible_operator) == ("signed", "open", operator)
    assert Contact.objects.get().case == pact.case


def test_an_internship_is_no_employment(desk: Desk, operator: User) -> None:
    job = {**_THEM, "tipo": "inserimento", "datore": "Logistica Est S.r.l."}
    wrong = check_register(
        lines=_lines(_PERSON, {**job, "contratto": "INTERNSHIP"}), desk=desk, operator=operator
    ).wrong
    assert wrong == [(3, "Il contratto «INTERNSHIP» non è tra quelli di un inserimento.")]
    _import(_lines(_PERSON, {**job, "contratto": "tempo determinato"}), desk, operator)
    placement = Placement.objects.get()
    assert (placement.contract_type.code, placement.state, placement.company) == ("FIXED_TERM", "declared", None)


def test_a_notice_counts_one_placement(desk: Desk, operator: User) -> None:
    job = {**_THEM, "tipo": "inserimento", "datore": "Logistica Est S.r.l.", "contratto": "FIXED_TERM"}
    job["comunicazione"] = "1500026200123456"
    lines = _lines(_PERSON, job, {**job, "datore": "Logistica Ovest S.r.l."})
    assert check_register(lines=lines, desk=desk, operator=operator).wrong == [
        (4, "Il codice della comunicazione è già di un altro inserimento.")
    ]
