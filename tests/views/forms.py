"""What the forms of a page send."""

from django.test import Client

from tests.views.conftest import Page


def fields(client: Client, path: str) -> dict[str, str]:
    """Return the fields of the forms of a page that are sent, with what stands in them."""
    answer = client.get(path)
    if answer.streaming or not answer.get("Content-Type", "").startswith("text/html"):
        return {}
    page = Page(answer)
    inputs = [
        attrs for tag in ("input", "select", "textarea", "button") for attrs in page.having(tag)
    ]
    return {attrs["name"]: attrs.get("value", "") for attrs in inputs if attrs.get("name")}
