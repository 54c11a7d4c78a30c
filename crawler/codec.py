"""Records to JSON and TOML and back, in one place; an unknown key is an error that names its place.

Numbers are JSON numbers: a Decimal without a fraction becomes an int, any other a float. Boxes become lists.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal, TypeVar, get_args, get_origin

from cattrs import ClassValidationError, Converter, transform_error
from cattrs.v import format_exception

T = TypeVar("T")


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _decimal(value: object, _: type) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(f"expected a number, not {value!r}")
    return Decimal(str(value))


def _date(value: object, _: type) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str):
        return date.fromisoformat(value)
    raise TypeError(f"expected a date such as 2019-12-31, not {value!r}")


def _moment(value: object, _: type) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise TypeError(f"expected a time with its zone, not {value!r}")
    return moment.astimezone(UTC)


def _text(value: object, _: type) -> str:
    if not isinstance(value, str):
        raise TypeError(f"expected text, not {value!r}")
    return value


def _whole(value: object, _: type) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"expected a whole number, not {value!r}")
    return value


def _name(value: object, _: type) -> str | int:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError(f"expected text or a whole number, not {value!r}")
    return value


def _truth(value: object, _: type) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"expected true or false, not {value!r}")
    return value


def _is_choice(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _choice(value: object, kind: Any) -> Any:
    allowed = get_args(kind)
    if value not in allowed:
        raise TypeError(f"expected one of {', '.join(map(str, allowed))}, not {value!r}")
    return value


def make_converter() -> Converter:
    """A converter for every record of the project: strict about keys and types."""
    converter = Converter(forbid_extra_keys=True, unstruct_collection_overrides={tuple: list})
    converter.register_unstructure_hook(Decimal, _number)
    converter.register_structure_hook(Decimal, _decimal)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, _date)
    converter.register_unstructure_hook(datetime, lambda moment: moment.isoformat().replace("+00:00", "Z"))
    converter.register_structure_hook(datetime, _moment)
    converter.register_structure_hook(str, _text)
    converter.register_structure_hook(int, _whole)
    converter.register_structure_hook(str | int, _name)
    converter.register_structure_hook(bool, _truth)
    converter.register_structure_hook_func(_is_choice, _choice)
    return converter


def spreadsheet_safe(text: str) -> str:
    """A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection)."""
    return "'" + text if text.startswith(("=", "+", "@", "-", "\t")) else text


def _described(error: BaseException, kind: Any) -> str:
    """What is wrong, in our own words where a hook above said them: "expected …, not …"."""
    said = str(error)
    return said if said.startswith("expected ") else format_exception(error, kind)


class Codec:
    """Plain data and JSON for records; holds one converter, so make one and hand it down."""

    def __init__(self) -> None:
        self._converter = make_converter()

    def plain(self, record: object) -> Any:
        """Dicts, lists, strings, numbers: ready for json.dumps, keys in the record's own order."""
        return self._converter.unstructure(record)

    def dumps(self, record: object) -> str:
        """One line of JSON, Danish letters as themselves."""
        return json.dumps(self.plain(record), ensure_ascii=False, separators=(",", ":"))

    def build(self, data: Mapping[str, Any], record: type[T]) -> T:
        """The record that the data describe. Raises ValueError naming each wrong place (`$.names[0]`)."""
        try:
            return self._converter.structure(data, record)
        except ClassValidationError as error:
            raise ValueError("; ".join(transform_error(error, format_exception=_described))) from error

    def loads(self, text: str, record: type[T]) -> T:
        """The record that a line of JSON describes. Raises ValueError."""
        return self.build(json.loads(text), record)
