"""Base of every table."""

import uuid

from django.db import models


class Model(models.Model):
    """Row with a public, unguessable identifier: no integer key ever reaches a URL."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
