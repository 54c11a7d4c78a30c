"""How names are compared, whatever their case, their spelling of Danish letters and their genitive s."""

import re
import unicodedata
from urllib.parse import unquote


def folded(text: str) -> str:
    """Letters and digits only, lower case, Danish letters as digraphs: Ålborg and Aalborg are alike."""
    text = unicodedata.normalize("NFC", unquote(text)).casefold()
    text = text.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


def forms(name: str) -> set[str]:
    """A name folded, with and without a genitive s; a name of four letters or fewer keeps its own s."""
    form = folded(name)
    return {form, form.removesuffix("s")} if len(form) > 4 else {form}
