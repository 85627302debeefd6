"""Tables of the room, one file per noun."""

from samlop.plan.models.contributions import Contradiction, Contribution, ContributionDraft
from samlop.plan.models.plan import PartialGoal, Plan, Step
from samlop.plan.models.versions import PlanVersion

__all__ = ["Contradiction", "Contribution", "ContributionDraft", "PartialGoal", "Plan", "PlanVersion", "Step"]
