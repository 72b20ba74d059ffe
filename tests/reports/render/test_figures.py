"""The drawings of an edition say what its figures say, and nothing of those that are hidden."""

import re
from datetime import date

from reports.indicators import INDICATORS
from reports.models import ReportIssue
from reports.protect import Cell
from reports.queries.issues import FrozenFigure, Reading
from reports.render.figures import Figure, figures_of
from reports.rules import Section

BY_KEY = {indicator.key: indicator for indicator in INDICATORS}
NAMES = {"PROFILING": "Profilazione", "TRAINING": "Formazione", "51": "Servizi alle persone", "91": "Pulizie"}


def drawn(section: Section, figures: dict[Cell, tuple[int | None, int | None]]) -> dict[str, Figure]:
    issue = ReportIssue(year=2026, half=1, data_cut=date(2026, 6, 30))
    cells = {cell: FrozenFigure(*numbers) for cell, numbers in figures.items()}
    reading = Reading(issue=issue, figures=cells, municipalities=[], before_issue=None, before={}, names=NAMES)
    return {figure.caption: figure for figure in figures_of(section, reading, BY_KEY)}


def rows(figures: dict[str, Figure], title: str) -> tuple[tuple[str, ...], ...]:
    table = figures[title].table
    assert table is not None
    return table.rows


def test_an_edition_of_an_earlier_catalogue_has_none_of_the_later_drawings() -> None:
    captions = [title for section in Section for title in drawn(section, {Cell("users"): (40, None)})]
    assert captions == [
        "Le persone per sesso",
        "Persone registrate per età",
        "Pratiche, dichiarazioni e patti per sesso",
        "Imprese, offerte e posti",
        "Lavoro e tirocini per sesso",
    ]


def test_each_age_stands_beside_the_residents_who_are_as_old() -> None:
    told = {Cell("coverage", "age", band): (30, 1000 + n) for n, band in enumerate(("15-24", "25-34", "35-44"))}
    people = {Cell("users", "age", band): (30, None) for band in ("15-24", "25-34", "35-44")}
    hidden = {Cell(key, "age", "45-54"): (None, None) for key in ("coverage", "users")}
    found = drawn(Section.PEOPLE, {**told, **people, **hidden})
    title = "Persone seguite ogni 1.000 residenti, per età"
    assert rows(found, title) == (
        ("da 15 a 24 anni", "30", "30,0"),
        ("da 25 a 34 anni", "30", "30,0"),
        ("da 35 a 44 anni", "30", "29,9"),
        ("da 45 a 54 anni", "•", "•"),
        ("da 55 a 64 anni", "–", "–"),
    )
    assert title not in drawn(Section.PEOPLE, {**hidden})


def test_the_stock_is_drawn_by_area_whole_or_not_at_all() -> None:
    areas = ("economic", "disabled", "over_45", "youth", "none")
    told = {Cell("open_cases", "outcome", area): (10 + i, None) for i, area in enumerate(areas)}
    hidden = dict.fromkeys(told, (None, None))
    hidden_but_one = hidden | {Cell("open_cases", "outcome", "disabled"): (0, None)}
    title = "Persone in carico per area"
    assert [row[1] for row in rows(drawn(Section.TAKING_IN_CHARGE, {**told}), title)] == ["10", "11", "12", "13", "14"]
    found = drawn(Section.TAKING_IN_CHARGE, {**hidden_but_one})
    assert [row[1] for row in rows(found, title)] == ["•", "0", "•", "•", "•"]
    assert str(found[title].drawing).count("non pubblicato") == 2 * 4
    assert title not in drawn(Section.TAKING_IN_CHARGE, {**hidden})


def test_vacancies_are_drawn_by_how_they_ended() -> None:
    told = {
        Cell("vacancies_filled_rate"): (30, 80),
        Cell("vacancies_wanting_rate"): (None, None),
        Cell("vacancies_withdrawn_rate"): (None, None),
        Cell("vacancies_expired_rate"): (10, 80),
    }
    found = drawn(Section.COMPANIES, {**told})
    assert rows(found, "Come finiscono le offerte") == (
        ("Offerte coperte", "30", "37,5 %"),
        ("Offerte ritirate perché mancano persone adatte", "•", "•"),
        ("Offerte ritirate per un altro motivo", "•", "•"),
        ("Offerte scadute", "10", "12,5 %"),
    )
    hidden = dict.fromkeys(told, (None, None))
    assert "Come finiscono le offerte" not in drawn(Section.COMPANIES, {**hidden})


def test_courses_and_their_seats_are_drawn_together() -> None:
    found = drawn(Section.TRAINING, {Cell("course_editions"): (12, None), Cell("course_seats"): (1200, None)})
    assert rows(found, "Corsi e posti") == (("Corsi cominciati", "12"), ("Posti nei corsi", "1.200"))


def test_services_stand_in_the_order_of_the_catalogue_without_those_that_nobody_had() -> None:
    found = drawn(
        Section.TAKING_IN_CHARGE,
        {
            Cell("served_people", "service", "TRAINING"): (None, None),
            Cell("served_people", "service", "PROFILING"): (1200, None),
            Cell("services", "service", "PROFILING"): (1500, None),
            Cell("services", "service", "TRAINING"): (None, None),
        },
    )
    assert rows(found, "Persone che hanno avuto ogni servizio") == (
        ("Profilazione", "1.200", "1.500"),
        ("Formazione", "•", "•"),
    )
    nobody = {Cell("served_people", "service", "TRAINING"): (0, None)}
    assert "Persone che hanno avuto ogni servizio" not in drawn(Section.TAKING_IN_CHARGE, {**nobody})


def test_occupations_are_ranked_and_those_in_the_middle_are_left_to_the_data() -> None:
    few = {Cell("tightness", "occupation", "51"): (5, 200), Cell("tightness", "occupation", "91"): (90, 60)}
    title = "Posti ogni 100 persone che cercano quella professione"
    hidden = {Cell("tightness", "occupation", "11"): (None, None)}
    assert rows(drawn(Section.COMPANIES, {**few, **hidden}), title) == (
        ("Pulizie", "150,0"),
        ("Servizi alle persone", "2,5"),
    )
    drawing = str(drawn(Section.COMPANIES, {**few, **hidden})[title].drawing)
    assert re.findall(r'width="([\d.]+)" height="18"', drawing) == [
        "275.0",
        "4.6",
    ]  # as long as the ratios, not the posts
    many = {Cell("tightness", "occupation", f"{n:02}"): (n, 100) for n in range(1, 31)}
    numbers = [row[1] for row in rows(drawn(Section.COMPANIES, {**many}), title)]
    assert numbers == [f"{n},0" for n in [*range(30, 20, -1), *range(10, 0, -1)]]


def test_skills_are_drawn_from_both_ends() -> None:
    told = {Cell("skill_asked", "skill", code): (n, 100) for code, n in (("51", 40), ("91", 0))}
    held = {Cell("skill_held", "skill", code): (n, 200) for code, n in (("51", 20), ("91", 50))}
    found = drawn(Section.COMPANIES, {**told, **held})
    assert rows(found, "Competenze che mancano") == (("Servizi alle persone", "40,0 % (40)", "10,0 % (20)", "30,0"),)
    assert rows(found, "Competenze che nessun posto chiede") == (("Pulizie", "0,0 % (0)", "25,0 % (50)", "-25,0"),)


def test_people_stand_beside_their_referrals_step_by_step() -> None:
    steps = ("", "_agreed", "_viewed", "_interview", "_offer", "_hired")
    people = {Cell(f"people_referred{step}"): (50 - 8 * i, 50 if step else None) for i, step in enumerate(steps)}
    pairs = {Cell(f"referrals{step}"): (90 - 9 * i, 90 if step else None) for i, step in enumerate(steps[:-1])}
    hidden = {Cell("referrals_hired"): (None, None)}
    found = rows(drawn(Section.OUTCOMES, {**people, **pairs, **hidden}), "Dalla proposta all'assunzione: le persone")
    assert [row[1:] for row in found] == [
        ("50", "90"),
        ("42", "81"),
        ("34", "72"),
        ("26", "63"),
        ("18", "54"),
        ("10", "•"),
    ]


def test_the_search_is_drawn_month_by_month() -> None:
    title = "Quante persone cercano ancora dopo i mesi dalla registrazione"
    told = {Cell("searching_after_12", "months", m): (n, 200) for m, n in (("12", 80), ("3", 150), ("18", 60))}
    found = drawn(Section.OUTCOMES, {**told})
    assert rows(found, title) == (("3 mesi", "75,0 %"), ("12 mesi", "40,0 %"), ("18 mesi", "30,0 %"))
    assert "3 mesi: 75,0 %; 12 mesi: 40,0 %; 18 mesi: 30,0 %." in str(found[title].drawing)


def test_groups_need_no_drawing() -> None:
    found = drawn(Section.OUTCOMES, {Cell("worked_within_6_f"): (30, 100)})["Confronti tra gruppi"]
    assert (found.drawing, len(rows({found.caption: found}, found.caption))) == (None, 10)


def test_the_ways_of_conversations_and_the_hours_of_contracts_stand_with_their_shares() -> None:
    ways = {"in_person": 40, "phone": 50, "video": 0, "email": 10}
    talks = {Cell(f"conversations_{way}_rate"): (n, 100) for way, n in ways.items()}
    hours = {Cell(f"contracts_{hours}_rate"): (n, 60) for hours, n in (("thirty", 30), ("fewer", 20), ("unknown", 10))}
    title = "Colloqui e contatti, per come si sono tenuti"
    assert rows(drawn(Section.TAKING_IN_CHARGE, {**talks}), title) == (
        ("Colloqui di persona", "40", "40,0 %"),
        ("Contatti al telefono", "50", "50,0 %"),
        ("Colloqui in videochiamata", "0", "0,0 %"),
        ("Contatti per e-mail", "10", "10,0 %"),
    )
    assert rows(drawn(Section.OUTCOMES, {**hours}), "Contratti per ore alla settimana") == (
        ("Contratti di almeno 30 ore alla settimana", "30", "50,0 %"),
        ("Contratti di meno di 30 ore alla settimana", "20", "33,3 %"),
        ("Contratti di cui non si conoscono le ore", "10", "16,7 %"),
    )
    assert title not in drawn(Section.TAKING_IN_CHARGE, dict.fromkeys(talks, (None, None)))


def test_people_who_found_a_job_stand_beside_their_contracts() -> None:
    sexes = {"F": 30, "M": 20}
    people = {Cell("people_placed"): (50, None)} | {
        Cell("people_placed", "sex", s): (n, None) for s, n in sexes.items()
    }
    found = rows(drawn(Section.OUTCOMES, {**people}), "Lavoro e tirocini per sesso")
    assert found == (
        ("Persone che hanno trovato lavoro", "30", "20", "50"),
        ("Contratti avviati", "–", "–", "–"),
        ("Tirocini avviati", "–", "–", "–"),
    )
