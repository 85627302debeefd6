from django.apps import AppConfig


class NorwegianConfig(AppConfig):
    name = "samlop.norwegian"
    label = "norwegian"

    def ready(self) -> None:
        from samlop.cases.journal import tell
        from samlop.cases.moving import CARRY
        from samlop.core.rights import Section
        from samlop.norwegian.carrying import carry
        from samlop.norwegian.certificate import levels
        from samlop.norwegian.presenters import SENTENCES
        from samlop.programme.certificate import SOURCES

        tell(SENTENCES)
        CARRY.append((Section.NORWEGIAN, carry))
        SOURCES.append((Section.NORWEGIAN, levels))
