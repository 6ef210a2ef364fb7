"""The search for garbage in cycles is put off for a while, and never for good."""

import gc

import pytest

from analytics.pipeline.collecting import collecting_seldom


def test_what_was_set_comes_back_even_after_an_error() -> None:
    @collecting_seldom()
    def fail() -> None:
        raise RuntimeError(gc.get_threshold()[0])

    before = gc.get_threshold()
    with pytest.raises(RuntimeError, match="100000"):
        fail()
    assert gc.get_threshold() == before


def test_whoever_wants_it_still_more_seldom_gets_that() -> None:
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, 20, 30)
    try:
        with collecting_seldom():
            assert gc.get_threshold() == (1_000_000, 20, 30)
    finally:
        gc.set_threshold(*before)
