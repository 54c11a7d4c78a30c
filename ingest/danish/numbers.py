"""Danish numbers: full stop for thousands, comma for decimals. Source: CLDR da_DK, through Babel, strict."""

from decimal import Decimal

from babel.numbers import NumberFormatError, parse_decimal

from ingest.danish.vocabulary import Vocabulary


def read_number(text: str, vocabulary: Vocabulary) -> Decimal | None:
    """Read "1.732,5" or "tre"; None for anything else. "1.5" is refused, not read as 15."""
    word = vocabulary.number_words.get(text.casefold())
    if word is not None:
        return Decimal(word)
    try:
        return Decimal(parse_decimal(text, locale="da_DK", strict=True))
    except NumberFormatError:
        return None
