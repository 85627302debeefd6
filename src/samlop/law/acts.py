"""Which act a case follows. The permit decides, and the arrival where it came after the permit."""

from datetime import date
from typing import Literal

from samlop.law.parameters import Held, Rules
from samlop.law.trace import Step

ActId = Literal["introduksjonsloven", "integreringsloven"]


def _from(rules: Rules) -> Held | None:
    """The day from which permits follow the Integration Act; None as known before there was such an act."""
    held = rules.lines["act.integreringsloven.from"].held
    return held[-1] if held else None


def act_of(permit_granted: date, arrived: date | None, rules: Rules) -> tuple[ActId, Step]:
    """The act of a case (the Integration Regulations § 72).

    Permits from 2021 follow the Integration Act, and so does an older permit where the person arrived from abroad
    in 2021 or later. All others stay under the Introduction Act until they are done.
    """
    held = _from(rules)
    newer = held is not None and (permit_granted >= held.day or (arrived is not None and arrived >= held.day))
    act: ActId = "integreringsloven" if newer else "introduksjonsloven"
    step = Step("act", act, {"permit_granted": permit_granted, "arrived": arrived}, (held,) if held else ())
    return act, step
