"""What the checks report of published disclosures, against the pictures of their pages.

``verified_failures.csv`` holds every failure that was reported when a person went through them page
by page with a calculator: what is printed, what it should be, and whose fault it is. ``agency``: the
document contradicts itself, or leaves out what it must say. ``trivial``: true, but only a last digit,
or an account of how the file was read. ``reading``: the page says something else. ``rule``: the rule
claimed what need not hold. The files themselves are not part of the project; where they are absent,
these tests skip.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from analytics import ingest
from analytics.checks import rules
from analytics.schema.vocabularies import Severity

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
SAMPLE = Path(__file__).parents[2] / "data" / "disclosures"
VERIFIED = pl.read_csv(Path(__file__).with_name("verified_failures.csv"), infer_schema=False)
ON_STATEMENTS = ("structure", "inside_statement", "between_statements", "narrative")
"""The families that speak of statements and of the sentences about them."""
_PLACE = r"(/\d+){3}$"
"""A sentence is told apart by its place, which is no part of what was verified."""

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"the published documents are not there: {CORPUS}"
)

_SHOWN = pl.col("document"), pl.col("rule"), pl.col("key"), pl.col("printed"), pl.col("computed")


@pytest.fixture(scope="module")
def failed(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """Failures that speak of statements and sentences: what, where and how much they weigh."""
    published = [path for path in sorted(CORPUS.glob("*/*.pdf")) if "template" not in path.name]
    sources = [*published, *SAMPLE.glob("*.txt")]
    result = ingest(sources, tmp_path_factory.mktemp("verified") / "panel")
    assert set(result.files["status"]) == {"added"}
    files = result.files.select(
        "document_id",
        document=pl.col("file").str.strip_prefix(f"{CORPUS}/").str.strip_prefix(f"{SAMPLE}/"),
    )
    findings = result.panel.table("findings", editions="all")
    prefix = pl.concat_str(["rule", pl.lit("/"), "document_id", pl.lit("/")])
    return (
        findings.filter(
            pl.col("outcome") == "fail",
            pl.col("family").is_in(ON_STATEMENTS),
            pl.col("statement").is_not_null(),
        )
        .join(files, on="document_id")
        .select(
            "document",
            "rule",
            "severity",
            key=pl.col("finding_id").str.strip_prefix(prefix).str.replace(_PLACE, ""),
            printed=pl.col("printed_text").fill_null(""),
            computed=pl.col("computed_text").fill_null(""),
            place=pl.coalesce("page", "line").cast(pl.String),
        )
    )


def verified(*verdicts: str) -> pl.DataFrame:
    """What a person found of the failures with these verdicts; blanks are empty texts."""
    place = pl.coalesce("page", "line").alias("place")
    rows = VERIFIED.filter(pl.col("verdict").is_in(verdicts)).with_columns(place)
    return rows.with_columns(pl.col("key", "printed", "computed").fill_null(""))


def test_what_weighs_is_what_a_person_confirmed(failed: pl.DataFrame) -> None:
    """No false failure, and none that was confirmed gets lost."""
    heavy = failed.filter(pl.col("severity") != "note").select(*_SHOWN, "place").rows()
    weighing = [
        code
        for code, rule in rules().items()
        if rule.severity != Severity.NOTE and rule.family.key in ON_STATEMENTS
    ]
    wanted = verified("agency").filter(pl.col("rule").is_in(weighing))
    assert sorted(heavy) == sorted(wanted.select(*_SHOWN, "place").rows())


def test_a_last_digit_is_a_note_where_a_person_saw_one(failed: pl.DataFrame) -> None:
    notes = failed.filter(rule="N-LAST-DIGIT")
    assert set(notes["severity"]) == {"note"}
    wanted = verified("trivial").filter(rule="N-LAST-DIGIT")
    assert sorted(notes.select(*_SHOWN, "place").rows()) == sorted(
        wanted.select(*_SHOWN, "place").rows()
    )


def test_what_a_rule_wrongly_claimed_is_claimed_no_more(failed: pl.DataFrame) -> None:
    wrong = verified("rule").select("document", "rule", "key")
    assert failed.join(wrong, on=["document", "rule", "key"], how="semi").rows() == []


def test_every_verdict_says_why() -> None:
    assert set(VERIFIED["verdict"]) == {"agency", "trivial", "reading", "rule"}
    assert VERIFIED.filter(pl.col("why").str.len_chars() < 10).rows() == []
    assert VERIFIED.filter(pl.col("page").is_null() == pl.col("line").is_null()).rows() == []
    assert (
        VERIFIED.filter(pl.struct("document", "page", "line", "rule", "key").is_duplicated()).rows()
        == []
    )
