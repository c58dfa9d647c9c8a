"""Whatever an e-mail address looks like, and wherever it stands, the log has none of it."""

import re
import time
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from config.logs import without_secrets

# Words that are told apart from everything around them.
WORDS = st.sampled_from(
    [
        "siti",
        "Ana77",
        "jos\u00e9",
        "\u0441\u0438\u0442\u0438",
        "\u5f20\u4f1f",
        "\u0633\u062a\u0649",
        "\u0939\u093f\u0928\u094d\u0926\u0940",
        "x_y9",
    ]
)
SIGNS = st.sampled_from(list(".!#$%&'*+/=?^_`{|}~-"))
PLAIN = st.builds(
    lambda first, rest: first + "".join(sign + word for sign, word in rest),
    WORDS,
    st.lists(st.tuples(SIGNS, WORDS), max_size=3),
)
QUOTED = st.builds(
    lambda words, sign: '"' + sign.join(words) + '"',
    st.lists(WORDS, min_size=1, max_size=3),
    st.sampled_from([" ", "@", ",", "/", "=", '\\"', "..", "(", ">"]),
)
DOMAINS = st.sampled_from(
    [
        *(
            "example.org",
            "localhost",
            "xn--exmple-cua.org",
            "ex\u00e4mple.org",
            "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
            "\u4f8b\u3048.jp",
        ),
        *(
            "\u0909\u0926\u093e\u0939\u0930\u0923.\u092d\u093e\u0930\u0924",
            "[192.0.2.1]",
            "[IPv6:2001:db8::1]",
            "a-b.kem.example.go.id",
            "example\u3002org",
        ),
    ]
)
AT = st.sampled_from(["@", "\uff20"])
PLACES = [
    lambda address: f"refused: {address}",
    lambda address: f"to <{address}>, and on",
    lambda address: f"('{address}', 550)",
    lambda address: f"/people/{quote(address, safe='')}/",
    lambda address: f"/people/{quote(quote(address, safe=''), safe='')}/",
    lambda address: f"GET /search/?q={quote(address)}&page=2 HTTP/1.1",
    lambda address: f"GET /search/?page=2&q={quote_plus(address)}",
    lambda address: f"/search/?next={quote('/search/?q=' + quote(address))}",
    lambda address: f"https://host/x?q={quote(address, safe='@')}#top",
]


@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=40, deadline=None)
@given(PLAIN | QUOTED, AT, DOMAINS)
@example("o'neill", "@", "example.org")
@example("a/b=c?d", "@", "example.org")
@example('"a/b=c"', "@", "example.org")
@example('"siti@siti"', "@", "example.org")
def test_no_word_of_an_address_is_left(place: object, local: str, at: str, domain: str) -> None:
    assert callable(place)
    left = without_secrets(place(f"{local}{at}{domain}"))
    assert "***@***" in left
    names = [*re.findall(r"[^\W_]{2,}", local), *re.findall(r"[^\W_]{4,}", domain)]
    for name in names:
        if name.isascii() or name.isalpha():
            assert name not in left.replace("https://host", ""), left
            assert quote(name) not in left, left


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (
            "GET /states/IDN/?as_at=2026-11-25&q=a@b.org HTTP",
            "GET /states/IDN/?as_at=2026-11-25&q=***@*** HTTP",
        ),
        ("Due: 5 @ 10, a/b = c?", "Due: 5 @ 10, a/b = c?"),
        ("/static/page.css?v=1", "/static/page.css?v=1"),
        ("celery@web1 ready.", "***@*** ready."),
        ("50% of 200", "50% of 200"),
    ],
)
def test_what_stands_around_an_address_is_left(said: str, left: str) -> None:
    assert without_secrets(said) == left


@pytest.mark.parametrize("start", ["", "GET /?q=", "a", "q="])
@pytest.mark.parametrize(
    "junk", ["a", "%41", "a=", "/a?b=", '"', '"a', "a@", "=a/", "\u0441", "CMW/C/", "a/", "?", "\\"]
)
def test_a_long_line_is_masked_in_good_time(start: str, junk: str) -> None:
    begun = time.process_time()
    without_secrets(start + junk * (10_000 // len(junk)) + " a@b")
    assert time.process_time() - begun < 2
