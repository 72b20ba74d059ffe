"""The register of Segrate's first quarter: invented people, the published totals of 22 October - 31 December 2018."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TextIO

from stdnum import luhn

from sportello.workspaces.services.demo.draw import Draw, table
from sportello.workspaces.services.demo.tax_code import tax_code
from sportello.workspaces.services.register.file import COLUMNS

FIRST, LAST = date(2018, 10, 22), date(2018, 12, 31)

MEN, WOMEN, CONTRACTS, COMPANIES, DECLARATIONS, PACTS, INTERNSHIPS = 211, 220, 68, 10, 122, 121, 4
"""As the local press published them (giornale-infolio.it, 12 April 2019)."""

_PLACES = ("Segrate",) * 12 + ("Pioltello", "Vimodrone", "Peschiera Borromeo", "Rodano", "Cernusco sul Naviglio")


def write_segrate_register(stream: TextIO) -> None:
    """Write the register; the same at each call."""
    writer = csv.DictWriter(stream, COLUMNS, delimiter=";", restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(_lines(Draw(seed=2018, today=LAST)), key=lambda line: line["data"]))


def _lines(draw: Draw) -> Iterator[dict[str, str]]:
    people = [_person(draw, sex) for sex, number in (("M", MEN), ("F", WOMEN)) for _person_no in range(number)]
    draw.random.shuffle(people)
    yield from people
    for number, person in enumerate(people[:DECLARATIONS]):
        yield _event("did", person) | {"provenienza": "inps" if number % 4 == 0 else "regional"}
    for person in people[1 : 1 + PACTS]:
        yield _event("patto", person) | {"fine": "2019-12-31"}
    employers = [_company(draw, number) for number in range(COMPANIES)]
    yield from (employer | {"tipo": "visita"} for employer in employers)
    for number, person in enumerate(people[-CONTRACTS - INTERNSHIPS :]):
        employer = employers[number % COMPANIES]
        began = date.fromisoformat(person["data"]) + timedelta(days=number % 8)
        event = _event("inserimento", person) | {
            "data": min(LAST, began).isoformat(),
            "datore": employer["datore"],
            "partita_iva": employer["partita_iva"],
            "comunicazione": f"1518{2_000_001 + number}",
        }
        if number < INTERNSHIPS:
            yield event | {"tipo": "tirocinio", "fine": "2019-03-31"}
        else:
            yield event | {"contratto": ("FIXED_TERM", "FIXED_TERM", "AGENCY", "PERMANENT")[number % 4]}


def _person(draw: Draw, sex: str) -> dict[str, str]:
    names = {(row["origin"], row["kind"]): row["names"].split(";") for row in table("names")}
    origin = draw.one([row for row in table("origins") for _weight in range(int(row["weight"]) // 5)])
    first_name, last_name = draw.one(names[origin["origin"], sex]), draw.one(names[origin["origin"], "L"])
    born = draw.day(date(1955, 1, 1), date(2000, 6, 30))
    code = tax_code(
        last_name=last_name, first_name=first_name, sex=sex, born=born, cadastral_code=origin["cadastral_code"]
    )
    return {
        "tipo": "persona",
        "data": draw.day(FIRST, LAST).isoformat(),
        "codice_fiscale": code,
        "nome": first_name,
        "cognome": last_name,
        "sesso": sex,
        "data_nascita": born.isoformat(),
        "comune": draw.one(_PLACES),
    }


def _event(kind: str, person: dict[str, str]) -> dict[str, str]:
    return {"tipo": kind, "data": person["data"], "codice_fiscale": person["codice_fiscale"]}


def _company(draw: Draw, number: int) -> dict[str, str]:
    trades = list(table("trades"))
    trade = trades[number]
    signs = f"{draw.number(1_000_000, 9_999_999)}015"
    return {
        "data": draw.day(FIRST, LAST).isoformat(),
        "datore": f"{trade['words'].split('|')[0]} Idroscalo {number + 1} S.r.l.",
        "partita_iva": signs + str(luhn.calc_check_digit(signs)),
        "ateco": trade["sector"],
        "addetti": str(draw.number(4, 180)),
    }
