"""Only the worker sends: no request, rule or command can reach for a mail server."""

import ast

from tests.architecture.sources import files, relative, tree

OPENS_CONNECTIONS = {"smtplib", "aiosmtpd"}


def imports(path):
    """Return the names of the modules that a file imports."""
    found = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def importers_of(*modules):
    """Return the files of the hub that import one of these."""
    return {relative(path) for path in files("hub", ".py") if imports(path) & set(modules)}


def test_one_file_speaks_to_mail_servers():
    assert importers_of(*OPENS_CONNECTIONS) == {"hub/mail/transport.py"}


def test_only_the_worker_has_mails_sent():
    assert importers_of("hub.mail.sending") == {"hub/jobs/mailing.py"}
