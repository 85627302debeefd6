"""One door for all kinds of numbers."""

from datetime import date

from samlop.identifiers.checked import Checked, Kind
from samlop.identifiers.national import check_national
from samlop.identifiers.other import check_duf, check_organisation


def check(kind: Kind, value: str, *, on: date, allow_synthetic: bool = False) -> Checked:
    """Say whether `value` is a valid number of its kind on the day `on`.

    Synthetic numbers are for demonstrations and tests: a real case must never be opened on one, so they are
    refused unless `allow_synthetic` says otherwise.
    """
    if kind == "fnr":
        return check_national(value, on=on, allow_synthetic=allow_synthetic)
    return check_duf(value) if kind == "duf" else check_organisation(value)
