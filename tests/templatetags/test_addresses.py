"""E-mail addresses on a narrow screen."""

from reporting.templatetags.addresses import breakable


def test_an_address_breaks_before_its_sign_and_then_before_its_dots() -> None:
    assert breakable("noor.ali@labour.example.org") == (
        '<span translate="no">noor.ali<wbr>'
        '<span class="domain">@labour<wbr>.example<wbr>.org</span></span>'
    )


def test_what_somebody_typed_stays_text() -> None:
    assert breakable('"<b>"@example.org').startswith(
        '<span translate="no">&quot;&lt;b&gt;&quot;<wbr>'
    )
