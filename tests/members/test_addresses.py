"""Which e-mail addresses are taken, and which spellings are one."""

import pytest

from hub.core.errors import InvalidError
from hub.members.models import normal_email
from hub.members.service import require_address


@pytest.mark.parametrize(
    "typed",
    [
        "victim@gmail.com(1)",
        "evil.test,x@police.example",
        "victim@evil.test,x.police.example",
        "victim@evil.test/.police.example",
        "me@[1.2.3.4",
        "a:b@example.org",
        "a..b@example.org",
        ".a@example.org",
        "a b@example.org",
        "a@example",
        "a@-example.org",
        "nöel@example.org",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 64}.org",
        "@example.org",
        "a@",
        "a@b@c.org",
    ],
)
def test_what_no_mail_server_would_read_as_typed_is_refused(typed):
    with pytest.raises(InvalidError):
        require_address(normal_email(typed))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Nino@Example.ORG ", "nino@example.org"),
        ("nino@\u24d6mail.com", "nino@gmail.com"),
        ("nino@gmail\u3002com", "nino@gmail.com"),
        ("nino@bücher.example", "nino@xn--bcher-kva.example"),
        ("o'neill+hub@sub.example.org", "o'neill+hub@sub.example.org"),
    ],
)
def test_two_spellings_of_one_mailbox_are_one_address(typed, stored):
    assert normal_email(typed) == stored
    require_address(stored)
