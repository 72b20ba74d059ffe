"""A code is added once, for a desk that exists."""

import pytest
from django.core.management import CommandError, call_command

from candidates.models import SubjectCode
from tests.support.territory import make_desk


@pytest.mark.django_db
def test_a_code_is_added_once() -> None:
    desk = make_desk()
    said = ["candidato/a AlmavivA", "--desk", desk.slug, "--from", "2026-01-01"]
    call_command("add_subject_code", *said)
    code = SubjectCode.objects.get()
    assert (code.key, code.desk, code.kind) == ("candidato almaviva", desk, "initiative")
    with pytest.raises(CommandError, match="vale già"):
        call_command("add_subject_code", *said)
    with pytest.raises(CommandError, match="nessuno"):
        call_command("add_subject_code", "altro", "--desk", "nessuno", "--from", "2026-01-01")
