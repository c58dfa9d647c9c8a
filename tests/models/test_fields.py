"""The field for dates of any precision."""

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory

from reporting.models import Review, StateParty
from reporting.rules.partial_date import PartialDate
from tests.factories import ReviewFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["2015", "2015-04", "2015-04-30"])
def test_a_date_comes_back_with_the_precision_that_it_was_given(text: str) -> None:
    review = ReviewFactory.create(
        adopted_on=PartialDate.parse(text), dialogue_from=None, dialogue_to=None
    )
    assert Review.objects.get(pk=review.pk).adopted_on == PartialDate.parse(text)


def test_a_date_that_is_not_on_record_is_none_and_can_be_asked_for() -> None:
    ReviewFactory.create(adopted_on=None)
    assert Review.objects.get(adopted_on__isnull=True).adopted_on is None


@pytest.mark.parametrize(
    "text",
    ["30 April", "2015-02-30", "15", "2015-4", "2015-04-30T00:00", "\uff12\uff10\uff11\uff15"],
)
def test_a_form_refuses_what_is_no_date_with_a_sentence(text: str) -> None:
    form = modelform_factory(Review, fields=["adopted_on"])({"adopted_on": text})
    assert form.errors["adopted_on"] == [
        f"“{text}” is not a date: write YYYY-MM-DD, YYYY-MM or YYYY."
    ]


def test_a_form_shows_the_iso_form_of_a_date() -> None:
    form = modelform_factory(StateParty, fields=["deposited_on"])(
        initial={"deposited_on": PartialDate(2024, 11)}
    )
    assert 'value="2024-11"' in str(form["deposited_on"])


def test_the_field_cleans_text_and_refuses_nonsense() -> None:
    field = Review._meta.get_field("adopted_on")
    assert field.to_python("2011") == PartialDate(2011)
    with pytest.raises(ValidationError):
        field.to_python("soon")
