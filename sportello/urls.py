"""The front door: every room hangs its own urls here."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("sportello.territory.urls")),
]
