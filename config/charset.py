"""In which charset a request may be written: in UTF-8, as everything here is."""

import codecs

from django.utils.http import parse_header_parameters

# Of no charset: config.middleware refuses it with a sentence.
UNREADABLE = "application/octet-stream; charset=unreadable"
# By the names that codecs give them; of US-ASCII every sign is the same in UTF-8.
_TAKEN = {"utf-8", "ascii"}


def is_taken(charset: str) -> bool:
    """Return whether a request may name that charset."""
    try:
        return codecs.lookup(charset.strip("' ")).name in _TAKEN
    except (LookupError, ValueError):
        return False


def readable(content_type: str) -> str:
    """Return the type of a request as Django can take it; of another charset, one that is refused.

    Django reads the query by the charset while it makes the request, outside of all middleware:
    what it cannot read (``hex`` is no charset of texts) would be raised to the server, which
    answers with an empty page and writes the address to its log.
    """
    try:
        charset = parse_header_parameters(content_type)[1].get("charset")
    except ValueError:
        return UNREADABLE
    return content_type if charset is None or is_taken(charset) else UNREADABLE
