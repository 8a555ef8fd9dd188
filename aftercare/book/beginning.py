"""A new book: its folder, its settings, its first commit."""

from __future__ import annotations

from pathlib import Path

from aftercare.book import history, writing
from aftercare.book.locking import OWN, held
from aftercare.book.settings import FILE, settings_of
from aftercare.errors import BookExists, CannotWrite, InvalidInput
from aftercare.plain.tree import Tree
from aftercare.plain.writing import write

CURRENCIES = {
    "CN": "CNY",
    "TW": "TWD",
    "HK": "HKD",
    "JP": "JPY",
    "US": "USD",
    "GB": "GBP",
    "CA": "CAD",
    "AU": "AUD",
    "SG": "SGD",
    "DE": "EUR",
    "FR": "EUR",
    "IT": "EUR",
    "ES": "EUR",
    "NL": "EUR",
    "AT": "EUR",
}
"""The currency of a country, where it is plain from the country alone; elsewhere the settings say it."""
ZONES = {
    "CN": "Asia/Shanghai",
    "TW": "Asia/Taipei",
    "HK": "Asia/Hong_Kong",
    "JP": "Asia/Tokyo",
    "SG": "Asia/Singapore",
    "GB": "Europe/London",
    "DE": "Europe/Berlin",
    "FR": "Europe/Paris",
    "IT": "Europe/Rome",
    "ES": "Europe/Madrid",
    "NL": "Europe/Amsterdam",
    "AT": "Europe/Vienna",
}
"""The time zone of a country that has one."""


def begin(folder: Path, facts: dict[str, Tree]) -> None:
    """Start a book in *folder*, which is new or empty; its currency and time zone follow from its country.

    BookExists where there is anything else; NotCommitted where all is written but git has no commit of it.
    """
    country = str(facts.get("country") or "")
    whole = dict(facts)
    git = whole.pop("git", None)
    for name, table in (("currency", CURRENCIES), ("time_zone", ZONES)):
        if country in table:
            whole[name] = table[country]
    if git is not None:
        whole["git"] = git
    data = write(whole).encode()
    read = settings_of(data)
    if read.faults:
        raise InvalidInput(read.faults)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        taken = [entry.name for entry in folder.iterdir() if entry.name not in {".git", OWN}]
        taken = [name for name in taken if not writing.is_leftover(name)]  # of an init that was killed
    except OSError as error:
        raise CannotWrite(str(folder), str(error.strerror)) from error
    if taken:
        raise BookExists(str(folder))
    with held(folder, "init"):
        writing.create(folder, FILE, data)
        if read.settings.git:
            history.init(folder)
            history.commit(folder, [FILE], "init")
