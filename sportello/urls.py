"""The front door: every room hangs its own urls here."""

from django.urls import include, path

from sportello.core import views as core

urlpatterns = [
    path("healthz", core.healthz, name="healthz"),
    path("readyz", core.readyz, name="readyz"),
    path("account/", include("allauth.urls")),
    path("", include("sportello.workspaces.urls")),
    path("", include("candidates.urls")),
    path("", include("employers.urls")),
    path("", include("matching.urls")),
    path("", include("sportello.programmes.urls")),
    path("", include("sportello.accounts.urls")),
    path("", include("reports.urls")),
    path("", include("sportello.pacts.urls")),
    path("", include("sportello.territory.urls")),
]
