"""What the database holds of remarks."""

import pytest
from django.db import IntegrityError

from employers.models import VacancyRemark
from tests.support.employers import make_vacancy


@pytest.mark.django_db
def test_a_remark_is_made_once() -> None:
    vacancy = make_vacancy()
    for _ in range(2):
        fresh = VacancyRemark(vacancy=vacancy, field="title", code="sesso", level="soft", words="Commesso")
        if VacancyRemark.objects.exists():
            with pytest.raises(IntegrityError, match="remark_made_once"):
                fresh.save()
        else:
            fresh.save()
