from matching.models.change import ChangedPerson
from matching.models.check import PlacementCheck
from matching.models.override import Override
from matching.models.placement import Placement
from matching.models.proposal import Proposal
from matching.models.referral import Referral, ReferralTransition
from matching.models.run import MatchRun
from matching.models.strategy import StrategyEdition

__all__ = [
    "ChangedPerson",
    "MatchRun",
    "Override",
    "Placement",
    "PlacementCheck",
    "Proposal",
    "Referral",
    "ReferralTransition",
    "StrategyEdition",
]
