"""The command that loads the information on personal data."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from candidates.models import PrivacyNotice

pytestmark = pytest.mark.django_db


def test_it_says_how_many_it_added_and_adds_nothing_twice() -> None:
    said = []
    for _ in range(2):
        out = StringIO()
        call_command("load_notices", stdout=out)
        said.append(out.getvalue())
    assert said == [f"Informative aggiunte: {PrivacyNotice.objects.count()}\n", "Informative aggiunte: 0\n"]


def test_it_names_the_version_that_somebody_changed() -> None:
    call_command("load_notices", stdout=StringIO())
    PrivacyNotice.objects.update(text="Un'altra")
    version = PrivacyNotice.objects.order_by("valid_from", "version").values_list("version", flat=True)[0]
    with pytest.raises(CommandError, match=rf"versione {version} è cambiato"):
        call_command("load_notices", stdout=StringIO())
