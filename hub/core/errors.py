"""The ways in which a request can fail, each with its HTTP status; delivery turns them into words."""

from collections.abc import Mapping
from http import HTTPStatus

from hub.core.i18n import N_


class HubError(Exception):
    """A failure that a person can understand.

    Args:
        message: message id for gettext, in en_GB.
        parameters: what the message names, for `%(name)s` in it.
    """

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    default = N_("Something went wrong on our side.")

    def __init__(self, message: str = "", **parameters: object) -> None:
        self.message = message or self.default
        self.parameters: Mapping[str, object] = parameters
        super().__init__(self.message % parameters if parameters else self.message)


class NotFoundError(HubError):
    """The thing does not exist, or not for this person: both answer alike."""

    status = HTTPStatus.NOT_FOUND
    default = N_("There is nothing here.")


class ForbiddenError(HubError):
    """This person may see that the thing exists, but not do this."""

    status = HTTPStatus.FORBIDDEN
    default = N_("You may not do this.")


class ConflictError(HubError):
    """The thing is no longer in the state that the request assumed."""

    status = HTTPStatus.CONFLICT
    default = N_("Somebody else was faster. Look at the present state and decide again.")


class StaleVersionError(ConflictError):
    """Somebody saved the thing after this person opened it."""

    default = N_("Somebody else saved this after you opened it.")


class InvalidError(HubError):
    """The words or values cannot be accepted.

    Args:
        message: message id.
        field: name of the field at fault, where there is one.
    """

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    default = N_("Something you entered cannot be accepted.")

    def __init__(self, message: str = "", field: str = "", **parameters: object) -> None:
        super().__init__(message, **parameters)
        self.field = field


class TooManyError(HubError):
    """Too many tries in too short a time.

    Args:
        message: message id.
        retry_after: seconds to wait.
    """

    status = HTTPStatus.TOO_MANY_REQUESTS
    default = N_("Too many tries. Wait a little, then try again.")

    def __init__(self, message: str = "", retry_after: int = 60, **parameters: object) -> None:
        super().__init__(message, **parameters)
        self.retry_after = retry_after


class UnavailableError(HubError):
    """The hub cannot do this at the moment, but will again."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    default = N_("The hub cannot do this at the moment. Nothing you saved is lost.")
