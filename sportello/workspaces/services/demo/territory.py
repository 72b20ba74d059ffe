"""The demonstration territory: the pact of Segrate with its members, the bodies, the desks and who works there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from math import hypot

from django.db.models import Sum
from django.utils.translation import gettext as _

from sportello.accounts.enums import Role
from sportello.accounts.models import Membership, User
from sportello.core.text import search_key, sort_key
from sportello.pacts.enums import ActionState, MembershipState, PactKind, PartnerRole
from sportello.pacts.models import PactAction, PactGoal, PactMembership, PactPartner, TerritorialPact
from sportello.territory.enums import (
    AccreditationKind,
    AccreditationStatus,
    DeskKind,
    DeskState,
    OrganisationKind,
)
from sportello.territory.models import (
    Accreditation,
    Desk,
    Municipality,
    MunicipalityResidents,
    OpeningHours,
    Organisation,
)
from sportello.workspaces.services.demo.draw import Draw, at, lines, table
from sportello.workspaces.services.rows import Rows

INVITED, DELIBERATED = 3, 2
"""Municipalities of the list, counted from its end, that are still on their way into the pact."""

SILAM = ("Segrate", "Cassano d'Adda", "Vimodrone")


class TerritoryMissing(Exception):
    """The places or vocabularies that the demonstration is made of are not loaded."""


@dataclass
class Territory:
    """Where the story takes place; `operators` and `nearest` are by identifier of desk and of municipality."""

    members: list[Municipality]
    weights: list[int]
    agency: Organisation
    desks: list[Desk]
    bodies: dict[str, Organisation]
    actions: list[PactAction]
    nearest: dict[object, Desk] = field(default_factory=dict)
    operators: dict[object, list[User]] = field(default_factory=dict)

    def desk(self, slug: str) -> Desk:
        return next(desk for desk in self.desks if desk.slug == slug)


def make_territory(draw: Draw, rows: Rows, *, operators: int) -> Territory:
    """Collect pacts, bodies, desks and `operators` case workers into `rows`. Raises TerritoryMissing."""
    members = _members()
    agency = _body(draw, rows, OrganisationKind.AGENCY, _("AFOL Metropolitana"), email="info@afol.sportello.example")
    rows.add(
        Accreditation(
            id=draw.id(),
            organisation=agency,
            kind=AccreditationKind.WORK,
            register_no="0112/2009",
            status=AccreditationStatus.DEFINITIVE,
            valid_from=date(2009, 7, 1),
        )
    )
    bodies = {place.name: _municipal_body(draw, rows, place) for place in members}
    territory = Territory(
        members=members, weights=_weights(members), agency=agency, desks=[], bodies=bodies, actions=[]
    )
    _make_pacts(draw, rows, territory)
    _make_desks(draw, rows, territory)
    _make_operators(draw, rows, territory, operators)
    return territory


def _members() -> list[Municipality]:
    found = {
        place.name: place
        for place in Municipality.objects.filter(is_metropolitan=True, valid_to__isnull=True).order_by("istat_code")
    }
    if missing := [name for name in lines("members") if name not in found]:
        raise TerritoryMissing(", ".join(missing))
    return [found[name] for name in lines("members")]


def _weights(members: list[Municipality]) -> list[int]:
    counted = dict(
        MunicipalityResidents.objects.filter(municipality__in=members)
        .order_by()
        .values_list("municipality")
        .annotate(people=Sum("count"))
    )
    # Segrate leads, so its desk is known best.
    return [counted.get(place.pk, 1) * (3 if place.name == "Segrate" else 1) for place in members]


def _body(
    draw: Draw, rows: Rows, kind: OrganisationKind, name: str, *, place: Municipality | None = None, email: str = ""
) -> Organisation:
    return rows.add(
        Organisation(id=draw.id(), kind=kind, name=name, sort_key=sort_key(name), municipality=place, email=email)
    )


def _municipal_body(draw: Draw, rows: Rows, place: Municipality) -> Organisation:
    mailbox = search_key(place.name).replace(" ", "")
    return _body(
        draw,
        rows,
        OrganisationKind.MUNICIPALITY,
        _("Comune di %(name)s") % {"name": place.name},
        place=place,
        email=f"lavoro@{mailbox}.sportello.example",
    )


def _make_pacts(draw: Draw, rows: Rows, territory: Territory) -> None:
    year = draw.today.year
    lead = territory.members[0]
    past = _pact(
        draw,
        rows,
        "patto-sud-est-milano-2018",
        name=_("Patto territoriale Sud-Est Milano 2018-2020"),
        lead=lead,
        first=2018,
        last=2020,
    )
    current = _pact(
        draw,
        rows,
        f"patto-sud-est-milano-{year - 2}",
        name=_("Patto territoriale Sud-Est Milano"),
        lead=lead,
        first=year - 2,
        last=year,
    )
    _join(draw, rows, past, territory.members[:50], leaving=0, on_the_way=False)
    _join(draw, rows, current, territory.members, leaving=1, on_the_way=True)
    _add_partners(draw, rows, territory, (past, current))
    silam = _pact(
        draw,
        rows,
        "protocollo-silam",
        name=_("Protocollo d'intesa Silam"),
        lead=lead,
        first=year - 2,
        last=year + 1,
        kind=PactKind.PROTOCOL,
    )
    by_name = {place.name: place for place in territory.members}
    _join(draw, rows, silam, [by_name[name] for name in SILAM], leaving=0, on_the_way=False)
    _add_actions(draw, rows, territory, current, silam)


def _pact(
    draw: Draw,
    rows: Rows,
    slug: str,
    *,
    name: str,
    lead: Municipality,
    first: int,
    last: int,
    kind: PactKind = PactKind.PACT,
) -> TerritorialPact:
    programme = _(
        "Una rete di sportelli nei Comuni, con la regia dell'agenzia per il lavoro, per accompagnare chi cerca un "
        "impiego, ascoltare le imprese e far incontrare le due parti vicino a casa."
    )
    return rows.add(
        TerritorialPact(
            id=draw.id(),
            slug=slug,
            kind=kind,
            name=name,
            lead=lead,
            starts_on=date(first, 1, 1),
            ends_on=date(last, 12, 31),
            programme=programme,
        )
    )


def _join(
    draw: Draw, rows: Rows, pact: TerritorialPact, places: list[Municipality], *, leaving: int, on_the_way: bool
) -> None:
    """Dated deeds for the members: the lead from the first day, the others in the months that follow."""
    coming = INVITED + DELIBERATED if on_the_way else 0
    for number, place in enumerate(places):
        membership = PactMembership(id=draw.id(), pact=pact, municipality=place)
        from_end = len(places) - number
        if from_end > coming:
            joined = pact.starts_on + timedelta(days=0 if number == 0 else 10 + 5 * number)
            membership.state = MembershipState.SIGNED
            membership.joined_on = joined
            membership.deed_date = joined - timedelta(days=draw.number(1, 25))
            membership.deed_no = f"{draw.number(4, 180)}/{membership.deed_date.year}"
            if coming < from_end <= coming + leaving:
                membership.state = MembershipState.WITHDRAWN
                membership.left_on = joined + timedelta(days=210)
                membership.withdrawal_reason = _("Il Comune ha aderito all'accordo della zona vicina.")
        elif from_end > INVITED:
            membership.state = MembershipState.DELIBERATED
            membership.deed_date = draw.today - timedelta(days=draw.number(10, 40))
            membership.deed_no = f"{draw.number(4, 180)}/{membership.deed_date.year}"
        rows.add(membership)


def _add_partners(draw: Draw, rows: Rows, territory: Territory, pacts: tuple[TerritorialPact, ...]) -> None:
    milan = Municipality.objects.get(cadastral_code="F205", valid_to__isnull=True)
    partners = [
        (_body(draw, rows, OrganisationKind.REGION, _("Regione Lombardia")), PartnerRole.SUPPORTER),
        (_body(draw, rows, OrganisationKind.MINISTRY, _("Ministero del Lavoro")), PartnerRole.SUPPORTER),
        (
            _body(draw, rows, OrganisationKind.METROPOLITAN_CITY, _("Città metropolitana di Milano")),
            PartnerRole.SUPPORTER,
        ),
        (_municipal_body(draw, rows, milan), PartnerRole.CONTRIBUTOR),
        (
            _body(draw, rows, OrganisationKind.SOCIAL_PARTNER, _("Unione dei sindacati dell'Est Milano")),
            PartnerRole.CONTRIBUTOR,
        ),
        (
            _body(draw, rows, OrganisationKind.SOCIAL_PARTNER, _("Associazione delle imprese dell'Est Milano")),
            PartnerRole.CONTRIBUTOR,
        ),
        (
            _body(draw, rows, OrganisationKind.THIRD_SECTOR, _("Rete delle cooperative della Martesana")),
            PartnerRole.CONTRIBUTOR,
        ),
    ]
    for pact in pacts:
        for body, role in partners:
            rows.add(PactPartner(id=draw.id(), pact=pact, organisation=body, role=role, since=pact.starts_on))
        for title, indicator, target in (
            (_("Accompagnare al lavoro 500 persone"), "contracts", 500),
            (_("Fare in modo che 9 appuntamenti su 10 si svolgano"), "appointments_kept_rate", 90),
            (_("Offrire 1.500 posti di lavoro"), "posts", 1500),
        ):
            rows.add(
                PactGoal(id=draw.id(), pact=pact, title=title, indicator=indicator, target=target, due_on=pact.ends_on)
            )


def _add_actions(draw: Draw, rows: Rows, territory: Territory, pact: TerritorialPact, silam: TerritorialPact) -> None:
    """Agreed actions of every state, with the intake codes that people write when they register."""
    year = draw.today.year
    wanted = (
        (silam, "AlmavivA", _("Ricollocazione di chi lavorava al contact center"), year - 1, ActionState.RUNNING),
        (pact, "Logistica Est", _("Personale per i nuovi poli logistici"), year - 1, ActionState.RUNNING),
        (pact, "Donne in cammino", _("Percorsi per donne che tornano al lavoro"), year, ActionState.RUNNING),
        (pact, "Giovani subito", _("Primo lavoro e tirocini dai 16 ai 29 anni"), year - 2, ActionState.DONE),
        (pact, "Cura di qualità", _("Formazione di assistenti familiari"), year + 1, ActionState.PLANNED),
    )
    for owner, code, title, first, state in wanted:
        territory.actions.append(
            rows.add(
                PactAction(
                    id=draw.id(),
                    pact=owner,
                    code=code,
                    code_key=search_key(code),
                    title=title,
                    starts_on=date(first, 1, 15),
                    ends_on=date(first, 12, 15) if state == ActionState.DONE else None,
                    state=state,
                )
            )
        )


def _make_desks(draw: Draw, rows: Rows, territory: Territory) -> None:
    """Desks of every kind and state; each member is served by the open desk nearest to it."""
    by_name = {place.name: place for place in territory.members}
    for row in table("desks"):
        place = by_name[row["municipality"]]
        desk = rows.add(
            Desk(
                id=draw.id(),
                slug=row["slug"],
                name=row["name"],
                kind=DeskKind(row["kind"]),
                state=DeskState(row["state"]),
                municipality=place,
                address=row["address"],
                latitude=place.latitude or 0.0,
                longitude=place.longitude or 0.0,
                phone=f"02 9{draw.number(100000, 999999)}",
                email=f"{row['slug']}@sportello.example",
                managed_by=territory.agency,
            )
        )
        territory.desks.append(desk)
        for span in filter(None, row["hours"].split(";")):
            weekday, _blank, hours = span.partition(" ")
            opens, closes = (time.fromisoformat(hour.zfill(5)) for hour in hours.split("-"))
            rows.add(OpeningHours(id=draw.id(), desk=desk, weekday=int(weekday), opens=opens, closes=closes))
    served = Desk.serves.through
    receiving = [desk for desk in territory.desks if desk.state == DeskState.OPEN]
    for place in territory.members:
        nearest = min(receiving, key=lambda desk: _distance(desk, place))
        territory.nearest[place.pk] = nearest
        rows.add(served(desk=nearest, municipality=place))
    for desk in territory.desks:
        if desk.state in (DeskState.TEMPORARY, DeskState.PLANNED):
            rows.add(served(desk=desk, municipality=desk.municipality))


def _distance(desk: Desk, place: Municipality) -> float:
    """Comparable distance; a degree of longitude is about 0.7 of one of latitude here."""
    return hypot(desk.latitude - (place.latitude or 0), (desk.longitude - (place.longitude or 0)) * 0.7)


def _make_operators(draw: Draw, rows: Rows, territory: Territory, number: int) -> None:
    """Case workers, who cannot sign in: at least one for each open desk."""
    receiving = [desk for desk in territory.desks if desk.state == DeskState.OPEN]
    names = {(row["origin"], row["kind"]): row["names"] for row in table("names")}
    first = [*names["it", "F"].split(";"), *names["it", "M"].split(";")]
    last = names["it", "L"].split(";")
    for position in range(max(number, len(receiving))):
        desk = receiving[position % len(receiving)]
        user = User(
            id=draw.id(),
            email=f"operatore{position + 1}@sportello.invalid",
            first_name=draw.one(first),
            last_name=draw.one(last),
            date_joined=at(draw.today - timedelta(days=900), 540),
        )
        user.set_unusable_password()
        rows.add(user)
        add_membership(draw, rows, user, territory.agency, role=Role.OPERATOR, desks=[desk])
        territory.operators.setdefault(desk.pk, []).append(user)


def add_membership(
    draw: Draw,
    rows: Rows,
    user: User,
    organisation: Organisation,
    *,
    role: Role,
    desks: Sequence[Desk] = (),
    is_admin: bool = False,
    decides: bool = False,
) -> None:
    """A role in a body, at the named desks."""
    membership = rows.add(
        Membership(
            id=draw.id(),
            user=user,
            organisation=organisation,
            role=role,
            is_admin=is_admin,
            decides=decides,
            started_at=user.date_joined,
        )
    )
    for desk in desks:
        rows.add(Membership.desks.through(membership=membership, desk=desk))
