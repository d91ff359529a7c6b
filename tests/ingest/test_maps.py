"""Maps: what is wrong in one is said with its place; those that come with the product are sound."""

import pytest

from graph_model.errors import MapError
from ingest.maps import load_map, map_names, parse_map
from tests.ingest.conftest import LISTS, REGISTER


@pytest.mark.parametrize("name", map_names())
def test_the_maps_of_the_product_load_and_say_what_they_are(name: str) -> None:
    found = load_map(name)
    assert found.name == name and found.title and found.description and found.source.name


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("label: Enterprise", "label: Firm", "label 'Firm' is no subject; known: Enterprise, Person, Authority"),
        ("capital: 资本?", "capitel: 资本?", "'capitel' is no property; known: name"),
        ("type: LEGAL_REPRESENTATIVE_OF", "type: BOSS_OF", "type 'BOSS_OF' is not in the model"),
        ("from: boss", "from: nobody", "from: no subject 'nobody'"),
        ("within: firm", "within: house", "within: no subject 'house'"),
        ("name: 法人?", "name: {column: 法人, lookup: bosses}", "no table 'bosses' under lookups"),
        ("name: 法人?", "name: {column: 法人, pattern: '(a)(b)'}", "it needs one group"),
        ("name: 法人?", "name: {column: 法人, pattern: '(a'}", "pattern:"),
        ("name: 法人?", "name: {column: 法人, clean: soap}", "clean: unknown 'soap'"),
        ("name: 法人?", "name: {column: 法人, constant: x}", "either column or constant"),
        ("subjects:", "subject:", "unknown key 'subject'"),
        ("source: {id: test-register, name: 测试登记, rank: 1}", "", "source is missing"),
        ("source: {id: test-register", "source: {id: ''", "id is missing"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(was: str, becomes: str, said: str) -> None:
    assert was in REGISTER
    with pytest.raises(MapError) as error:
        parse_map(REGISTER.replace(was, becomes), "mine.yml")
    assert said in str(error.value) and str(error.value).startswith("mine.yml")


def test_an_event_must_be_one_and_be_about_somebody() -> None:
    for was, becomes, said in (("label: Listing", "label: Record", "is no event"), ("of: firm", "of: house", "no subject 'house'")):
        with pytest.raises(MapError, match=said):
            parse_map(LISTS.replace(was, becomes), "mine.yml")


def test_text_that_is_no_yaml_and_a_name_nobody_knows() -> None:
    with pytest.raises(MapError, match="not valid YAML"):
        parse_map("a: [b", "mine.yml")
    with pytest.raises(MapError, match="no map is called 'nothing'; known: .*company-register"):
        load_map("nothing")
    with pytest.raises(MapError, match="no such map file"):
        load_map("nothing.yml")


def test_dates_in_a_map_stay_text() -> None:
    found = parse_map(LISTS.replace("edition: {complete: true}", "edition: {complete: true, as_of: 2017-06-30}"), "mine.yml")
    assert found.as_of == "2017-06-30"
