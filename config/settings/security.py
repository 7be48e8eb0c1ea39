"""Settings of what browsers are told and may do: cookies, sizes, cached pages, the content security policy."""

from __future__ import annotations

from config import env
from config.settings.accounts import (
    GOOGLE_CLIENT_ID,
    KAKAO_AUTH_URL,
    KAKAO_CLIENT_ID,
    KAKAO_JS_KEY,
    NAVER_CLIENT_ID,
)

CSRF_FAILURE_VIEW = "core.site.handlers.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
# Where to report a weakness (mailto: or https:), shown in /.well-known/security.txt.
SECURITY_CONTACT = env.text("SECURITY_CONTACT", default="")
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 31_536_000
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Names on the wire begin with `__Host-` (core/site/middleware/cookies.py); over plain HTTP browsers refuse such cookies.
HOST_COOKIES = False
# The cookies that are sent again under their new names, with the seconds for which a browser keeps each; and those of
# them that no script reads.
COOKIE_AGES = {
    "sessionid": 1_209_600,
    "guest": 1_209_600,
    "csrftoken": 31_449_600,
    "django_language": LANGUAGE_COOKIE_AGE,
    "view": 31_536_000,
}
HIDDEN_COOKIES = ("sessionid", "guest")
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
# Pages that are the same for everyone; all others are answered no-store and noindex.
PUBLIC_PATHS = (
    "/",
    "/fortune/",
    "/about/",
    "/accuracy/",
    "/fortune/glossary/",
    "/privacy/",
    "/offline/",
    "/sw.js",
    "/manifest.webmanifest",
    "/robots.txt",
    "/.well-known/security.txt",
    "/favicon.ico",
)

# Everything comes from this site. A sign-in leaves it by a form that is answered with a redirect, which
# Chromium holds against form-action at every hop: the providers' hosts are listed while they are configured.
_SIGN_IN_HOSTS = [
    *((KAKAO_AUTH_URL, "https://accounts.kakao.com", "https://logins.daum.net") if KAKAO_CLIENT_ID else ()),
    *(("https://nid.naver.com",) if NAVER_CLIENT_ID else ()),
    *(("https://accounts.google.com",) if GOOGLE_CLIENT_ID else ()),
]
# KakaoTalk's share script: one file, held by its hash in static/js/share.js, asked for on pressing its button.
_KAKAO_SHARE = ["https://t1.kakaocdn.net/kakao_js_sdk/2.7.4/kakao.min.js"] if KAKAO_JS_KEY else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'", *_KAKAO_SHARE],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": [
            "'self'",
            *_SIGN_IN_HOSTS,
            *(["https://sharer.kakao.com"] if KAKAO_JS_KEY else []),
        ],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "report-uri": ["/csp-report"],
    }
}
