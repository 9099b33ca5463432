"""Places that are remembered: the nearest one is found, and there are never more than agreed."""

from search.opensearch.places import MOST_IN_LIST, MOST_LISTS, Place, Places


def test_the_nearest_place_before_a_hit_is_found() -> None:
    places = Places()
    for offset in (30, 10, 20, 20):
        places.remember("a", Place(offset, (float(offset), "x")))
    found = {offset: places.nearest("a", offset) for offset in (9, 10, 19, 20, 99)}
    offsets = {offset: None if place is None else place.offset for offset, place in found.items()}
    assert offsets == {9: None, 10: 10, 19: 10, 20: 20, 99: 30}
    assert found[20] == Place(20, (20.0, "x"))


def test_lists_do_not_know_of_one_another() -> None:
    places = Places()
    places.remember(("a", 1), Place(10))
    assert places.nearest(("a", 2), 10) is None


def test_of_too_many_places_the_first_ones_go() -> None:
    places = Places()
    for offset in range(MOST_IN_LIST + 1):
        places.remember("a", Place(offset))
    assert places.nearest("a", 0) is None
    assert places.nearest("a", 1) == Place(1)
    assert places.nearest("a", 10**9) == Place(MOST_IN_LIST)


def test_of_too_many_lists_the_one_goes_that_was_asked_for_longest_ago() -> None:
    places = Places()
    for name in range(MOST_LISTS):
        places.remember(name, Place(1))
    assert places.nearest(0, 1) == Place(1)
    places.remember("one more", Place(1))
    assert places.nearest(0, 1) == Place(1)
    assert places.nearest(1, 1) is None
