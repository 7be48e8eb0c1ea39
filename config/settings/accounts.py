"""Settings of sign-in: accounts, providers of social sign-in, second factors, stored secrets, and the mails to members."""

from __future__ import annotations

from pathlib import Path

from config import env

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["core.security.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# The first key encrypts, all of them decrypt; without any, one is derived from SECRET_KEY.
FIELD_ENCRYPTION_KEYS = env.keys("FIELD_ENCRYPTION_KEYS", default=[])
# The newest format that every release beside this one can read: "sealed" packs nothing (docs/decisions/057-packed-texts.md),
# "bound" has texts plain (042-at-rest.md), "fernet" has no ciphertexts bound to their rows (040-keys.md).
FIELD_ENCRYPTION_FORMAT = env.choice(
    "FIELD_ENCRYPTION_FORMAT", ("packed", "sealed", "bound", "fernet"), default="packed"
)
# By number, what texts are packed with (core/security/packing.py). A file never changes; a better one gets a number.
CODEBOOKS = {
    number: Path(__file__).parents[2] / "fortune" / "readings" / "codebooks" / name
    for number, name in ((1, "1-ko.txt"), (2, "2-en.txt"), (3, "3-charts.txt"))
}

ACCOUNT_ADAPTER = "core.accounts.signin.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "reset_password": "core.accounts.signin.forms.ResetPasswordForm",
    "signup": "core.accounts.signin.forms.SignupForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_MAX_EMAIL_ADDRESSES = 3
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Fortune] "
ACCOUNT_USER_DISPLAY = "core.accounts.signin.adapters.display_name"
SOCIALACCOUNT_ADAPTER = "core.accounts.signin.adapters.SocialAccountAdapter"
# An account is known by the provider's number for it. Kakao may give no address, Naver's is unproved:
# neither is asked for, and no social account is ever joined to another one because of an address.
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "optional"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_QUERY_EMAIL = True
KAKAO_CLIENT_ID = env.text("KAKAO_CLIENT_ID", default="")
KAKAO_CLIENT_SECRET = env.text("KAKAO_CLIENT_SECRET", default="")
KAKAO_AUTH_URL = env.url("KAKAO_AUTH_URL", schemes=("https", "http"), default="https://kauth.kakao.com")
KAKAO_API_URL = env.url("KAKAO_API_URL", schemes=("https", "http"), default="https://kapi.kakao.com")
KAKAO_JS_KEY = env.text("KAKAO_JS_KEY", default="")
NAVER_CLIENT_ID = env.text("NAVER_CLIENT_ID", default="")
NAVER_CLIENT_SECRET = env.text("NAVER_CLIENT_SECRET", default="")
GOOGLE_CLIENT_ID = env.text("GOOGLE_CLIENT_ID", default="")
GOOGLE_CLIENT_SECRET = env.text("GOOGLE_CLIENT_SECRET", default="")
SOCIALACCOUNT_PROVIDERS = {
    "kakao": {
        "provider_class": "core.accounts.signin.kakao.provider.KakaoProvider",
        "APPS": [{"client_id": KAKAO_CLIENT_ID, "secret": KAKAO_CLIENT_SECRET}] if KAKAO_CLIENT_ID else [],
    },
    "naver": {
        "provider_class": "core.accounts.signin.naver.NaverProvider",
        "APPS": [{"client_id": NAVER_CLIENT_ID, "secret": NAVER_CLIENT_SECRET}] if NAVER_CLIENT_ID else [],
    },
    "google": {
        "APPS": [{"client_id": GOOGLE_CLIENT_ID, "secret": GOOGLE_CLIENT_SECRET}] if GOOGLE_CLIENT_ID else [],
        "SCOPE": ["profile", "email"],
        "OAUTH_PKCE_ENABLED": True,
    },
}

MFA_ADAPTER = "core.accounts.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Fortune"
# Phones' clocks are late by some seconds.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "core.accounts.second_factor.AuthenticateForm",
    "reauthenticate": "core.accounts.second_factor.ReauthenticateForm",
}
# Staff show a second factor before the admin opens, again after so many seconds, and after so many without a page of it.
ADMIN_SECOND_FACTOR = env.boolean("ADMIN_SECOND_FACTOR", default=True)
ADMIN_SESSION = env.seconds("ADMIN_SESSION", default=28_800)
ADMIN_IDLE = env.seconds("ADMIN_IDLE", default=1_800)

EMAIL_HOST = env.text("EMAIL_HOST", default="")
EMAIL_PORT = env.integer("EMAIL_PORT", default=587, minimum=1, maximum=65_535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", default="Fortune <fortune@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
