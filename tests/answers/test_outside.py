"""The names by which other programs know our records."""

from __future__ import annotations

import pytest

from aftercare.answers.outside import is_of_a_book, mark_of, record_of, uid_of
from aftercare.book.settings import Settings, settings_of


def _settings(text: str) -> Settings:
    return settings_of(text.encode()).settings


SHOP = _settings("shop: 阳光家电\ncountry: CN\n")


@pytest.mark.parametrize("record", ["CU26-0001", "SA26-0001/1/deliver", "CU25-0004/thanks.CU26-0029"])
def test_there_and_back(record: str) -> None:
    """A record is found by its name in its own book, and in no other."""
    uid = uid_of(record, mark_of(SHOP))
    assert record_of(uid, mark_of(SHOP)) == record
    assert record_of(uid, mark_of(_settings("shop: 月光家电\ncountry: CN\n"))) == ""
    assert is_of_a_book(uid, record[:2])
    assert "阳光" not in uid


def test_the_mark_is_of_the_shop_and_not_of_its_settings() -> None:
    """Hours, address, language and zone may change, and how the name is written down too."""
    more = _settings("shop: {name: 阳光家电, hours: 8-18}\ncountry: CN\nlanguage: en\ntime_zone: Asia/Shanghai\n")
    assert mark_of(more) == mark_of(SHOP)
    assert mark_of(_settings("")) == mark_of(_settings("language: zh\n"))


@pytest.mark.parametrize("uid", ["", "abc", "CU26-0001", "CU26-0001@elsewhere", "a b@0123456789abcdef.aftercare"])
def test_other_names(uid: str) -> None:
    """Another program's name is none of ours."""
    assert record_of(uid, mark_of(SHOP)) == ""
    assert not is_of_a_book(uid, "")
