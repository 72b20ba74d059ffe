"""Pages about pacts; the page of one pact joins the report's figures and stands in `workspaces`."""

from django.urls import path

from sportello.pacts import views

urlpatterns = [
    path("patti/", views.pact_list, name="pact_list"),
    path("cabina/patti/nuovo/", views.pact_new, name="pact_new"),
    path("patti/adesioni/<uuid:membership>/firma/", views.member_sign, name="member_sign"),
    path("patti/adesioni/<uuid:membership>/atto/", views.member_deed, name="member_deed"),
    path("patti/adesioni/<uuid:membership>/uscita/", views.member_withdraw, name="member_withdraw"),
    path("patti/<slug:slug>/invito/", views.member_invite, name="member_invite"),
    path("patti/<slug:slug>/enti/", views.partner_add, name="partner_add"),
    path("patti/<slug:slug>/azioni/", views.action_add, name="action_add"),
]
