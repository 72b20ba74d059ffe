"""`manage.py rematch`."""

from io import StringIO

import pytest
from django.core.management import call_command

from sportello.core.models import Job
from tests.support.employers import make_vacancy

pytestmark = pytest.mark.django_db


def test_asks_for_every_published_vacancy() -> None:
    make_vacancy()
    out = StringIO()
    call_command("rematch", stdout=out)
    assert (out.getvalue(), Job.objects.filter(path="matching.tasks.rematch").count()) == ("1\n", 1)
