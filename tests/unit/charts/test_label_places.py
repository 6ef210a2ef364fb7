from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.charts.placing import spread


def test_labels_that_do_not_touch_stay() -> None:
    assert spread([90.0, 10.0, 50.0], [10, 10, 10], 100) == [90.0, 10.0, 50.0]


def test_labels_of_one_place_stand_around_it_in_their_order() -> None:
    assert spread([50.0, 50.0, 50.0], [10, 10, 10], 100) == [40.0, 50.0, 60.0]


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=14),
    st.integers(0, 400),
)
def test_none_covers_another_and_all_stay_in_a_room_that_is_wide_enough(
    labels: list[tuple[float, float]], more: int
) -> None:
    wanted, heights = [place for place, _ in labels], [height for _, height in labels]
    room = sum(heights) + more

    places = spread(wanted, heights, room)

    spans = sorted((p - h / 2, p + h / 2) for p, h in zip(places, heights, strict=True))
    assert spans[0][0] >= -1e-6
    assert spans[-1][1] <= room + 1e-6
    for (_, end), (start, _) in itertools.pairwise(spans):
        assert start >= end - 1e-6


def test_the_order_of_the_places_is_kept() -> None:
    places = spread([30.0, 10.0, 31.0], [20, 20, 20], 200)

    assert places[1] < places[0] < places[2]
    assert places[0] - places[1] == pytest.approx(20)
