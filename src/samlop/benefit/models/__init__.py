"""Tables of the room, one file per noun."""

from samlop.benefit.models.circumstances import Circumstance, PaidWork, Payee
from samlop.benefit.models.correction import Correction
from samlop.benefit.models.instalments import Instalment, RepaymentPlan
from samlop.benefit.models.run import (
    Acknowledged,
    BenefitRun,
    Draft,
    PaymentDay,
    PayrollFile,
    Settled,
    Statement,
)

__all__ = [
    "Acknowledged",
    "BenefitRun",
    "Circumstance",
    "Correction",
    "Draft",
    "Instalment",
    "PaidWork",
    "Payee",
    "PaymentDay",
    "PayrollFile",
    "RepaymentPlan",
    "Settled",
    "Statement",
]
