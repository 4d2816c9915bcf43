"""Addresses of the entrance, of one's own account and agency, and of the demo door.

Names beginning with `account_` and `mfa_` are allauth's: it looks them up itself.
"""

from __future__ import annotations

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView

from allhands.agencies.sign_in import openid
from allhands.agencies.sign_in.doors import door
from allhands.agencies.sign_in.journal import DEMO_DOOR
from allhands.agencies.web import account, agency, agreements, demo, entrance, locking, scim

_FORM = "agencies/form_page.html"
_TO_ACCOUNT = RedirectView.as_view(pattern_name="account")

_ENTRANCE: list[URLPattern] = [
    path("sign-in", door(entrance.SignInView.as_view()), name="account_login"),
    path(
        "sign-in/code",
        door(mfa_views.AuthenticateView.as_view(template_name="agencies/second_step.html")),
        name="mfa_authenticate",
    ),
    path("sign-in/passkey", door(passkey_views.login_webauthn), name="mfa_login_webauthn"),
    path("sign-in/with/<str:provider_id>", door(openid.begin), name="openid_connect_login"),
    path("sign-in/with/<str:provider_id>/back", door(openid.come_back), name="openid_connect_callback"),
    path("sign-in/help", entrance.show_help, name="sign-in-help"),
    path("sign-in/closed", entrance.show_inactive, name="account_inactive"),
    path("sign-in/let-in/<str:raw>", entrance.let_in, name="let-in"),
    path("locked", locking.locked, name="locked"),
    path("locked/hand", locking.hand, name="locked-hand"),
    path("locked/unsent", locking.unsent, name="unsent"),
    path("sign-out", account_views.LogoutView.as_view(template_name="agencies/sign_out.html"), name="account_logout"),
    path("join/<str:raw>", entrance.join, name="join"),
]

_ACCOUNT: list[URLPattern] = [
    path("account", account.show_account, name="account"),
    path("account/hat", account.choose_hat, name="account-hat"),
    path("account/sessions/end", account.end_other_sessions, name="account-sessions-end"),
    path(
        "account/password",
        door(
            account_views.PasswordChangeView.as_view(
                template_name=_FORM,
                success_url="/account",
                extra_context={"title": _("Change your password"), "submit": _("Change it"), "back": "/account"},
            )
        ),
        name="account_change_password",
    ),
    path("account/password/none", _TO_ACCOUNT, name="account_set_password"),
    path(
        "account/again",
        door(account_views.ReauthenticateView.as_view(template_name="agencies/again.html")),
        name="account_reauthenticate",
    ),
    path(
        "account/again/code",
        door(mfa_views.ReauthenticateView.as_view(template_name="agencies/again.html")),
        name="mfa_reauthenticate",
    ),
    path(
        "account/again/passkey",
        door(passkey_views.ReauthenticateWebAuthnView.as_view(template_name="agencies/again.html")),
        name="mfa_reauthenticate_webauthn",
    ),
]

_SECOND_STEP: list[URLPattern] = [
    path("account/second-step", _TO_ACCOUNT, name="mfa_index"),
    path(
        "account/second-step/app",
        door(app_views.ActivateTOTPView.as_view(template_name="agencies/second_step_app.html")),
        name="mfa_activate_totp",
    ),
    path(
        "account/second-step/app/remove",
        door(
            app_views.DeactivateTOTPView.as_view(
                template_name=_FORM,
                extra_context={
                    "title": _("Take the app away"),
                    "intro": _("Codes of this app will no longer let you in."),
                    "submit": _("Take it away"),
                    "back": "/account",
                },
            )
        ),
        name="mfa_deactivate_totp",
    ),
    path("account/second-step/passkeys", _TO_ACCOUNT, name="mfa_list_webauthn"),
    path(
        "account/second-step/passkeys/add",
        door(passkey_views.AddWebAuthnView.as_view(template_name="agencies/passkey_add.html")),
        name="mfa_add_webauthn",
    ),
    path(
        "account/second-step/passkeys/<int:pk>/remove",
        door(
            passkey_views.RemoveWebAuthnView.as_view(
                template_name=_FORM,
                extra_context={
                    "title": _("Take this passkey away"),
                    "intro": _("The device will no longer let you in."),
                    "submit": _("Take it away"),
                    "back": "/account",
                },
            )
        ),
        name="mfa_remove_webauthn",
    ),
    path(
        "account/second-step/passkeys/<int:pk>/name",
        door(
            passkey_views.EditWebAuthnView.as_view(
                template_name=_FORM,
                extra_context={"title": _("Name this passkey"), "submit": _("Save"), "back": "/account"},
            )
        ),
        name="mfa_edit_webauthn",
    ),
    path(
        "account/second-step/codes",
        door(code_views.ViewRecoveryCodesView.as_view(template_name="agencies/codes.html")),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/second-step/codes/new",
        door(
            code_views.GenerateRecoveryCodesView.as_view(
                template_name=_FORM,
                extra_context={
                    "title": _("Make new saved codes"),
                    "intro": _("The codes you saved before will no longer work."),
                    "submit": _("Make new codes"),
                    "back": "/account",
                },
            )
        ),
        name="mfa_generate_recovery_codes",
    ),
]

_AGENCY: list[URLPattern] = [
    path("agency", agency.show_agency, name="agency"),
    path("agency/routes/new", agency.add_route, name="agency-route-new"),
    path("agency/routes/<str:route_id>/verify", agency.verify_route, name="agency-route-verify"),
    path("agency/people/invite", agency.invite, name="agency-invite"),
    path("agency/people/<str:member_id>/end", agency.end_membership, name="agency-member-end"),
    path("agency/people/<str:member_id>/let-in", agency.help_sign_in, name="agency-member-let-in"),
    path("agency/invitations/<str:invitation_id>/withdraw", agency.withdraw_invitation, name="agency-invite-withdraw"),
    path("agency/agreements/new", agreements.record, name="agency-agreement-new"),
    path("agency/agreements/<str:agreement_id>/confirm", agreements.confirm, name="agency-agreement-confirm"),
    path("agency/agreements/<str:agreement_id>/end", agreements.end, name="agency-agreement-end"),
    path("agency/keys/new", agency.issue_token, name="agency-key-new"),
    path("agency/keys/<str:token_id>/revoke", agency.revoke_token, name="agency-key-revoke"),
]

_DEMO: list[URLPattern] = [
    path("demo", demo.show_door, name="demo"),
    path("demo/enter/<slug:key>", demo.enter, name=DEMO_DOOR),
    path("demo/reset", demo.reset, name="demo-reset"),
]

_SCIM: list[URLPattern] = [
    path("scim/v2/ServiceProviderConfig", scim.config, name="scim-config"),
    path("scim/v2/Users", scim.users, name="scim-users"),
    path("scim/v2/Users/<str:user_id>", scim.user, name="scim-user"),
]

urlpatterns = [*_ENTRANCE, *_ACCOUNT, *_SECOND_STEP, *_AGENCY, *_DEMO, *_SCIM]
