"""What a mail shows to others than its reader."""

from reporting.templatetags.reminders import without_signed_links


def test_nobody_reads_the_signed_links_of_somebody_else() -> None:
    text = (
        "Stop these messages:\nhttps://a.example/alerts/2:iaE4_F-x/unsubscribe/\n"
        "<https://a.example/alerts/2:iaE4_F-x/unsubscribe/>\nhttps://a.example/states/IDN/"
    )
    assert without_signed_links(text) == (
        "Stop these messages:\nhttps://a.example/alerts/…/unsubscribe/\n"
        "<https://a.example/alerts/…/unsubscribe/>\nhttps://a.example/states/IDN/"
    )
