"""Numbers that say who someone is: national identity numbers, DUF numbers and organisation numbers.

Pure validation: no register is asked, no clock is read, nothing is stored.
"""

from samlop.identifiers.checked import Checked, Kind
from samlop.identifiers.national import birth_date
from samlop.identifiers.synthetic import (
    synthetic_birth_number,
    synthetic_d_number,
    synthetic_duf,
    synthetic_orgnr,
)
from samlop.identifiers.validation import check

__all__ = [
    "Checked",
    "Kind",
    "birth_date",
    "check",
    "synthetic_birth_number",
    "synthetic_d_number",
    "synthetic_duf",
    "synthetic_orgnr",
]
