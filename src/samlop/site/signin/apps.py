from django.apps import AppConfig


class SigninConfig(AppConfig):
    name = "samlop.site.signin"
    label = "signin"

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in, user_logged_out

        from samlop.site.signin import sessions

        user_logged_in.connect(sessions.on_signed_in)
        user_logged_out.connect(sessions.on_signed_out)
