"""Two questions of a supervisor: does the process live, and may people be sent to it?"""

import shutil
import tempfile
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from sportello.core.http import public

# Less than this and uploads and reports are about to fail.
FREE_BYTES = 100 * 1024 * 1024


@public
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all; asks nothing of anybody else."""
    return HttpResponse("ok", content_type="text/plain")


@public
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served, 503 when not.

    Without its broker the portal goes on and only its jobs wait: that is 200 with the status "degraded".
    """
    parts = {"database": _database(), "disk": _disk(), "broker": _broker()}
    if "failed" in (parts["database"], parts["disk"]):
        status = "failed"
    else:
        status = "ok" if parts["broker"] == "ok" else "degraded"
    return JsonResponse({"status": status, **parts}, status=503 if status == "failed" else 200)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "failed"
    return "failed" if waiting else "ok"


def _disk() -> str:
    folder = Path(settings.MEDIA_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"ready")
        free = shutil.disk_usage(folder).free
    except OSError:
        return "failed"
    return "ok" if free >= FREE_BYTES else "failed"


def _broker() -> str:
    try:
        with current_app.connection_for_write() as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
    except Exception:  # every transport fails in its own way
        return "unreachable"
    return "ok"
