"""What the database itself refuses."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """The statement inside must fall on the constraint, or the trigger's sentence; what was written before it stays."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        yield
