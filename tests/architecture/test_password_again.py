"""Which acts ask for the password again after ten minutes, written by hand and compared with every route."""

from hub.web.access import entry_of

ASKS = {
    "/account/email",
    "/account/password",
    "/account/privacy/erase",
    "/account/privacy/export",
    "/account/privacy/exports/<public_id>/download",
    "/account/roles/<public_id>/hand-over",
    "/account/roles/<public_id>/resign",
    "/account/roles/offers/<public_id>/accept",
    "/account/security/passkeys/<public_id>/remove",
    "/account/security/passkeys/challenge",
    "/account/security/passkeys/new",
    "/account/security/recovery-codes",
    "/account/security/totp",
    "/account/security/totp/remove",
    "/collaboration/<public_id>/responses/export",
    "/coordinate/<kind>/<public_id>/<action>",
    "/coordinate/abuse/<public_id>/<action>",
    "/coordinate/batches/<public_id>/publish",
    "/coordinate/calls/<public_id>/answer",
    "/coordinate/evidence/<public_id>/reopen",
    "/coordinate/factor-resets/<public_id>/<action>",
    "/coordinate/law-enforcement/<public_id>/<action>",
    "/coordinate/members/<public_id>/<action>",
    "/coordinate/merges/<public_id>/<action>",
    "/coordinate/organisations/<public_id>/<action>",
    "/coordinate/requests/<public_id>/decline",
    "/coordinate/requests/<public_id>/publish",
    "/coordinate/requests/<public_id>/request-changes",
    "/coordinate/requirements/<public_id>/approve",
    "/coordinate/requirements/<public_id>/decline",
    "/coordinate/terms/<public_id>/<action>",
    "/innovations/<slug>/decline",
    "/innovations/<slug>/end-feature",
    "/innovations/<slug>/propose/<action>",
    "/innovations/<slug>/publish",
    "/innovations/<slug>/request-changes",
    "/innovations/<slug>/widen",
    "/integrity/erasures/<public_id>/approve",
    "/integrity/erasures/<public_id>/decline",
    "/integrity/erasures/new",
    "/integrity/interests/<public_id>/strike",
    "/organisations/<slug>/end-verification",
    "/organisations/<slug>/merge",
    "/roles/grants/<public_id>/end",
    "/roles/proposals/<public_id>/approve",
    "/roles/proposals/<public_id>/decline",
    "/roles/proposals/new",
    "/shortlists/<public_id>/export",
}

DECIDES_NOTHING = {
    "/coordinate/<kind>/<public_id>/recuse",
    "/coordinate/<kind>/<public_id>/release",
    "/coordinate/<kind>/<public_id>/take",
    "/coordinate/batches/<public_id>/release",
    "/coordinate/batches/<public_id>/take",
    "/coordinate/calls/<public_id>/recuse",
    "/coordinate/calls/<public_id>/release",
    "/coordinate/calls/<public_id>/take",
    "/coordinate/members/<public_id>/recuse",
    "/coordinate/requests/<public_id>/recuse",
    "/coordinate/requests/<public_id>/release",
    "/coordinate/requests/<public_id>/take",
    "/coordinate/requirements/<public_id>/recuse",
    "/coordinate/requirements/<public_id>/release",
    "/coordinate/requirements/<public_id>/take",
    "/countries/<code>/edit",
    "/innovations/<slug>/recuse",
    "/innovations/<slug>/release",
    "/innovations/<slug>/take",
    "/innovations/proposals/<public_id>/withdraw",
    "/integrity/erasures/<public_id>/withdraw",
    "/organisations/<slug>/recuse",
    "/roles/proposals/<public_id>/withdraw",
}
"""Posts of people with roles that only take, give back or take back, or state a fact of one's own country."""


def test_decisions_grants_and_changes_of_credentials_ask_for_the_password(app):
    entries = {
        rule.rule: entry_of(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.endpoint.startswith("trial.")
    }
    asking = {rule for rule, entry in entries.items() if entry and entry.confirmed}
    of_roles = {rule for rule, entry in entries.items() if entry and entry.roles}
    assert asking == ASKS
    assert of_roles - asking == DECIDES_NOTHING
