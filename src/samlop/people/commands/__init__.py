"""What changes who works where: colleagues, units, and the municipalities of the installation."""

from samlop.people.commands.installation import (
    add_county,
    add_county_unit,
    add_municipality,
    appoint,
    change_municipality,
    change_number,
    first_password,
    set_up_unit,
)
from samlop.people.commands.members import add_member, allow_new_password, change_member
from samlop.people.commands.units import add_unit, change_unit

__all__ = [
    "add_county",
    "add_county_unit",
    "add_member",
    "add_municipality",
    "add_unit",
    "allow_new_password",
    "appoint",
    "change_member",
    "change_municipality",
    "change_number",
    "change_unit",
    "first_password",
    "set_up_unit",
]
