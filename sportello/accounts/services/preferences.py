"""How an account wants the portal to behave."""

from sportello.accounts.models import User
from sportello.accounts.scope import Scope
from sportello.core import audit


@audit.service("user.shortcuts")
def set_shortcuts(*, are_on: bool, by: Scope) -> None:
    """Turn the actor's own keyboard shortcuts on or off."""
    user = User.objects.select_for_update(of=("self",)).get(pk=by.account_id)
    user.uses_shortcuts = are_on
    user.save(update_fields=["uses_shortcuts"])
