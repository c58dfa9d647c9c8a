"""States stand in the order of the reader's language."""

from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.test import Client
from django.utils.translation import override

from reporting.forms.choices import by_name
from reporting.models import State, StateParty, Treaty
from reporting.models.order import FIELDS, alphabetical
from reporting.queries.compare import compared
from reporting.queries.dashboard import Filters, listing
from reporting.queries.tables import SubmissionOfReports
from tests.factories import TODAY, StateFactory

ORDERS = {
    "en": ["Algeria", "Ecuador", "Egypt", "Indonesia", "Peru", "Syrian Arab Republic"],
    "fr": ["Algérie", "Égypte", "Équateur", "Indonésie", "Pérou", "République arabe syrienne"],
    "es": ["Argelia", "Ecuador", "Egipto", "Indonesia", "Perú", "República Árabe Siria"],
    "ar": ["إكوادور", "إندونيسيا", "بيرو", "الجزائر", "الجمهورية العربية السورية", "مصر"],
    "ru": ["Алжир", "Египет", "Индонезия", "Перу", "Сирийская Арабская Республика", "Эквадор"],
    "zh-hans": ["阿尔及利亚", "阿拉伯叙利亚共和国", "埃及", "秘鲁", "厄瓜多尔", "印度尼西亚"],
    "id": ["Aljazair", "Ekuador", "Indonesia", "Mesir", "Peru", "Republik Arab Suriah"],
}
SIX = ("DZA", "ECU", "EGY", "IDN", "PER", "SYR")
each_language = pytest.mark.parametrize("language", ORDERS)
recorded = pytest.mark.usefixtures("recorded")


def names(codes: list[str], language: str) -> list[str]:
    """Return the names of the six among those, each once, in their order."""
    known = {state.iso3: state for state in State.objects.filter(iso3__in=SIX)}
    with override(language):
        return [known[code].local_name for code in dict.fromkeys(codes) if code in known]


@recorded
@each_language
@pytest.mark.django_db
def test_lists_pages_and_choices_are_in_order(language: str) -> None:
    treaty = Treaty.objects.get(code="CMW")
    with override(language):
        states = [state.iso3 for state in State.objects.all()]
        parties = [party.state.iso3 for party in StateParty.objects.select_related("state")]
        choices = [code for code, _name in by_name(State.objects.order_by("?"))]
        table = [line.iso3 for line in SubmissionOfReports(as_at=TODAY, treaty=treaty)]
        happened = compared(first=treaty.in_force_on, last=TODAY, treaty=treaty)
        counts = [each.iso3 for each in happened.by_state()]
        events = [each.iso3 for each in happened]
    for codes in (states, parties, choices, table, counts, events):
        assert names(codes, language) == ORDERS[language]


@recorded
@each_language
@pytest.mark.django_db
def test_the_list_of_the_dashboard_turns_with_the_language(language: str) -> None:
    treaty = Treaty.objects.get(code="CMW")

    def listed(sort: str) -> list[str]:
        found: list[str] = []
        for page in (1, 2, 3):
            rows = listing(as_at=TODAY, treaty=treaty, filters=Filters(), sort=sort, page=page).rows
            found += [row.state_party.state.iso3 for row in rows]
        return names(found, language)

    with override(language):
        assert listed("state") == [name for name in ORDERS[language] if name in listed("state")]
        assert len(listed("state")) > 3
        assert listed("-state") == listed("state")[::-1]


@recorded
@pytest.mark.django_db
def test_a_file_is_in_the_order_of_its_language(client: Client) -> None:
    for language in ("ar", "fr", "zh-hans"):
        with override(language):
            answer = client.get(
                "/tables/submission-of-reports.csv", headers={"accept-language": language}
            )
            text = answer.getvalue().decode()
        places = [text.index(name) for name in ORDERS[language]]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", "Costa Rica|Côte d'Ivoire|Croatia|Türkiye|Turkmenistan"),
        ("fr", "Équateur|Érythrée|Espagne|Guinée|Îles Cook|Inde|Oman"),
        ("es", "canto|caña|caoba"),
        ("ru", "Италия|Йемен|Кабо-Верде"),  # noqa: RUF001 - Cyrillic letters are meant
        ("ar", "الاتحاد الروسي|إثيوبيا|الأرجنتين|إسبانيا|ألمانيا|بنما|الهند|اليابان"),
        ("zh-hans", "冰岛|波兰|玻利维亚|伯利兹|重庆|中国"),
    ],
)
def test_a_language_has_letters_of_its_own(language: str, ordered: str) -> None:
    keys = [alphabetical(name, language) for name in ordered.split("|")]
    assert all(one < other for one, other in pairwise(keys))


@pytest.mark.django_db
def test_a_state_that_is_called_otherwise_stands_by_that_name() -> None:
    StateFactory.create(iso3="SYR", name="Syrian Arab Republic")
    StateFactory.create(iso3="CHE", name="Switzerland")
    StateFactory.create(iso3="ESP", name="Spain")
    three = State.objects.filter(iso3__in=("SYR", "CHE", "ESP"))
    assert [state.iso3 for state in three.all()] == ["ESP", "CHE", "SYR"]
    syria = State.objects.get(iso3="SYR")
    syria.name = "Arab Syria"
    syria.save()
    assert [state.iso3 for state in three.all()] == ["SYR", "ESP", "CHE"]


@pytest.mark.django_db
def test_the_migration_puts_what_is_on_record_in_order() -> None:
    for iso3, name in (("EGY", "Egypt"), ("ZWE", "Zimbabwe"), ("ESP", "Spain")):
        StateFactory.create(iso3=iso3, name=name)
    State.objects.update(**dict.fromkeys(FIELDS.values(), 0))
    migration = import_module("reporting.migrations.0022_order_of_names")
    migration.write_places(apps, None)
    with override("fr"):
        three = State.objects.filter(iso3__in=("EGY", "ZWE", "ESP"))
        assert [state.local_name for state in three] == [
            "Égypte",
            "Espagne",
            "Zimbabwe",
        ]
