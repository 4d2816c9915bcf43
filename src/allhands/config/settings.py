"""Settings. The environment is read here and nowhere else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from allhands.config.environment import env_bool, env_choice, env_int, env_secret, env_text
from allhands.config.logs import LOGGING as LOGGING
from allhands.platform.database.address import APP, OWNER, Address, AddressError, parse_url
from allhands.platform.database.server import embedded_address

# --- The world and where it is kept -----------------------------------------------------------------------------------

# live: real children. demo: a fictional county with one-click sign-in. drill: exercises; nothing leaves the building.
ALLHANDS_WORLD = env_choice("ALLHANDS_WORLD", "live", ("live", "demo", "drill"))
# The address people type. Host checks, secure cookies and links in e-mail follow from it.
ALLHANDS_ORIGIN = env_text("ALLHANDS_ORIGIN", "http://localhost:8000")
_DEFAULT_DATA_DIR = "/var/lib/allhands" if os.geteuid() == 0 else platformdirs.user_data_dir("allhands")
ALLHANDS_DATA_DIR = Path(env_text("ALLHANDS_DATA_DIR", _DEFAULT_DATA_DIR)).expanduser().absolute()
ALLHANDS_ROOT = Path(__file__).resolve().parents[3]
_SOURCE = Path(__file__).resolve().parents[1]
DEBUG = False

# --- Secrets ----------------------------------------------------------------------------------------------------------

_SECRET_FILE = ALLHANDS_DATA_DIR / "secret_key"
_KEPT_SECRET = env_secret("ALLHANDS_SECRET_KEY") or (
    _SECRET_FILE.read_text(encoding="ascii").strip() if os.access(_SECRET_FILE, os.R_OK) else ""
)
# Without a kept key every process has its own, and each restart signs everyone out (check allhands.E001).
ALLHANDS_SECRET_IS_KEPT = bool(_KEPT_SECRET)
SECRET_KEY = _KEPT_SECRET or secrets.token_urlsafe(48)
ALLHANDS_METRICS_TOKEN = env_secret("ALLHANDS_METRICS_TOKEN")
ALLHANDS_JOURNAL_KEY = env_secret("ALLHANDS_JOURNAL_KEY")  # 32 bytes in base64; empty: kept in the data folder

# The vault's key closes the data keys of restricted facts and photos. Empty: kept in the data folder.
ALLHANDS_VAULT_KEY = env_secret("ALLHANDS_VAULT_KEY")  # 32 bytes in base64
ALLHANDS_VAULT_OLD_KEYS = env_secret("ALLHANDS_VAULT_OLD_KEYS").split()  # only while rotating
ALLHANDS_VAULT_PROGRAM = env_text("ALLHANDS_VAULT_PROGRAM", "")  # speaks to a key service instead
ALLHANDS_VAULT_PROGRAM_KEY = env_text("ALLHANDS_VAULT_PROGRAM_KEY", "program-1")  # name of the key it uses now

# Where ClamAV's daemon listens: host:port or the path of its socket. Empty: files are kept and shown as not scanned.
ALLHANDS_CLAMAV = env_text("ALLHANDS_CLAMAV", "")

# --- Database ---------------------------------------------------------------------------------------------------------

_PG_BIN = env_text("ALLHANDS_PG_BIN", "")
ALLHANDS_PG_BIN = Path(_PG_BIN).expanduser().absolute() if _PG_BIN else None
_DATABASE_URL = env_secret("DATABASE_URL")
_OWNER_URL = env_secret("DATABASE_OWNER_URL")
ALLHANDS_DATABASE_IS_EMBEDDED = not _DATABASE_URL


def _addresses() -> tuple[Address, Address]:
    """The app's address and the owner's. One URL for both means a login that may take on either role."""
    if not _DATABASE_URL:
        return embedded_address(ALLHANDS_DATA_DIR, APP), embedded_address(ALLHANDS_DATA_DIR, OWNER)
    try:
        app = parse_url(_DATABASE_URL)
        if _OWNER_URL:
            return app, parse_url(_OWNER_URL)
    except AddressError as error:
        raise ImproperlyConfigured(f"DATABASE_URL or DATABASE_OWNER_URL: {error}.") from error
    return app.taking(APP), app.taking(OWNER)


_APP_ADDRESS, ALLHANDS_DATABASE_OWNER = _addresses()
DATABASES: dict[str, dict[str, object]] = {"default": _APP_ADDRESS.django()}
# Connections a process keeps ready. 0: each thread opens its own, as tests want.
ALLHANDS_DATABASE_POOL = env_int("ALLHANDS_DATABASE_POOL", 0)
if ALLHANDS_DATABASE_POOL:
    DATABASES["default"]["OPTIONS"] = {
        **dict(_APP_ADDRESS.libpq_options()),
        "pool": {"min_size": 1, "max_size": ALLHANDS_DATABASE_POOL, "timeout": 10},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Applications -----------------------------------------------------------------------------------------------------

ALLHANDS_SLICES = [
    "allhands.ui",
    "allhands.agencies",
    "allhands.access",
    "allhands.episodes",
    "allhands.duties",
    "allhands.channels",
    "allhands.alerts",
    "allhands.directory",
    "allhands.lawbook",
    "allhands.keeping",
    "allhands.exchange",
]
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "template_partials",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allhands.platform.database",
    "allhands.platform.audit",
    "allhands.platform.proof",
    "allhands.platform.vault",
    "allhands.platform.jobs",
    "allhands.platform.counts",
    "allhands.platform.live",
    "allhands.platform.operations",
    "allhands.platform.web",
    *ALLHANDS_SLICES,
]
MIDDLEWARE = [
    "allhands.platform.web.middleware.security_headers",
    "allhands.platform.web.static_files.StaticFiles",
    "allhands.platform.web.middleware.requests_measured",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "allhands.agencies.sign_in.lock.IdleLock",
    "allhands.agencies.key_calls.KeyCalls",
    # Last: it runs the view itself, so every other middleware has looked at the request before.
    "allhands.platform.web.middleware.ActorMiddleware",
]
ALLHANDS_ACTOR_RESOLVER = "allhands.agencies.api.resolve_actor"
ALLHANDS_CHECKS = "allhands.config.checks"
# Our own checks say the same, and know about localhost and about the headers that our middleware sets.
SILENCED_SYSTEM_CHECKS = ["security.W002", "security.W004", "security.W008", "security.W012", "security.W016"]
ROOT_URLCONF = "allhands.config.urls"
ASGI_APPLICATION = "allhands.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_SOURCE / "ui"],  # components keep their template beside their presenter
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allhands.platform.web.context.world",
                "allhands.ui.context.frame",
            ],
        },
    }
]

# --- Signing in -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "agencies.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/sign-in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# People come by invitation (agencies), never by signing up; an address is verified by the invitation that reached it.
ACCOUNT_ADAPTER = "allhands.agencies.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # machines are shared; the session ends with the browser or the shift
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Counted for all processes together (platform.counts).
# Wrong tries count for an account from one address (sign_in.adapter), so that nobody shuts out another.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "correction": "10/10m/ip",
    "correction_code": "30/10m/ip",
    "sign_up": "10/10m/ip",
    "sign_up_code": "30/10m/ip",
}
ACCOUNT_FORMS = {
    "login": "allhands.agencies.sign_in.forms.SignInForm",
    "reauthenticate": "allhands.agencies.sign_in.forms.PasswordAgainForm",
    "change_password": "allhands.agencies.sign_in.forms.NewPasswordForm",
}
MFA_ADAPTER = "allhands.agencies.sign_in.closed.MfaAdapter"
MFA_FORMS = {
    "authenticate": "allhands.agencies.sign_in.forms.CodeForm",
    "reauthenticate": "allhands.agencies.sign_in.forms.CodeAgainForm",
    "authenticate_webauthn": "allhands.agencies.sign_in.once.PasskeySecondForm",
    "reauthenticate_webauthn": "allhands.agencies.sign_in.once.PasskeyAgainForm",
    "login_webauthn": "allhands.agencies.sign_in.once.PasskeySignInForm",
    "activate_totp": "allhands.agencies.sign_in.forms.AppForm",
    "add_webauthn": "allhands.agencies.sign_in.forms.PasskeyForm",
    "edit_webauthn": "allhands.agencies.sign_in.forms.PasskeyNameForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Allhands"
MFA_TOTP_TOLERANCE = 1  # clocks of phones and of old servers drift by less than one step of 30 s
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(ALLHANDS_ORIGIN).hostname == "localhost"  # browsers allow it there too
# An organisation's own sign-in, when it has one. People of its domains come in through it; its groups give roles.
ALLHANDS_OIDC_ISSUER = env_text("ALLHANDS_OIDC_ISSUER", "")  # empty: not configured
ALLHANDS_OIDC_NAME = env_text("ALLHANDS_OIDC_NAME", "your organisation")
ALLHANDS_OIDC_DOMAINS = env_text("ALLHANDS_OIDC_DOMAINS", "").lower().split()
ALLHANDS_OIDC_GROUPS_CLAIM = env_text("ALLHANDS_OIDC_GROUPS_CLAIM", "groups")
ALLHANDS_OIDC_ROLES = env_text("ALLHANDS_OIDC_ROLES", "")  # group=agency id:ROLE; group=…
SOCIALACCOUNT_ADAPTER = "allhands.agencies.sign_in.social.SocialAccountAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # the provider's word on the address is asked for instead
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form may be sent to this site only, and this one ends at the provider
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": ALLHANDS_OIDC_NAME,
                "client_id": env_text("ALLHANDS_OIDC_CLIENT_ID", ""),
                "secret": env_secret("ALLHANDS_OIDC_CLIENT_SECRET"),
                "settings": {"server_url": ALLHANDS_OIDC_ISSUER},
            }
        ]
        if ALLHANDS_OIDC_ISSUER
        else [],
    }
}
USERSESSIONS_TRACK_ACTIVITY = False  # one write at sign-in; tracking would write on every request
# Minutes without a hand after which a session asks again who is there. 0: never.
ALLHANDS_IDLE_MINUTES = env_int("ALLHANDS_IDLE_MINUTES", 15)
# Without a second step a person is signed in but acts for nobody. The demo world has no secrets to guard.
ALLHANDS_REQUIRE_MFA = env_bool("ALLHANDS_REQUIRE_MFA", ALLHANDS_WORLD != "demo")

# --- What a browser may do --------------------------------------------------------------------------------------------

_ORIGIN = urlsplit(ALLHANDS_ORIGIN)
if _ORIGIN.scheme not in {"http", "https"} or not _ORIGIN.hostname:
    raise ImproperlyConfigured("ALLHANDS_ORIGIN must be an address such as https://allhands.example.gov")
_IS_HTTPS = _ORIGIN.scheme == "https"
_IS_LOCAL = _ORIGIN.hostname in {"localhost", "127.0.0.1", "::1"}
ALLOWED_HOSTS = [_ORIGIN.hostname, *(["localhost", "127.0.0.1", "[::1]"] if _IS_LOCAL else [])]
CSRF_TRUSTED_ORIGINS = [ALLHANDS_ORIGIN.rstrip("/")]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env_bool("ALLHANDS_BEHIND_PROXY", False) else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0  # whose word on the caller's address counts
SECURE_SSL_REDIRECT = _IS_HTTPS and SECURE_PROXY_SSL_HEADER is not None
SECURE_HSTS_SECONDS = 31_536_000 if _IS_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one long shift
CSRF_FAILURE_VIEW = "allhands.platform.web.errors.csrf_failure"
# A photograph of 40 MB is refused by its own form with kind words; this only bounds what is read into memory.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# What is beyond every form's limit is counted and dropped while it comes in: it never fills a disk.
FILE_UPLOAD_HANDLERS = [
    "allhands.platform.web.uploads.DropsWhatIsTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Words, places, files ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = _IS_HTTPS
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 300  # files keep their names from release to release
ALLHANDS_PACKS_DIR = Path(env_text("ALLHANDS_PACKS_DIR", str(ALLHANDS_ROOT / "packs")))

# --- Mail -------------------------------------------------------------------------------------------------------------

ALLHANDS_SMTP_HOST = env_text("ALLHANDS_SMTP_HOST", "")  # empty: e-mail says "not configured"
ALLHANDS_SMTP_PORT = env_int("ALLHANDS_SMTP_PORT", 587, minimum=1)
ALLHANDS_SMTP_USER = env_text("ALLHANDS_SMTP_USER", "")
ALLHANDS_SMTP_PASSWORD = env_secret("ALLHANDS_SMTP_PASSWORD")
ALLHANDS_SMTP_TLS = env_choice("ALLHANDS_SMTP_TLS", "starttls", ("starttls", "tls", "none"))
ALLHANDS_MAIL_FROM = env_text("ALLHANDS_MAIL_FROM", f"allhands@{_ORIGIN.hostname}")

# --- Ways out of an alert: each says "not configured" until its first setting is there --------------------------------

ALLHANDS_SMS_PROVIDER = env_choice("ALLHANDS_SMS_PROVIDER", "none", ("none", "form", "json", "smpp"))
ALLHANDS_SMS_URL = env_text("ALLHANDS_SMS_URL", "")
ALLHANDS_SMS_ACCOUNT = env_text("ALLHANDS_SMS_ACCOUNT", "")
ALLHANDS_SMS_TOKEN = env_secret("ALLHANDS_SMS_TOKEN")
ALLHANDS_SMS_FROM = env_text("ALLHANDS_SMS_FROM", "")
# Hours by the clocks of the alert's area in which no text is sent unless a child was abducted; equal: never quiet.
ALLHANDS_SMS_QUIET_FROM = env_int("ALLHANDS_SMS_QUIET_FROM", 21)
ALLHANDS_SMS_QUIET_UNTIL = env_int("ALLHANDS_SMS_QUIET_UNTIL", 8)
ALLHANDS_SMPP_HOST = env_text("ALLHANDS_SMPP_HOST", "")
ALLHANDS_SMPP_PORT = env_int("ALLHANDS_SMPP_PORT", 2775, minimum=1)
ALLHANDS_SMPP_TLS = env_bool("ALLHANDS_SMPP_TLS", False)
ALLHANDS_SMPP_SYSTEM_ID = env_text("ALLHANDS_SMPP_SYSTEM_ID", "")
ALLHANDS_SMPP_PASSWORD = env_secret("ALLHANDS_SMPP_PASSWORD")
ALLHANDS_SMPP_WINDOW = env_int("ALLHANDS_SMPP_WINDOW", 10, minimum=1)
ALLHANDS_SMPP_RATE = env_int("ALLHANDS_SMPP_RATE", 10, minimum=1)  # messages a second, as agreed with the provider
ALLHANDS_SMPP_IDS = env_choice("ALLHANDS_SMPP_IDS", "same", ("same", "hex-to-decimal", "decimal-to-hex"))
ALLHANDS_PUSH_KEY = env_secret("ALLHANDS_PUSH_KEY")
# Push services a subscription may name; a browser's own word is no proof that its address is one.
ALLHANDS_PUSH_HOSTS = env_text(
    "ALLHANDS_PUSH_HOSTS", "fcm.googleapis.com push.services.mozilla.com notify.windows.com push.apple.com"
)
# Whether webhooks and push may call private addresses: for a receiver inside one's own network.
ALLHANDS_WEBHOOK_PRIVATE = env_bool("ALLHANDS_WEBHOOK_PRIVATE", False)
# No address of IPAWS-OPEN is a default: FEMA hands it over with the certificate.
ALLHANDS_IPAWS_URL = env_text("ALLHANDS_IPAWS_URL", "")
ALLHANDS_IPAWS_COG = env_text("ALLHANDS_IPAWS_COG", "")
ALLHANDS_IPAWS_COG_NAME = env_text("ALLHANDS_IPAWS_COG_NAME", "")
ALLHANDS_IPAWS_USER = env_text("ALLHANDS_IPAWS_USER", "allhands")
ALLHANDS_IPAWS_KEY_FILE = env_text("ALLHANDS_IPAWS_KEY_FILE", "")
ALLHANDS_IPAWS_CERTIFICATE_FILE = env_text("ALLHANDS_IPAWS_CERTIFICATE_FILE", "")
ALLHANDS_IPAWS_TRUSTED_FILE = env_text("ALLHANDS_IPAWS_TRUSTED_FILE", "")
ALLHANDS_IPAWS_NAMESPACE = env_text("ALLHANDS_IPAWS_NAMESPACE", "http://gov.fema.ipaws.services/IPAWS_CAPService/")
ALLHANDS_IPAWS_FEED_URL = env_text("ALLHANDS_IPAWS_FEED_URL", "")
ALLHANDS_SIGN_COMMUNITY = env_secret("ALLHANDS_SIGN_COMMUNITY")
ALLHANDS_SIGN_PRIORITY = env_int("ALLHANDS_SIGN_PRIORITY", 100, minimum=1)
ALLHANDS_SIGN_SOURCE = env_text("ALLHANDS_SIGN_SOURCE", "127.0.0.1")

# Calls a minute that one key of an agency's software may make of the API and of SCIM. 0: not counted.
ALLHANDS_API_CALLS_A_MINUTE = env_int("ALLHANDS_API_CALLS_A_MINUTE", 600)

# --- Counts of tries -------------------------------------------------------------------------------------------------

# One table that all processes share; under digests, since whom somebody fears must not find their address here.
# What must leave no trace at all counts in the memory of the process.
CACHES = {
    "default": {"BACKEND": "allhands.platform.counts.store.SharedCounts"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

# --- Jobs and logs ----------------------------------------------------------------------------------------------------

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
