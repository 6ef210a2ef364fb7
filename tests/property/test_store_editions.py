"""What must hold for the editions of any disclosure, in whatever parts its files come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from analytics.store.editions import File, number_editions

STATEMENTS = ["budget_summary", "basic_expenditure", "performance_form", "revenue_summary"]
FILES = st.lists(st.frozensets(st.sampled_from(STATEMENTS)), max_size=8).map(
    lambda found: [File(f"file {n}", n, statements) for n, statements in enumerate(found)]
)


@given(FILES, st.randoms())
def test_order_of_listing_does_not_matter(files: list[File], chance) -> None:
    shuffled = chance.sample(files, len(files))
    assert number_editions(shuffled) == number_editions(files)


@given(FILES)
def test_current_files_state_nothing_twice(files: list[File]) -> None:
    editions = number_editions(files)
    current = [file for file in files if editions[file.document_id].is_current]
    stated = [statement for file in current for statement in file.statements]
    assert len(stated) == len(set(stated))
    assert sum(not file.statements for file in current) <= 1


@given(FILES)
def test_a_file_is_replaced_by_a_later_one_with_a_higher_number(files: list[File]) -> None:
    editions = number_editions(files)
    for file in files:
        later = [
            editions[other.document_id].number
            for other in files[file.arrival + 1 :]
            if file.statements & other.statements or file.statements == other.statements
        ]
        edition = editions[file.document_id]
        assert edition.is_current == (not later)
        assert all(number > edition.number for number in later)


@given(FILES)
def test_one_more_file_never_renumbers_the_earlier_ones(files: list[File]) -> None:
    numbers = {name: edition.number for name, edition in number_editions(files).items()}
    fewer = number_editions(files[:-1])
    assert all(edition.number == numbers[name] for name, edition in fewer.items())
