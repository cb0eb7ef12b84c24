"""What a browser says of itself, in words that its owner understands."""

from ua_parser import parse

from hub.web.i18n import translate


def device_words(user_agent: str) -> str:
    """Return browser and system, such as "Firefox on Windows"; browsers may say what they like, so it is a hint."""
    found = parse(user_agent)
    browser = found.user_agent.family if found.user_agent else ""
    system = found.os.family if found.os else ""
    if browser and system:
        return translate("%(browser)s on %(system)s", browser=browser, system=system)
    return browser or system or translate("Unknown browser")
