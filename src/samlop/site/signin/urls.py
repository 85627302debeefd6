"""Addresses of sign-in. The library's names are kept: it finds its pages by them."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from samlop.site.signin import factors, views

account = (
    [
        path("konto/", views.security, name="settings"),
        path("konto/passord/", views.change_password, name="change_password"),
        path("konto/her/", views.still_here, name="still_here"),
        path("konto/logg-ut-overalt/", views.sign_out_everywhere, name="sign_out_everywhere"),
        path("konto/innlogget/<uuid:place>/logg-ut/", views.sign_out_one, name="sign_out_one"),
        path("konto/koblet/<int:key>/fjern/", views.disconnect, name="disconnect"),
        path("logg-ut/", views.sign_out, name="sign_out"),
        path("logg-inn/glemt/", views.forgotten, name="forgotten"),
        path("logg-inn/nytt-passord/<uuid:user_id>/<str:token>/", views.new_password, name="new_password"),
        path("logg-inn/demo/<str:username>/", views.demo, name="demo"),
    ],
    "account",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(account)),
    path("logg-inn/", factors.sign_in, name="account_login"),
    path("logg-inn/stengt/", factors.inactive, name="account_inactive"),
    path("logg-inn/kode/", factors.second_step, name="mfa_authenticate"),
    path("logg-inn/passnokkel/", factors.sign_in_passkey, name="mfa_login_webauthn"),
    path("logg-inn/med/<slug:provider_id>/", factors.provider_start, name="openid_connect_login"),
    path("logg-inn/med/<slug:provider_id>/svar/", factors.provider_answer, name="openid_connect_callback"),
    path("konto/bekreft/passord/", factors.again_password, name="account_reauthenticate"),
    path("konto/bekreft/kode/", factors.again_code, name="mfa_reauthenticate"),
    path("konto/bekreft/passnokkel/", factors.again_passkey, name="mfa_reauthenticate_webauthn"),
    path("konto/", views.security, name="mfa_index"),
    path("konto/", views.security, name="mfa_list_webauthn"),
    path("konto/kodeapp/", factors.app_on, name="mfa_activate_totp"),
    path("konto/kodeapp/fjern/", factors.app_off, name="mfa_deactivate_totp"),
    path("konto/reservekoder/", factors.codes_show, name="mfa_view_recovery_codes"),
    path("konto/reservekoder/nye/", factors.codes_new, name="mfa_generate_recovery_codes"),
    path("konto/passnokler/ny/", factors.passkey_add, name="mfa_add_webauthn"),
    path("konto/passnokler/<int:pk>/fjern/", factors.passkey_remove, name="mfa_remove_webauthn"),
    path("konto/passnokler/<int:pk>/navn/", factors.passkey_rename, name="mfa_edit_webauthn"),
]
