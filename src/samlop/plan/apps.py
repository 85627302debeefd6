from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "samlop.plan"
    label = "plan"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.cases.leaving import WORK
        from samlop.cases.moving import CARRY
        from samlop.core.rights import Section
        from samlop.plan.carrying import carry
        from samlop.plan.certificate import measures
        from samlop.plan.leaving import STEPS
        from samlop.plan.presenters import SENTENCES
        from samlop.programme.certificate import SOURCES

        tell(SENTENCES)
        WORK.append(STEPS)
        CARRY.append((Section.PLAN, carry))
        SOURCES.append((Section.PLAN, measures))
