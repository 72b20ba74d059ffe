"""Vacancies that came from a company's own program."""

from django.db import models

from employers.models.company import COMPANY_SERVICES, Company
from employers.models.vacancy import Vacancy
from sportello.core.catalogue import classified
from sportello.core.db import Model


@classified(COMPANY_SERVICES, organisation="company vacancy", technical="key digest received_at")
class VacancyDelivery(Model):
    """A delivery with the sender's own key: sent twice, because the line broke, it is one vacancy. `digest` is of what was sent."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="deliveries")
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="delivered_once")]
