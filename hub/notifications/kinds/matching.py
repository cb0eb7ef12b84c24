"""Kinds of notifications about suggestions, invitations to requests, and introductions."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.core.i18n import N_
from hub.notifications.kinds.kind import Kind
from hub.notifications.models import Topic

MATCHING: Mapping[str, Kind] = MappingProxyType(
    {
        # what the week brought, to who chose it: the thing is what is suggested; what fits best says why, in true words
        "innovation_suggested": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be something for you: it has words in common with your profile or work"),
            N_("An innovation may be something for you"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "innovation_suggested_by_need": Kind(
            Topic.MATCHES,
            N_("%(thing)s may fit what you look for"),
            N_("An innovation may be something for you"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "innovation_suggested_by_topic": Kind(
            Topic.MATCHES,
            N_(
                "%(thing)s may be something for you: it names a function, offence, sector or standard that you name"
            ),
            N_("An innovation may be something for you"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "request_suggested": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be something for you: it has words in common with your profile or work"),
            N_("A request may be something for you"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "request_suggested_by_need": Kind(
            Topic.MATCHES,
            N_("%(thing)s looks for what you offer"),
            N_("A request may be something for you"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "request_suggested_by_skills": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be something for you: it names skills that you name"),
            N_("A request may be something for you"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "request_suggested_by_topic": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be something for you: it names a function, offence or sector that you name"),
            N_("A request may be something for you"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "member_suggested": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be somebody to work with: you have words in common"),
            N_("A member may be somebody to work with"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "member_suggested_by_need": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be somebody to work with: one of you looks for what the other offers"),
            N_("A member may be somebody to work with"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "member_suggested_by_skills": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be somebody to work with: you name the same skills"),
            N_("A member may be somebody to work with"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        "member_suggested_by_topic": Kind(
            Topic.MATCHES,
            N_("%(thing)s may be somebody to work with: you name the same function, offence or sector"),
            N_("A member may be somebody to work with"),
            next_step=N_("Your suggestions say why, and what does not fit."),
        ),
        # who is invited to respond: the thing is the request
        "request_invited": Kind(
            Topic.COLLABORATION,
            N_("You are invited to respond: %(thing)s"),
            N_("You are invited to respond to a request"),
            next_step=N_("Read the request and respond until its due date, or leave it."),
        ),
        # introductions: the thing is the introduction, called after the other member
        "introduction_asked": Kind(
            Topic.MESSAGES,
            N_("%(thing)s would like to be introduced to you"),
            N_("A member would like to be introduced to you"),
            next_step=N_("Accept, or leave it: nobody is told that you declined."),
        ),
        "introduction_accepted": Kind(
            Topic.MESSAGES,
            N_("%(thing)s accepted: you can reach each other now"),
            N_("A member accepted your introduction: you can reach each other now"),
        ),
    }
)
"""Every kind about suggestions and introductions, by its name."""
