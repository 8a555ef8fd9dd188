"""How one value of a record is read and written, in the terms of pydantic's core; :mod:`aftercare.records.fields` names
the types that this makes.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import ValidationInfo
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from aftercare.plain import moments, money, text

# The records of a book tell of the same days and the same prices over and over.
_moment_of = lru_cache(maxsize=4096)(moments.parse)
_amount_of = lru_cache(maxsize=4096)(money.parse)
_TOO_MUCH = Decimal(10) ** 12


def _moment(value: Any, info: ValidationInfo) -> moments.Moment:
    zone = info.context.get("zone", "") if info.context else ""
    try:
        return _moment_of(str(value), zone)
    except (ValueError, LookupError):
        raise PydanticCustomError("moment", "not a date") from None


def _filled(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("missing", "empty")
    return value


_SAID = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False, "on": True, "off": False}


def _yes_no(value: Any) -> bool:
    said = _SAID.get(str(value).strip().lower())
    if said is None:
        raise PydanticCustomError("yes_no", "neither yes nor no")
    return said


def _amount(value: Any, info: ValidationInfo) -> money.Amount:
    currency = info.context.get("currency", "") if info.context else ""
    try:
        return _amount_of(str(value), currency)
    except ValueError:
        raise PydanticCustomError("amount", "not an amount") from None


def _number(value: Any) -> Decimal:
    try:
        number = text.figure(str(value))
    except ValueError:
        raise PydanticCustomError("number", "not a number") from None
    if not 0 <= number < _TOO_MUCH:
        raise PydanticCustomError("number", "out of range")
    return number


def _figure(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _count(value: Any) -> int:
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 7 and int(text) > 0):
        raise PydanticCustomError("count", "not a count")
    return int(text)


def _grade(value: Any) -> int:
    if str(value) not in {"1", "2", "3", "4", "5"}:
        raise PydanticCustomError("grade", "not 1 to 5")
    return int(value)


_LENGTH = re.compile(r"(\d{1,4})([hdwmy])", re.ASCII)


def _length(value: str) -> str:
    if not _LENGTH.fullmatch(value):
        raise PydanticCustomError("length", "not a length of time")
    return value


class _Typed:
    """Marks how a value is read and written, in the terms of pydantic's core.

    Of validators pydantic would learn how each is called from its signature, anew for every field that has it; that
    would take as long as all the rest of building a model.
    """

    def __init__(self, schema: Callable[[], CoreSchema]) -> None:
        self._schema = schema

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> CoreSchema:
        """What pydantic asks for once, for each field that is marked so."""
        return self._schema()


def _written(by: Callable[[Any], Any]) -> core_schema.PlainSerializerFunctionSerSchema:
    return core_schema.plain_serializer_function_ser_schema(by, return_schema=core_schema.any_schema())


def _plain(reading: Callable[[Any], Any]) -> _Typed:
    return _Typed(lambda: core_schema.no_info_plain_validator_function(reading))


def _text_that(fits: Callable[[str], str]) -> _Typed:
    return _Typed(lambda: core_schema.no_info_after_validator_function(fits, core_schema.str_schema(strict=True)))


TEXT = _Typed(lambda: core_schema.str_schema(strict=True))
FILLED = _text_that(_filled)
MOMENT = _Typed(lambda: core_schema.with_info_plain_validator_function(_moment, serialization=_written(moments.iso)))
YES_NO = _plain(_yes_no)
AMOUNT = _Typed(lambda: core_schema.with_info_plain_validator_function(_amount, serialization=_written(money.plain)))
NUMBER = _Typed(lambda: core_schema.no_info_plain_validator_function(_number, serialization=_written(_figure)))
COUNT = _plain(_count)
GRADE = _plain(_grade)
LENGTH = _text_that(_length)
