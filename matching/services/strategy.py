"""Change what a strategy weighs."""

from django.db import IntegrityError, transaction

from matching.engine.scoring import Weights
from matching.engine.strategies import Strategy, is_balanced
from matching.models import StrategyEdition
from matching.queries.strategies import chosen
from sportello.accounts.scope import Scope
from sportello.core import audit


class Unbalanced(Exception):
    """The weights do not make 100, or one is missing or less than nothing."""


class ChangedMeanwhile(Exception):
    """Somebody else has changed the strategy since it was read."""


@audit.service("strategy.edit")
def edit_strategy(*, strategy: Strategy, weights: Weights, motive: str, after: int, by: Scope) -> StrategyEdition:
    """The strategy weighs so from now on; runs made before keep their own weights. `after` is the edition that was read.

    Raises Unbalanced, ChangedMeanwhile.
    """
    if not is_balanced(weights):
        raise Unbalanced
    if chosen(strategy).edition != after:
        raise ChangedMeanwhile
    try:
        with transaction.atomic():
            return StrategyEdition.objects.create(
                strategy=strategy,
                number=after + 1,
                weights={part.value: weight for part, weight in weights.items()},
                motive=motive,
                edited_by_id=by.account_id,
            )
    except IntegrityError as error:
        raise ChangedMeanwhile from error
