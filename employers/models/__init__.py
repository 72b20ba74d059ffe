from employers.models.company import Company, CompanyTransition, Workplace
from employers.models.delivery import VacancyDelivery
from employers.models.feed import BoardEntry
from employers.models.remark import VacancyRemark
from employers.models.search import SavedSearch
from employers.models.vacancy import Vacancy, VacancyLanguage, VacancySkill, VacancyTransition
from employers.models.visit import CompanyVisit

__all__ = [
    "BoardEntry",
    "Company",
    "CompanyTransition",
    "CompanyVisit",
    "SavedSearch",
    "Vacancy",
    "VacancyDelivery",
    "VacancyLanguage",
    "VacancyRemark",
    "VacancySkill",
    "VacancyTransition",
    "Workplace",
]
