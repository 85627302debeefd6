"""DUF numbers (the immigration authorities' case number for a person) and organisation numbers."""

from samlop.identifiers.checked import Checked, digits_of, weighted_sum

DUF_WEIGHTS = (4, 6, 3, 2, 4, 6, 3, 2, 7, 5)
ORGANISATION_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)

# A DUF number starts with the year it was given. The span keeps out typing errors such as 0000 and 9999
# without pretending to know the first year of the register.
_DUF_YEARS = range(1900, 2100)


def duf_control(first_ten: tuple[int, ...]) -> int:
    """The two last digits of a DUF number as one number, 0–10."""
    return weighted_sum(first_ten, DUF_WEIGHTS) % 11


def organisation_control(first_eight: tuple[int, ...]) -> int:
    """The last digit of an organisation number; 10 means that no number with these eight digits exists."""
    return (11 - weighted_sum(first_eight, ORGANISATION_WEIGHTS) % 11) % 11


def check_duf(value: str) -> Checked:
    """Check a DUF number: twelve digits, the year first, two control digits last."""
    digits = digits_of(value, 12)
    if digits is None:
        return Checked(valid=False, type="duf", reason="format")
    year = int("".join(map(str, digits[:4])))
    if year not in _DUF_YEARS:
        return Checked(valid=False, type="duf", reason="date")
    if duf_control(digits[:10]) != digits[10] * 10 + digits[11]:
        return Checked(valid=False, type="duf", reason="checksum")
    return Checked(valid=True, type="duf")


def check_organisation(value: str) -> Checked:
    """Check an organisation number: nine digits, the last a control digit. No number starts with zero."""
    digits = digits_of(value, 9)
    if digits is None or digits[0] == 0:
        return Checked(valid=False, type="organisation", reason="format")
    if organisation_control(digits[:8]) != digits[8]:
        return Checked(valid=False, type="organisation", reason="checksum")
    return Checked(valid=True, type="organisation")
