"""The extraction asks for packages that are installed by hand."""

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_a_missing_package_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="shapely"):
        call_command("extract_territory", folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
