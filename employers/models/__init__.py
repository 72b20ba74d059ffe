from employers.models.advice import AdvisoryRequest, ReadinessChecklist
from employers.models.certification import CertificateSurveillance, GenderEqualityCertificate
from employers.models.company import Company, CompanyTransition, Workplace
from employers.models.delivery import VacancyDelivery
from employers.models.feed import BoardEntry
from employers.models.interest import DeclaredInterest
from employers.models.passage import CompanyPassage
from employers.models.quota import QuotaReckoning
from employers.models.remark import VacancyRemark
from employers.models.search import SavedSearch
from employers.models.settlement import Settlement, WorkforceForecast
from employers.models.succession import CompanySuccession
from employers.models.target import TargetCompany, TargetTransition
from employers.models.tender import PremiumAward, TenderCriterion
from employers.models.vacancy import Vacancy, VacancyLanguage, VacancySkill, VacancyTransition
from employers.models.visit import CompanyVisit

__all__ = [
    "AdvisoryRequest",
    "BoardEntry",
    "CertificateSurveillance",
    "Company",
    "CompanyPassage",
    "CompanySuccession",
    "CompanyTransition",
    "CompanyVisit",
    "DeclaredInterest",
    "GenderEqualityCertificate",
    "PremiumAward",
    "QuotaReckoning",
    "ReadinessChecklist",
    "SavedSearch",
    "Settlement",
    "TargetCompany",
    "TargetTransition",
    "TenderCriterion",
    "Vacancy",
    "VacancyDelivery",
    "VacancyLanguage",
    "VacancyRemark",
    "VacancySkill",
    "VacancyTransition",
    "WorkforceForecast",
    "Workplace",
]
