"""Loading the information on personal data that people read before they register."""

from datetime import date
from pathlib import Path

from django.db import transaction

from candidates.models import PrivacyNotice

DATA = Path(__file__).resolve().parents[1] / "data" / "notices"


class NoticeChanged(Exception):
    """The text of a version on file differs from the file's: people have read it, so a change needs a new version."""


@transaction.atomic
def load_notices(*, folder: Path = DATA) -> int:
    """Add the versions that the table lacks; each file is named "<version>_<first day>.txt". Returns how many were added.

    Raises NoticeChanged, naming the version, when a text already loaded has been changed in place.
    """
    held = dict(PrivacyNotice.objects.values_list("version", "text"))
    missing = []
    for path in sorted(folder.glob("*.txt")):
        version, _, day = path.stem.partition("_")
        text = path.read_text(encoding="utf-8").strip()
        if version not in held:
            missing.append(PrivacyNotice(version=version, valid_from=date.fromisoformat(day), text=text))
        elif held[version] != text:
            raise NoticeChanged(version)
    PrivacyNotice.objects.bulk_create(missing)
    return len(missing)
