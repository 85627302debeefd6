from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "samlop.programme"
    label = "programme"

    def ready(self) -> None:
        from samlop.cases.closing import CHECKS
        from samlop.cases.journal import tell
        from samlop.cases.moving import CARRY
        from samlop.cases.timeline import FOR_THOSE_WHO_WRITE, PHASES, TOLD_LATER
        from samlop.core.rights import Section
        from samlop.programme.carrying import carry
        from samlop.programme.keeping import refuse_while_running
        from samlop.programme.phases_of_case import spans
        from samlop.programme.presenters import SENTENCES

        tell(SENTENCES)
        CHECKS.append(refuse_while_running)
        PHASES.append(spans)
        FOR_THOSE_WHO_WRITE.update(f"programme.decision_{what}" for what in ("drafted", "changed", "discarded"))
        TOLD_LATER.add("programme.decision_signed")
        CARRY.append((Section.PROGRAMME, carry))
