"""The rules of the status as the tests know them, beside those in the tables."""

from datetime import date

from candidates.engine.unemployment import Rule, Rules

LAW = date(2015, 9, 24)


def _rule(key: str, value: int, first: date = LAW, last: date | None = None) -> Rule:
    return Rule(key, value, first, last, f"citazione di {key}")


RULES: Rules = {
    "unemployment_suspension_max_days": (_rule("unemployment_suspension_max_days", 180),),
    "unemployment_income_limit_employee": (
        _rule("unemployment_income_limit_employee", 8145, date(2019, 3, 30), date(2021, 12, 31)),
        _rule("unemployment_income_limit_employee", 8174, date(2022, 1, 1), date(2023, 12, 31)),
        _rule("unemployment_income_limit_employee", 8500, date(2024, 1, 1)),
    ),
    "unemployment_income_limit_self_employed": (
        _rule("unemployment_income_limit_self_employed", 4800, date(2019, 3, 30), date(2021, 12, 31)),
        _rule("unemployment_income_limit_self_employed", 5500, date(2022, 1, 1)),
    ),
    "did_contact_days": (_rule("did_contact_days", 30),),
    "did_contact_days_after_benefit_claim": (_rule("did_contact_days_after_benefit_claim", 15),),
    "long_term_unemployed_days": (_rule("long_term_unemployed_days", 366),),
    "gol_long_term_unemployed_days": (_rule("gol_long_term_unemployed_days", 181, date(2021, 12, 28)),),
    "dul_phase_five_max_unemployed_days": (_rule("dul_phase_five_max_unemployed_days", 180, date(2022, 6, 3)),),
    "no_regular_pay_months_disadvantaged": (_rule("no_regular_pay_months_disadvantaged", 6, date(2018, 1, 1)),),
    "no_regular_pay_months_severely_disadvantaged": (
        _rule("no_regular_pay_months_severely_disadvantaged", 24, date(2018, 1, 1)),
    ),
    "no_regular_pay_months_severely_disadvantaged_with_condition": (
        _rule("no_regular_pay_months_severely_disadvantaged_with_condition", 12, date(2018, 1, 1)),
    ),
}
