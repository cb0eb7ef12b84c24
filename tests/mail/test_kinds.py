"""The table of kinds: what the hub asks for is in it, with the parameters that its words need."""

import ast
from itertools import chain

import pytest

from hub.mail.kinds import KINDS
from tests.architecture.sources import ROOT, files, relative, tree

RECEIVING = {"member_id", "address", "language"}


def calls():
    """Yield every call of `queue_mail` in the hub that names its kind, with where it stands."""
    for path in files("hub", ".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "queue_mail":
                yield f"{relative(path)}:{node.lineno}", node


def test_every_mail_that_is_asked_for_has_its_kind_and_parameters():
    wrong = []
    for place, call in calls():
        given = {each.arg for each in call.keywords}
        kinds = [each.value for each in ast.walk(call.args[0]) if isinstance(each, ast.Constant)]
        for kind in [each for each in kinds if each in KINDS] or kinds:
            known = KINDS.get(kind)
            if known is None:
                wrong.append(f"{place}: no kind {kind}")
            elif None not in given and not known.needs <= given - RECEIVING <= known.needs | known.takes:
                wrong.append(f"{place}: {kind} with {sorted(given - RECEIVING)}")
    assert not wrong


def test_every_kind_has_its_template_and_every_template_its_kind():
    templates = {path.stem for path in (ROOT / "hub" / "templates" / "mail").glob("*.html")}
    assert templates - {"letter", "page"} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_with_a_token_names_its_page(kind):
    known = KINDS[kind]
    assert (known.purpose is not None) == ("token" in known.needs)
    assert known.path or known.purpose is None
    assert not known.needs & known.takes


def test_no_name_is_used_for_what_queueing_itself_takes():
    named = set(chain.from_iterable(known.needs | known.takes for known in KINDS.values()))
    assert not named & (RECEIVING | {"kind"})


def test_who_reads_the_mail_box_does_not_learn_why_a_removal_of_factors_was_declined():
    known = KINDS["factor_reset_declined"]
    assert not known.needs | known.takes
    assert "words" in KINDS["role_ended"].takes
