"""What each strategy weighs now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.engine.scoring import Part, Weights
from matching.engine.strategies import INSTALLED, Strategy
from matching.models import StrategyEdition
from matching.queries.labels import PART_LABELS

LABELS: dict[Strategy, Promise] = {
    Strategy.STANDARD: _("Normale"),
    Strategy.NEAR_OCCUPATIONS: _("Anche mestieri vicini"),
    Strategy.EXPERIENCE: _("L'esperienza più del titolo"),
    Strategy.FARTHER: _("Anche chi abita lontano"),
}
MEANINGS: dict[Strategy, Promise] = {
    Strategy.STANDARD: _("Va bene per la maggior parte delle offerte."),
    Strategy.NEAR_OCCUPATIONS: _(
        "Per le offerte con pochi candidati: conta di più che cosa sa fare la persona, di meno il mestiere che ha indicato."
    ),
    Strategy.EXPERIENCE: _("Per chi ha imparato lavorando: il titolo di studio non conta, gli anni di lavoro di più."),
    Strategy.FARTHER: _(
        "La distanza non toglie punti. Resta il limite che ciascuno ha indicato: nessuno è proposto oltre quello che accetta."
    ),
}


@dataclass(frozen=True)
class Chosen:
    """A strategy with what it weighs; `edition` is 0 as installed, else `last` is the row that says who and why."""

    strategy: Strategy
    weights: Weights
    last: StrategyEdition | None = None

    @property
    def edition(self) -> int:
        return self.last.number if self.last else 0

    @property
    def label(self) -> Promise:
        return LABELS[self.strategy]

    @property
    def meaning(self) -> Promise:
        return MEANINGS[self.strategy]


def chosen(strategy: Strategy) -> Chosen:
    """The strategy as it weighs now; one query."""
    return _chosen(
        strategy,
        StrategyEdition.objects.filter(strategy=strategy).select_related("edited_by").order_by("-number").first(),
    )


def weights_beside(strategy: Strategy) -> Subquery:
    """What its newest edition weighs, None as installed: to be read beside another row, for `weights_of`."""
    newest = StrategyEdition.objects.filter(strategy=strategy).order_by("-number")
    return Subquery(newest.values("weights")[:1])


def weights_of(strategy: Strategy, kept: dict[str, int] | None) -> Weights:
    """The weights that `weights_beside` read."""
    return INSTALLED[strategy] if kept is None else {part: kept[part.value] for part in Part}


def strategies() -> list[Chosen]:
    """All of them as they weigh now; one query."""
    newest = StrategyEdition.objects.order_by("strategy", "-number").distinct("strategy")
    editions = {edition.strategy: edition for edition in newest}
    return [_chosen(strategy, editions.get(strategy.value)) for strategy in Strategy]


def weights_table(ways: Sequence[Chosen]) -> dict[str, object]:
    """What `matching/includes/weights.html` shows: the strategies, and each part with its weight in every one of them."""
    parts = [(PART_LABELS[part.value], [(way, way.weights[part]) for way in ways]) for part in Part]
    return {"strategies": ways, "parts": parts}


def editions() -> QuerySet[StrategyEdition]:
    """Every change of every strategy with who made it, the newest first."""
    return StrategyEdition.objects.select_related("edited_by").order_by("-edited_at", "pk")


def _chosen(strategy: Strategy, edition: StrategyEdition | None) -> Chosen:
    if edition is None:
        return Chosen(strategy, INSTALLED[strategy])
    return Chosen(strategy, weights_of(strategy, edition.weights), edition)
