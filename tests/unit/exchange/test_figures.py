"""The figures of a panel as plain files, without the wording of the documents."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics.errors import InputError, SchemaError
from analytics.exchange import export_panel, load_package
from analytics.store import Panel

WORDING = {
    "documents": {"notes"},
    "claims": {"sentence", "reason"},
    "projects": {
        *("arrears_text", "overview", "legal_basis", "necessity", "measures", "plan"),
        *("term_goal", "annual_goal", "filled_text"),
    },
}


@pytest.fixture(scope="module")
def figures(example_panel: Panel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("figures")
    export_panel(example_panel, folder)
    return folder


def test_every_figure_comes_back_and_only_the_wording_is_gone(
    figures: Path, example_panel: Panel, tmp_path: Path
) -> None:
    copy = Panel.open(tmp_path / "copy", create=True)
    copy.commit(load_package(figures))
    causes = copy.claims["reason"], example_panel.claims["reason"]
    assert causes[0].is_null().equals(causes[1].is_null())
    assert set(causes[0].drop_nulls()) == {"…"}
    for name in ("statements", "facts", "claims", "projects", "indicators"):
        kept = [c for c in example_panel.table(name).columns if c not in WORDING.get(name, ())]
        assert not example_panel.table(name).is_empty()
        assert copy.table(name).select(kept).equals(example_panel.table(name).select(kept)), name
    aside = ["document_id", "block", "row", "column", "cell_text"]
    assert copy.set_aside.select(aside).equals(example_panel.set_aside.select(aside))


def test_no_sentence_of_the_document_is_in_the_files(figures: Path, example_panel: Panel) -> None:
    written = "".join(path.read_text(encoding="utf-8") for path in figures.iterdir())
    sentences = example_panel.claims["sentence"].to_list()
    texts = [
        text
        for column in ("overview", "legal_basis", "measures", "annual_goal")
        for text in example_panel.projects[column].drop_nulls()
    ]
    assert len(sentences) > 20
    assert texts
    assert [text for text in [*sentences, *texts] if text in written] == []


def test_the_files_are_the_same_each_time(
    figures: Path, example_panel: Panel, tmp_path: Path
) -> None:
    for path in export_panel(example_panel, tmp_path):
        assert path.read_bytes() == (figures / path.name).read_bytes()


def _changed(figures: Path, folder: Path, name: str, rows: pl.DataFrame) -> Path:
    for path in figures.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    rows.write_csv(folder / f"{name}.csv")
    return folder


def test_a_column_that_is_not_printed_yet_is_null(figures: Path, tmp_path: Path) -> None:
    rows = pl.read_csv(figures / "facts.csv", infer_schema=False).drop("line")
    readings = load_package(_changed(figures, tmp_path, "facts", rows))
    assert readings[0].tables["facts"]["line"].null_count() == rows.height


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop("code"), "lacks the columns code"),
        (lambda rows: rows.rename({"line": "verse"}), "unknown columns verse"),
        (
            lambda rows: rows.with_columns(amount_yuan=pl.lit("many")),
            "does not fit the table 'facts'",
        ),
    ],
)
def test_files_that_do_not_fit_say_why(change, message: str, figures: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    rows = change(pl.read_csv(figures / "facts.csv", infer_schema=False))
    with pytest.raises(SchemaError, match=message):
        load_package(_changed(figures, tmp_path, "facts", rows))


def test_a_folder_without_figures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"has no documents\.csv"):
        load_package(tmp_path)
