"""Addresses of the public pages on the desks."""

from django.urls import path

from sportello.territory import views

app_name = "territory"

urlpatterns = [
    path("sportelli/", views.desk_list, name="desk_list"),
    path("sportelli/<slug:slug>/", views.desk_detail, name="desk_detail"),
]
