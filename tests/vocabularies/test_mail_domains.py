"""Domains where anybody can have a mailbox."""

import pytest

from hub.vocabularies.mail_domains import free_mail_domains, is_free_mail


@pytest.mark.parametrize(
    "domain", ["gmail.com", "GMX.de", "mail.ru", "163.com", "tuta.com", "eu.yahoo.com", " orange.fr "]
)
def test_providers_for_everybody_are_known(domain):
    assert is_free_mail(domain)


@pytest.mark.parametrize("domain", ["", "com", "police.example", "notgmail.com", "gmail.com.example", "."])
def test_other_domains_are_not(domain):
    assert not is_free_mail(domain)


def test_the_list_is_clean():
    assert len(free_mail_domains()) >= 60
    assert all(domain == domain.strip().lower() and "." in domain for domain in free_mail_domains())
