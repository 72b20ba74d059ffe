"""People of a body, invitations."""

from django.urls import path

from sportello.accounts import views

urlpatterns = [
    path("enti/<uuid:organisation>/persone/", views.team, name="team"),
    path("enti/inviti/<uuid:invitation>/annulla/", views.revoke, name="revoke_invitation"),
    path("enti/persone/<uuid:membership>/togli/", views.end, name="end_membership"),
    path("enti/persone/<uuid:membership>/parte/", views.change_part, name="change_part"),
    path("enti/<uuid:organisation>/chiavi/", views.keys, name="api_keys"),
    path("enti/chiavi/<uuid:api_key>/revoca/", views.revoke_key, name="revoke_api_key"),
    path("inviti/chiave/<uuid:token>/", views.invitation, name="invitation"),
]
