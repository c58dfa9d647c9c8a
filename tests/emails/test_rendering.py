"""Rendering e-mails from their templates."""

from datetime import UTC, datetime

from reporting.emails import Rendered, render

LINK = "https://reports.example/invitation/abc/?a=1&b=2"


def invitation(language: str = "en", **given: str) -> Rendered:
    context = {
        "inviter": "Zoë & <b>Co</b>",
        "role": "Ministry of a State party",
        "states": ["Côte d'Ivoire", "Niger"],
        "link": LINK,
        "expires_at": datetime(2026, 11, 29, 12, tzinfo=UTC),
    }
    return render("invitation", context=context | given, language=language)


def test_the_plain_text_is_not_escaped_and_the_html_is() -> None:
    mail = invitation()
    assert "Zoë & <b>Co</b> invites you" in mail.text
    assert "(Côte d'Ivoire, Niger)" in mail.text
    assert LINK in mail.text
    assert "Zoë &amp; &lt;b&gt;Co&lt;/b&gt; invites you" in mail.html
    assert "<b>Co" not in mail.html


def test_the_plain_text_has_paragraphs_a_signature_and_the_reason() -> None:
    mail = invitation()
    assert "\n\n\n" not in mail.text
    assert mail.text.startswith("Zoë")
    assert "\n-- \nTreaty Reporting Timetable\nYou get this message because" in mail.text


def test_the_styles_stand_on_the_elements() -> None:
    mail = invitation()
    assert mail.html.count("<style") == 1
    assert mail.html.partition("<style>")[2].startswith("@media (prefers-color-scheme: dark)")
    assert 'class="button"' in mail.html
    assert "background: #0d5960" in mail.html


def test_a_subject_is_one_line() -> None:
    assert invitation().subject == "Invitation to the Treaty Reporting Timetable"


def test_the_html_names_its_language_and_direction() -> None:
    assert 'lang="ar"' in invitation("ar").html
    assert 'dir="rtl"' in invitation("ar").html
    assert 'dir="ltr"' in invitation("fr").html
