"""From the lines of a register to people, events and companies: all of them, or none."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from candidates.enums import ContactChannel, DeclarationProvenance, ServicePactKind
from candidates.models import AvailabilityDeclaration, Candidate, Case, CaseAssignment, Contact, ServicePact
from candidates.states import CaseClosing, CaseState, PactState
from employers.enums import VisitKind
from employers.models import Company, CompanyVisit
from matching.models import Placement
from matching.states import PlacementState
from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit
from sportello.core.text import search_key
from sportello.reference.models import ContractType
from sportello.reference.rules import parameter
from sportello.territory.models import Desk
from sportello.workspaces.services.register.companies import CompanyLines
from sportello.workspaces.services.register.file import Line, noon, read_day
from sportello.workspaces.services.register.people import Known, PersonLines
from sportello.workspaces.services.rows import Rows

_ORDER = ("persona", "visita", "patto", "did", "contatto", "inserimento", "tirocinio")
"""Kinds of line, in the order in which they can be understood: people before what happened to them."""

_FIELD_OF: dict[str, tuple[type[Model], str]] = {
    "nome": (Candidate, "first_name"),
    "cognome": (Candidate, "last_name"),
    "email": (Candidate, "email"),
    "telefono": (Company, "contact_phone"),
    "datore": (Placement, "employer_name"),
    "comunicazione": (Placement, "notice_code"),
    "motivo": (Contact, "reason"),
}
"""Columns copied as they are, and the narrowest field that takes each: COPY would refuse the whole file without naming a line."""

_FLUSH_EVERY = 5000
"""Lines after which rows are written: memory stays bounded."""


class BadLines(Exception):
    """Some lines are wrong, so nothing was written; the outcome tells which and why."""


@dataclass
class Outcome:
    """What a register gives: new and already known lines by kind, and the wrong ones with number and reason."""

    new: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)


@audit.service("register.import")
def import_register(
    *, lines: Iterable[Line], outcome: Outcome, by: Scope, desk: Desk | None = None, operator: User | None = None
) -> None:
    """Write what the register adds and tell it in `outcome`. Raises BadLines, and then nothing is written.

    `desk` and `operator` stand for those that a line does not name.
    """
    _Register(outcome, desk, operator, write=True).take(lines)
    if outcome.wrong:
        raise BadLines


def check_register(*, lines: Iterable[Line], desk: Desk | None = None, operator: User | None = None) -> Outcome:
    """What importing would do, without writing."""
    outcome = Outcome()
    _Register(outcome, desk, operator, write=False).take(lines)
    return outcome


class _Register:
    def __init__(self, outcome: Outcome, desk: Desk | None, operator: User | None, *, write: bool) -> None:
        self._outcome = outcome
        self._desk = desk
        self._operator = operator
        self._write = write
        self._rows = Rows()
        self._desks = {each.slug: each for each in Desk.objects.select_related("municipality")}
        self._operators = {each.email: each for each in User.objects.filter(memberships__desks__isnull=False)}
        self._contracts = {
            search_key(name): each for each in ContractType.objects.all() for name in (each.code, each.label)
        }
        self._people = PersonLines(self._rows)
        self._companies = CompanyLines(self._rows)
        self._cases: dict[UUID, UUID] = dict(Case.objects.filter(state="open").values_list("candidate_id", "pk"))
        self._seen: dict[str, set[Any]] = {
            "visita": set(CompanyVisit.objects.values_list("company_id", "visited_on")),
            "patto": set(
                ServicePact.objects.filter(signed_on__isnull=False).values_list("case__candidate_id", "signed_on")
            ),
            "did": set(AvailabilityDeclaration.objects.values_list("candidate_id", "declared_on")),
            "contatto": set(Contact.objects.values_list("candidate_id", "happened_on", "reason")),
            "inserimento": set(Placement.objects.values_list("candidate_id", "employer_name", "starts_on")),
        }
        verified = Placement.objects.filter(state=PlacementState.VERIFIED)
        self._notices = set(verified.values_list("notice_code", flat=True))
        # One table, one key: a job and an internship with the same employer cannot begin on the same day.
        self._seen["tirocinio"] = self._seen["inserimento"]
        self._take: dict[str, Callable[[Line, date], bool]] = {
            "persona": self._take_person,
            "visita": self._take_visit,
            "patto": self._take_pact,
            "did": self._take_declaration,
            "contatto": self._take_contact,
            "inserimento": self._take_placement,
            "tirocinio": self._take_placement,
        }

    def take(self, lines: Iterable[Line]) -> None:
        """Every line, people first; a wrong one is noted and the others are still read."""
        waiting: dict[str, list[Line]] = {kind: [] for kind in _ORDER}
        for line in lines:
            kind = search_key(line["tipo"])
            if kind in waiting:
                waiting[kind].append(line)
            else:
                self._outcome.wrong.append((line.number, _("Il tipo «%s» non esiste.") % line["tipo"]))
        for kind in _ORDER:
            for number, line in enumerate(waiting[kind], start=1):
                self._read(kind, line)
                if number % _FLUSH_EVERY == 0:
                    self._flush()
            self._flush()
        self._outcome.wrong.sort()

    def _read(self, kind: str, line: Line) -> None:
        try:
            _check_cells(line)
            day = _past_day(line["data"], _("data"))
            is_new = self._take[kind](line, day)
        except ValidationError as error:
            self._outcome.wrong.append((line.number, " ".join(error.messages)))
        else:
            (self._outcome.new if is_new else self._outcome.known)[kind] += 1

    def _flush(self) -> None:
        """A check writes nothing, and a register with wrong lines will not be kept."""
        if self._write and not self._outcome.wrong:
            self._rows.write()
        else:
            self._rows.drop()

    def _first_time(self, kind: str, key: tuple[Any, ...]) -> bool:
        if key in self._seen[kind]:
            return False
        self._seen[kind].add(key)
        return True

    def _desk_of(self, line: Line) -> Desk:
        desk = self._desks.get(line["sportello"]) if line["sportello"] else self._desk
        if desk is None:
            raise ValidationError(_("Manca lo sportello, o non è tra quelli del portale."))
        return desk

    def _operator_of(self, line: Line) -> User | None:
        if not line["operatore"]:
            return self._operator
        operator = self._operators.get(line["operatore"].lower())
        if operator is None:
            raise ValidationError(_("L'operatore «%s» non è tra quelli degli sportelli.") % line["operatore"])
        return operator

    def _take_person(self, line: Line, day: date) -> bool:
        return self._people.take(line, day, self._desk_of(line))

    def _take_visit(self, line: Line, day: date) -> bool:
        desk = self._desk_of(line)
        company = self._companies.take(line, day, desk)
        if not self._first_time("visita", (company, day)):
            return False
        visit = CompanyVisit(
            company_id=company,
            visited_on=day,
            kind=VisitKind.ON_SITE,
            desk=desk,
            municipality=desk.municipality,
            operator=self._operator_of(line),
            notes=line["nota"],
        )
        self._rows.add(visit)
        return True

    def _take_declaration(self, line: Line, day: date) -> bool:
        person = self._people.find(line)
        desk = self._desk_of(line)
        provenance = _choice(line["provenienza"], DeclarationProvenance, DeclarationProvenance.REGIONAL)
        if not self._first_time("did", (person.id, day)):
            return False
        self._rows.add(
            AvailabilityDeclaration(
                candidate_id=person.id,
                provenance=provenance,
                declared_on=day,
                desk=desk,
                residence_id=person.residence_id,
            )
        )
        return True

    def _take_contact(self, line: Line, day: date) -> bool:
        person = self._people.find(line)
        desk = self._desk_of(line)
        reason = line["motivo"] or _("Colloquio")
        if not self._first_time("contatto", (person.id, day, reason)):
            return False
        self._rows.add(
            Contact(
                candidate_id=person.id,
                case_id=self._cases.get(person.id),
                desk=desk,
                residence_id=person.residence_id,
                operator=self._operator_of(line),
                channel=ContactChannel.IN_PERSON,
                happened_on=day,
                reason=reason,
                note=line["nota"],
            )
        )
        return True

    def _take_pact(self, line: Line, day: date) -> bool:
        """The signed pact and its case. The five elements stay in the paper that both have signed."""
        person = self._people.find(line)
        desk, operator = self._desk_of(line), self._operator_of(line)
        ends_on = _past_day(line["fine"], _("fine")) if line["fine"] else None
        if operator is None:
            raise ValidationError(_("Un patto ha una persona responsabile: scrivi l'operatore."))
        if ends_on and ends_on < day:
            raise ValidationError(_("Il patto finisce prima di cominciare."))
        if not self._first_time("patto", (person.id, day)):
            return False
        if person.id in self._cases:
            raise ValidationError(_("La persona è già in carico: il patto nuovo si firma dalla sua pratica."))
        case = self._add_case(person, desk, operator, opened_on=day, closed_on=ends_on)
        on_paper = _("Scritto nel patto firmato su carta, conservato allo sportello.")
        signed_at = noon(day)
        self._rows.add(
            ServicePact(
                case=case,
                kind=ServicePactKind.LOCAL,
                state=PactState.ENDED if ends_on else PactState.SIGNED,
                responsible=operator,
                employability_profile=on_paper,
                search_acts=on_paper,
                proof_of_search=on_paper,
                contact_every_days=int(parameter("contact_frequency_days", on=day).value),
                signed_on=day,
                person_signed_at=signed_at,
                operator_signed_at=signed_at,
                snapshot={"kind": ServicePactKind.LOCAL, "version": 1, "desk": desk.name, "paper": on_paper},
                expires_on=ends_on,
            )
        )
        return True

    def _add_case(self, person: Known, desk: Desk, operator: User, *, opened_on: date, closed_on: date | None) -> Case:
        case = self._rows.add(
            Case(
                candidate_id=person.id,
                desk=desk,
                residence_id=person.residence_id,
                state=CaseState.CLOSED if closed_on else CaseState.OPEN,
                opened_on=opened_on,
                closed_on=closed_on,
                closing=CaseClosing.OTHER if closed_on else "",
                responsible_operator=operator,
                last_contact_on=opened_on,
            )
        )
        self._rows.add(CaseAssignment(case=case, operator=operator, starts_on=opened_on, ends_on=closed_on))
        if closed_on is None:
            self._cases[person.id] = case.pk
        return case

    def _take_placement(self, line: Line, day: date) -> bool:
        """A job, or an internship, which is no employment; verified when its mandatory notice is written."""
        person = self._people.find(line)
        desk, operator = self._desk_of(line), self._operator_of(line)
        kind = search_key(line["tipo"])
        contract = self._contracts.get("internship" if kind == "tirocinio" else search_key(line["contratto"]))
        if contract is None or contract.is_employment != (kind == "inserimento"):
            raise ValidationError(_("Il contratto «%s» non è tra quelli di un inserimento.") % line["contratto"])
        ends_on = _day(line["fine"], _("fine")) if line["fine"] else None
        if ends_on and ends_on < day:
            raise ValidationError(_("Il rapporto finisce prima di cominciare."))
        if not line["datore"]:
            raise ValidationError(_("Manca il datore di lavoro."))
        if not self._first_time(kind, (person.id, line["datore"], day)):
            return False
        notice = line["comunicazione"].upper()
        if notice and notice in self._notices:
            raise ValidationError(_("Il codice della comunicazione è già di un altro inserimento."))
        self._notices.add(notice)
        self._rows.add(
            Placement(
                candidate_id=person.id,
                company_id=self._companies.known(line["partita_iva"]),
                employer_name=line["datore"],
                desk=desk,
                residence_id=person.residence_id,
                contract_type=contract,
                starts_on=day,
                ends_on=ends_on,
                notice_code=notice,
                state=PlacementState.VERIFIED if notice else PlacementState.DECLARED,
                declared_by=operator,
                verified_by=operator if notice else None,
                verified_at=timezone.now() if notice else None,
            )
        )
        return True


def _check_cells(line: Line) -> None:
    """Raise ValidationError for what no column of the database can keep."""
    for column, text in line.cells.items():
        if not text.isprintable() and any(sign < " " and sign not in "\n\r\t" for sign in text):
            raise ValidationError(
                _("La colonna %(column)s contiene segni che non sono scrittura.") % {"column": column}
            )
    for column, (model, name) in _FIELD_OF.items():
        limit: int = getattr(model._meta.get_field(name), "max_length")  # noqa: B009  typed as any kind of field
        if len(line[column]) > limit:
            raise ValidationError(
                _("La colonna %(column)s è troppo lunga: al massimo %(limit)d lettere.")
                % {"column": column, "limit": limit}
            )


def _day(text: str, column: str) -> date:
    try:
        return read_day(text)
    except ValueError as error:
        raise ValidationError(
            _("La colonna %(column)s non è un giorno: «%(text)s».") % {"column": column, "text": text}
        ) from error


def _past_day(text: str, column: str) -> date:
    day = _day(text, column)
    if day > timezone.localdate():
        raise ValidationError(_("La colonna %(column)s è nel futuro: «%(text)s».") % {"column": column, "text": text})
    return day


def _choice(text: str, choices: Any, default: str) -> str:
    if not text:
        return default
    if text not in choices.values:
        raise ValidationError(
            _("«%(text)s» non è tra: %(known)s.") % {"text": text, "known": ", ".join(choices.values)}
        )
    return text
