"""The step after the first one: a second factor, for those who have one."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.http import HttpRequest


class FactorStage(AuthenticateStage):
    """Asks for the second factor, unless a provider that vouches for more than a password let the person in."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return not self._vouched_for(request) and super()._should_handle(request)

    def _vouched_for(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        if not records or records[-1]["method"] != "socialaccount":
            return False
        provider = settings.OIDC.get(str(records[-1].get("provider")))
        return provider is not None and provider.is_strong
