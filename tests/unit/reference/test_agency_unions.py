"""Which agencies of two years are taken together."""

from __future__ import annotations

import polars as pl
import pytest
from test_agency_registry import links

from analytics.errors import InputError
from analytics.reference.agency_unions import agency_unions, linked_agencies


def sides(frame: pl.DataFrame) -> dict[str, tuple[str, str]]:
    """The prior and current agencies of each union."""
    return {
        union: tuple(
            "+".join(frame.filter(union_id=union, union_role=role)["agency_id"])
            for role in ("prior", "current")
        )
        for union in frame["union_id"].unique().to_list()
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(2019, "renamed", "甲", "乙")], {"乙": ("甲", "乙")}),
        ([(2019, "merged", "甲", "丙"), (2019, "merged", "乙", "丙")], {"丙": ("乙+甲", "丙")}),
        ([(2019, "merged", "甲", "乙")], {"乙+甲": ("乙+甲", "乙")}),
        ([(2019, "split", "甲", "甲"), (2019, "split", "甲", "乙")], {"乙+甲": ("甲", "乙+甲")}),
        ([(2019, "moved", "甲", "乙")], {"乙+甲": ("乙+甲", "乙+甲")}),
        ([(2019, "founded", None, "甲")], {"甲": ("", "甲")}),
        ([(2019, "ended", "甲", None)], {"甲": ("甲", "")}),
        ([(2019, "renamed", "甲", "乙"), (2021, "renamed", "乙", "丙")], {"丙": ("甲", "丙")}),
        ([(2019, "renamed", "甲", "乙"), (2021, "renamed", "乙", "甲")], {"甲": ("甲", "甲")}),
        # Another agency takes the name that is free again: the two are not one.
        (
            [(2019, "renamed", "甲", "乙"), (2020, "founded", None, "甲")],
            {"甲→乙": ("甲", "乙"), "→甲": ("", "甲")},
        ),
        # An agency ends, and later another one gets its name.
        (
            [(2019, "ended", "甲", None), (2021, "renamed", "乙", "甲")],
            {"甲→": ("甲", ""), "乙→甲": ("乙", "甲")},
        ),
        # One becomes two, of which one takes in the other again: nothing was lost.
        (
            [
                (2019, "split", "甲", "乙"),
                (2019, "split", "甲", "丙"),
                (2020, "merged", "乙", "丙"),
            ],
            {"丙+甲": ("甲", "丙")},
        ),
    ],
)
def test_unions(rows: list[tuple[int, str, str | None, str | None]], expected: object) -> None:
    assert sides(agency_unions(links(*rows), 2018, 2021)) == expected


def test_only_links_after_the_prior_year_and_up_to_the_year_count() -> None:
    rows = links((2018, "renamed", "甲", "乙"), (2022, "renamed", "丙", "丁"))
    assert agency_unions(rows, 2018, 2021).is_empty()
    assert set(agency_unions(rows, 2017, 2022)["union_id"]) == {"乙", "丁"}


def test_a_union_is_as_sure_as_its_least_sure_link() -> None:
    rows = links((2019, "renamed", "甲", "乙"), (2020, "renamed", "乙", "丙")).with_columns(
        link_confidence=pl.Series(["low", "high"]), link_basis=pl.Series(["official", "assumed"])
    )
    (union,) = linked_agencies(rows, 2018, 2021)
    assert (union.link_confidence, union.link_basis) == ("low", "assumed")
    assert union.union_name == "甲 → 丙"


def test_an_agency_with_figures_from_before_a_merger_went_on() -> None:
    rows = links((2019, "merged", "甲", "丙"), (2019, "merged", "乙", "丙"))
    (new,) = linked_agencies(rows, 2018, 2019)
    (old,) = linked_agencies(rows, 2018, 2019, seen=[("丙", 2018)])
    assert (new.prior, old.prior) == (("乙", "甲"), ("丙", "乙", "甲"))


def test_years_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(InputError, match="prior_year 2020 with year 2019"):
        agency_unions(links(), 2020, 2019)
