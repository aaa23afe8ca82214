"""Django's settings, made of the environment and of the workspace; the only place where either is read at import."""

from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from minori.web import env

HERE = Path(__file__).parent
WORKSPACE = env.workspace_folder()
SECRET_KEY = env.secret_key()
DEBUG = False
SECURE = not env.flag("MINORI_PLAIN_HTTP")  # plain HTTP is for one's own machine
ALLOWED_HOSTS = env.words("MINORI_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = env.words("MINORI_ORIGINS")
BASE_URL = env.text("MINORI_BASE_URL", "http://127.0.0.1:8000")  # what links in messages begin with

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "mozilla_django_oidc",
    "minori.web.apps.WebConfig",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "minori.web.language.LanguageMiddleware",
    "minori.web.rights.RightsMiddleware",
    "minori.web.errors.ErrorsMiddleware",
]
ROOT_URLCONF = "minori.web.urls"
WSGI_APPLICATION = "minori.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "templates", *sorted((HERE / "screens").glob("*/templates"))],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "minori.web.shell.shell",
            ],
            "builtins": ["minori.web.templatetags.said", "minori.web.templatetags.shown"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        env.text("MINORI_DATABASE_URL") or f"sqlite:///{WORKSPACE / 'app.db'}", conn_max_age=600
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "web.Person"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "minori.web.signing_in.oidc.CompanySignIn",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign-in"

OIDC_RP_CLIENT_ID = env.text("MINORI_OIDC_CLIENT_ID")
OIDC_RP_CLIENT_SECRET = env.text("MINORI_OIDC_CLIENT_SECRET")
OIDC_OP_AUTHORIZATION_ENDPOINT = env.text("MINORI_OIDC_AUTHORIZATION_URL")
OIDC_OP_TOKEN_ENDPOINT = env.text("MINORI_OIDC_TOKEN_URL")
OIDC_OP_USER_ENDPOINT = env.text("MINORI_OIDC_USER_URL")
OIDC_OP_JWKS_ENDPOINT = env.text("MINORI_OIDC_KEYS_URL")
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_USE_PKCE = True
LOGIN_REDIRECT_URL_FAILURE = "/sign-in/?company=refused"
OIDC_TRUST_EMAIL = env.flag(
    "MINORI_OIDC_TRUST_EMAIL"
)  # the provider never says whether an address is verified
OIDC_CREATE_USER = False  # an administrator invites; a company account alone opens nothing

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = SECURE and not env.flag("MINORI_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.flag("MINORI_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

USE_I18N = False  # words are our own Text, always in both languages
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATICFILES_DIRS = [HERE / "static", *sorted((HERE / "screens").glob("*/static"))]
WHITENOISE_USE_FINDERS = True
WHITENOISE_MANIFEST_STRICT = False

DAILY_HOUR = (
    int(env.text("MINORI_DAILY_HOUR") or 5) if env.text("MINORI_DAILY_HOUR", "5") != "never" else None
)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("MINORI_LOG_LEVEL", "WARNING")},
}
