"""The command that loads ESCO speaks to whoever runs it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from sportello.reference.models import Occupation


@pytest.mark.usefixtures("vocabulary")
def test_load_esco_tried_dry_says_so_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "v1.2.0"
    folder.mkdir()
    (folder / "occupations_it.csv").write_text(
        "conceptUri,iscoGroup,preferredLabel,altLabels,description\nurn:cooper,7522,bottaio/bottaia,,\n", "utf-8"
    )
    out = StringIO()
    call_command("load_esco", str(tmp_path), "--dry-run", stdout=out)
    assert out.getvalue().splitlines() == [
        "ESCO 1.2.0: 1 mestieri, 0 competenze, 2 nomi, 0 relazioni, 0 voci ritirate",
        "- manca skills_it.csv (o un'altra lingua)",
        "- manca ISCOGroups_it.csv (o un'altra lingua)",
        "- manca occupationSkillRelations_it.csv (o un'altra lingua)",
        "Prova: nulla è stato scritto.",
    ]
    assert not Occupation.objects.filter(uri="urn:cooper").exists()


@pytest.mark.django_db
def test_load_esco_refuses_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="non ci sono file ESCO"):
        call_command("load_esco", str(tmp_path))
