"""The command that loads the territory tells what it wrote."""

import pytest
from django.core.management import call_command

pytestmark = pytest.mark.django_db


def test_the_command_says_what_it_wrote(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_territory")
    assert capsys.readouterr().out.splitlines()[-1] == "SubArea: 9"
