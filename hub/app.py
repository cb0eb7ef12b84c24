"""create_app(settings=None): the one place where everything is put together."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from hub.config import Settings
from hub.core.database import make_engine, session_scope
from hub.matching.index.index import make_match_index
from hub.search.engine import make_search_engine
from hub.web import (
    access,
    addresses,
    assets,
    compression,
    context,
    errors,
    i18n,
    limits,
    logs,
    security,
    zones,
)
from hub.web.account.blueprint import account
from hub.web.account.unsubscribing import unsubscribe
from hub.web.appointments.blueprint import appointments
from hub.web.calendars.blueprint import calendars
from hub.web.catalogue.blueprint import catalogue
from hub.web.collaboration.blueprint import collaboration
from hub.web.commitments.blueprint import commitment_files, commitments
from hub.web.comparing.views import comparing
from hub.web.coordinate.blueprint import coordinate
from hub.web.countries.views import countries
from hub.web.curating.blueprint import curating
from hub.web.decisions.blueprint import decisions
from hub.web.feeds.views import feeds
from hub.web.following.views import following
from hub.web.home.views import home
from hub.web.insights.blueprint import insights
from hub.web.integrity.blueprint import integrity
from hub.web.introductions.blueprint import introductions
from hub.web.joining.blueprint import joining
from hub.web.matches.blueprint import matches
from hub.web.members.blueprint import members
from hub.web.organisations.blueprint import organisations
from hub.web.runtime import Runtime
from hub.web.sessions import FormCookie, load_member
from hub.web.shortlists.blueprint import shortlists
from hub.web.showcases.blueprint import showcases
from hub.web.start.views import start
from hub.web.suggesting.views import suggesting
from hub.web.system.views import system

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BLUEPRINTS = (
    home,
    start,
    account,
    following,
    catalogue,
    collaboration,
    commitments,
    commitment_files,
    curating,
    showcases,
    calendars,
    comparing,
    shortlists,
    countries,
    decisions,
    members,
    matches,
    introductions,
    organisations,
    joining,
    coordinate,
    appointments,
    integrity,
    insights,
    feeds,
    suggesting,
    system,
)


def create_app(settings: Settings | None = None) -> Flask:
    """Return the hub as a WSGI application.

    Args:
        settings: in place of those from the environment.

    Raises:
        ValueError: the settings are unsafe together.
        OSError: the instance folder cannot be written.
    """
    settings = settings or Settings()
    app = Flask("hub", static_folder=None)
    runtime = Runtime(
        settings,
        make_engine(settings.database_address),
        make_search_engine(settings),
        make_match_index(settings),
    )
    app.extensions["hub"] = runtime
    app.config.update(
        SECRET_KEY=settings.secret_key(),
        SESSION_COOKIE_NAME="__Host-hub-form" if settings.is_secure else "hub-form",
        SESSION_COOKIE_SECURE=settings.is_secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        WTF_CSRF_TIME_LIMIT=None,  # a token lasts as long as its cookie: a long form is no mistake
        WTF_I18N_ENABLED=False,  # WTForms lacks our languages; each validator brings its own words
    )
    app.session_interface = FormCookie()
    _configure_templates(app)
    compression.configure(app)
    logs.configure(app)
    i18n.configure(app)
    security.configure(app)
    login = LoginManager()
    login.session_protection = None
    login.init_app(app)
    login.request_loader(load_member)
    app.before_request(access.check_entry)
    # a mail program that ends mails for its user knows the signed link and no form (RFC 8058)
    CSRFProtect(app).exempt(unsubscribe)
    limits.configure(app)
    context.configure(app)
    zones.configure(app)
    assets.configure(app)
    addresses.configure(app)
    errors.register_errors(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    served: WSGIApplication = security.Gate(_with_session(app.wsgi_app, runtime), settings)
    if settings.trusted_proxies and not settings.demo:
        served = ProxyFix(served, x_for=settings.trusted_proxies, x_proto=settings.trusted_proxies)
    app.wsgi_app = served  # type: ignore[assignment, method-assign]
    return app


def _configure_templates(app: Flask) -> None:
    """Find the hub's templates and those of govuk-frontend-jinja."""
    loaders = [
        FileSystemLoader(f"{app.root_path}/templates"),
        PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
    ]
    app.jinja_loader = ChoiceLoader(loaders)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def _with_session(application: "WSGIApplication", runtime: Runtime) -> "WSGIApplication":
    """Open a database session around each request; it connects only when something is read."""

    def serve(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with session_scope(runtime.bind):
            return application(environ, start_response)

    return serve
