"""Names as written, in any script: cleaned without being changed, and compared the way people misspell them."""

from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from samlop.core.errors import Refused
from samlop.core.sorting import search_key

LONGEST = 300
"""Letters in one field of a name."""

_LIKE = 0.78
"""How alike two names must be, with the same birth date, to be shown as possibly one person: Mohammed – Muhammad."""

# Marks that turn the direction of the text around them and could make a name show as another one.
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def clean_name(text: str, place: str) -> str:
    """The name with single spaces and composed letters, otherwise as written. Raises ``Refused``."""
    composed = unicodedata.normalize("NFC", text.translate(_TURNING))
    visible = "".join(" " if char in "\t\r\n\v\f" else char for char in composed)
    visible = " ".join(visible.split())
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in visible):
        raise Refused("name_unreadable", _("Navnet inneholder tegn som ikke kan vises. Skriv det på nytt."), place)
    if len(visible) > LONGEST:
        raise Refused("name_too_long", _("Navnet er for langt. Det kan ha høyst 300 tegn i hvert felt."), place)
    return visible


def words(name: str) -> frozenset[str]:
    """The words of a name as compared: lower case, without accents and hyphens, in no order."""
    return frozenset(search_key(name.replace("-", " ").replace("'", " ")).split())


def alike(first: frozenset[str], second: frozenset[str]) -> bool:
    """Possibly the same name, by the words of each: one within the other, or spelt nearly the same."""
    if not first or not second:
        return False
    if first <= second or second <= first:
        return True
    compared = SequenceMatcher(None, " ".join(sorted(first)), " ".join(sorted(second)), autojunk=False)
    # The quick ones are never below the true one.
    return compared.real_quick_ratio() >= _LIKE and compared.quick_ratio() >= _LIKE and compared.ratio() >= _LIKE
