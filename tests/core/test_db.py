"""How each connection begins."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from sportello.core.db import counted
from sportello.core.models import Job

pytestmark = pytest.mark.django_db


def test_no_query_is_compiled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_rows_of_several_kinds_are_counted_together(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Job.objects.bulk_create([Job(path="a"), Job(path="a"), Job(path="b%s")])
    jobs = Job.objects.order_by("path")
    with django_assert_num_queries(1):
        assert counted(all=jobs, a=jobs.filter(path="a"), b=jobs.filter(path__in=["b%s", "c"]), none=jobs.none()) == {
            "all": 3,
            "a": 2,
            "b": 1,
            "none": 0,
        }
