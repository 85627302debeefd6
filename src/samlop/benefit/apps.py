from django.apps import AppConfig


class BenefitConfig(AppConfig):
    name = "samlop.benefit"
    label = "benefit"

    def ready(self) -> None:
        from samlop.benefit.carrying import carry
        from samlop.benefit.leaving import PROPOSALS
        from samlop.benefit.presenters import ORGANISATION_SENTENCES, SENTENCES
        from samlop.cases.journal import tell
        from samlop.cases.leaving import WORK
        from samlop.cases.moving import CARRY
        from samlop.core import organisation
        from samlop.core.rights import Section

        tell(SENTENCES)
        organisation.tell(ORGANISATION_SENTENCES)
        WORK.append(PROPOSALS)
        # The economy stays behind (the policy's «handed_over»); only the journal of the case that is left is told.
        CARRY.append((Section.PROGRAMME, carry))
