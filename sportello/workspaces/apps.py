from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "sportello.workspaces"
    label = "workspaces"
