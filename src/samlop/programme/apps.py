from django.apps import AppConfig

DRAFTED = ("drafted", "changed", "discarded", "passed_on", "moved_along", "came_along")
"""What is told of a decision that is not signed yet: to those who prepare decisions only."""


class ProgrammeConfig(AppConfig):
    name = "samlop.programme"
    label = "programme"

    def ready(self) -> None:
        from samlop.cases.closing import CHECKS
        from samlop.cases.importing import MORE
        from samlop.cases.journal import tell
        from samlop.cases.leaving import WORK
        from samlop.cases.moving import CARRY
        from samlop.cases.timeline import FOR_THOSE_WHO_WRITE, PHASES, TOLD_LATER
        from samlop.core import organisation
        from samlop.core.rights import Section
        from samlop.programme.carrying import carry
        from samlop.programme.importing import ROOM, keep
        from samlop.programme.keeping import refuse_while_running
        from samlop.programme.leaving import DRAFTS
        from samlop.programme.phases_of_case import spans
        from samlop.programme.presenters import OF_THE_MUNICIPALITY, SENTENCES

        tell(SENTENCES)
        organisation.tell(OF_THE_MUNICIPALITY)
        WORK.append(DRAFTS)
        CHECKS.append(refuse_while_running)
        PHASES.append(spans)
        FOR_THOSE_WHO_WRITE.update(f"programme.decision_{what}" for what in DRAFTED)
        TOLD_LATER.add("programme.decision_signed")
        MORE[ROOM] = keep
        CARRY.append((Section.PROGRAMME, carry))
