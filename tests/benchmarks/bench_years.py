"""`changes` over ten million facts, against SQL and one hand-written query that do the same.

Run it by hand: ``python tests/benchmarks/bench_years.py [agencies] [years]`` (10,000 and 10 make
ten million facts). Facts of 100 lines a year come with second witnesses, codes that are merged on
the way, new and ended lines. All three write the same columns to Parquet; the figures printed are
seconds, processor seconds and the peak of memory of the process, each in a process of its own, and
whether the sums agree. Nothing here passes or fails.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import polars as pl

AT_ONCE = 80
"""Agencies in one part: whole agencies are compared in memory, a part at a time."""


def lines() -> pl.DataFrame:
    """A hundred lines: a total, 4 classes, 15 subclasses, 80 items; their weight and parent."""
    classes = ["201", "204", "208", "221"]
    subclasses = [f"{c}{n:02}" for n, c in enumerate(classes * 4, 1)][:15]
    items = [f"{s}{n:02}" for s in subclasses for n in (1, 2, 3, 4, 5, 99)][:80]
    code = ["total", *classes, *subclasses, *items]
    parent = [None, *["total"] * 4, *(s[:3] for s in subclasses), *(i[:5] for i in items)]
    return pl.DataFrame({"code": code, "parent_code": parent}).with_row_index("row", 1)


def links(years: range) -> pl.DataFrame:
    """Each year some items are merged into their neighbours, for good."""
    items = lines().filter(pl.col("code").str.len_chars() == 7)["code"]
    rows = [
        {
            "classification": "function",
            "link_year": year,
            "link_kind": "merged",
            "old_code": items[6 * n],
            "new_code": items[6 * n + 1],
            "link_basis": "inferred",
            "link_confidence": "medium",
        }
        for n, year in enumerate(list(years)[1:12], 1)
    ]
    from analytics.schema.links import CodeLinks
    from analytics.schema.tables import column_types

    return pl.DataFrame(rows, schema=column_types(CodeLinks))


def facts(agencies: range, years: range) -> pl.DataFrame:
    """The facts of some agencies, with merged codes gone from their year on."""
    from analytics.schema.tables import Facts, column_types

    base = (
        pl.DataFrame({"owner": agencies})
        .join(pl.DataFrame({"fiscal_year": years}, schema={"fiscal_year": pl.Int16}), how="cross")
        .join(lines(), how="cross")
    )
    gone = links(years).select(code="old_code", last="link_year")
    amount = (
        pl.col("owner") % 97 * 13 + pl.col("row").cast(pl.Int64) * 7 + pl.col("fiscal_year") % 5 * 3
    )
    yuan = (amount * 10_000).cast(pl.Decimal(18, 2))
    kept = base.join(gone, on="code", how="left").filter(
        pl.col("last").is_null() | (pl.col("fiscal_year") < pl.col("last")),
        (pl.col("code") == "total")
        | ((pl.col("owner") + pl.col("row") * 3 + pl.col("fiscal_year")) % 11 != 0),
    )
    text = {
        "stage": "budget",
        "scope": "unit",
        "statement": "expenditure_summary",
        "flow": "expenditure",
        "classification": "function",
        "fund": "all",
        "component": "total",
        "carryover_basis": "included",
        "row_kind": "item",
        "amount_text": "1.00",
        "unit_text": "万元",
        "value_kind": "printed",
    }
    printed = kept.with_columns(
        agency_id=pl.format("某省某市第{}局", "owner"),
        document_id=pl.format("d{}-{}", "owner", "fiscal_year"),
        name=pl.format("科目{}", "code"),
        amount_yuan=yuan,
        step_yuan=pl.lit(100),
        low_yuan=yuan.cast(pl.Decimal(20, 4)) - 50,
        high_yuan=yuan.cast(pl.Decimal(20, 4)) + 50,
        block=pl.lit(3),
        column=pl.lit(3),
        **{name: pl.lit(value) for name, value in text.items()},
    )
    # Every fifth line is also implied by the narrative of the year after.
    again = printed.filter(pl.col("row") % 5 == 0, pl.col("fiscal_year") < max(years)).with_columns(
        document_id=pl.format("d{}-{}", "owner", pl.col("fiscal_year") + 1),
        block=pl.lit(40),
        value_kind=pl.lit("implied"),
    )
    rows = pl.concat([printed, again])
    types = column_types(Facts)
    blank = {name: pl.lit(None) for name in types if name not in rows.columns}
    return rows.with_columns(**blank).select(pl.col(n).cast(t) for n, t in types.items())


def write_parts(folder: Path, agencies: int, years: range) -> int:
    """Facts in files of whole agencies; how many there are."""
    count = 0
    for start in range(0, agencies, AT_ONCE):
        part = facts(range(start, min(agencies, start + AT_ONCE)), years)
        part.write_parquet(folder / f"part-{start:07}.parquet", row_group_size=200_000)
        count += part.height
    return count


def by_kernel(folder: Path, target: Path, years: range) -> None:
    """`changes`, part by part."""
    from functools import partial

    from analytics.analysis import changes, map_agencies

    map_agencies(sorted(folder.glob("*.parquet")), partial(changes, links=links(years)), target)


_LINE = (
    "agency_id, stage, scope, statement, flow, classification, counterpart_code, fund, component"
)

SQL = f"""
COPY (
WITH witness AS (
  SELECT *, max(fiscal_year) OVER (PARTITION BY document_id) > fiscal_year AS is_restated
  FROM read_parquet('{{facts}}')
),
chosen AS (
  SELECT *,
    concat(statement, ' block ', block, ' row ', row, ' column ', "column",
           coalesce(' (page ' || page || ')', ''), coalesce(' (line ' || line || ')', ''),
           coalesce(' (cell ' || cell || ')', ''), ', document ', document_id) AS source,
    max(low_yuan) OVER same > min(high_yuan) OVER same AS is_disputed
  FROM witness
  WINDOW same AS (PARTITION BY {_LINE}, code, fiscal_year)
  QUALIFY row_number() OVER (
    PARTITION BY {_LINE}, code, fiscal_year
    ORDER BY CASE value_kind WHEN 'corrected' THEN 0 WHEN 'printed' THEN 1 ELSE 2 END,
             is_restated, step_yuan, document_id, block, row, "column") = 1
),
listed AS (
  SELECT DISTINCT agency_id, stage, scope, statement, fiscal_year FROM chosen
  WHERE value_kind <> 'implied' AND NOT is_restated
),
prior AS (
  SELECT {_LINE}, fiscal_year + 1 AS fiscal_year, coalesce(new_code, code) AS code,
    string_agg(code, '+' ORDER BY code) AS code_prior, min(name) AS name_prior,
    any_value(parent_code) AS parent_code, any_value(carryover_basis) AS basis_prior,
    sum(amount_yuan) AS was, sum(low_yuan) AS was_low, sum(high_yuan) AS was_high,
    string_agg(source, '; ') AS source_prior, bool_or(is_merged) AS is_linked,
    any_value(value_kind) AS value_kind_prior, bool_or(is_disputed) AS is_disputed_prior
  FROM (
    SELECT c.*, coalesce(l.new_code, m.new_code) AS new_code,
      l.new_code IS NOT NULL AS is_merged FROM chosen c
    LEFT JOIN links l ON c.code = l.old_code AND c.fiscal_year + 1 = l.link_year
      AND EXISTS (FROM chosen n WHERE n.agency_id = c.agency_id AND n.code = l.new_code
                  AND n.fiscal_year = l.link_year AND n.statement = c.statement)
    LEFT JOIN (SELECT DISTINCT new_code, link_year FROM links) m
      ON c.code = m.new_code AND c.fiscal_year + 1 = m.link_year
  )
  GROUP BY ALL
),
both_years AS (
  SELECT coalesce(n.agency_id, p.agency_id) AS agency_id,
    coalesce(n.fiscal_year, p.fiscal_year) AS fiscal_year,
    coalesce(n.stage, p.stage) AS stage, coalesce(n.scope, p.scope) AS scope,
    coalesce(n.statement, p.statement) AS statement, coalesce(n.flow, p.flow) AS flow,
    coalesce(n.classification, p.classification) AS classification,
    coalesce(n.code, p.code) AS code, p.code_prior,
    coalesce(n.counterpart_code, p.counterpart_code) AS counterpart_code,
    coalesce(n.fund, p.fund) AS fund, coalesce(n.component, p.component) AS component,
    coalesce(n.carryover_basis, p.basis_prior) AS carryover_basis,
    coalesce(n.name, p.name_prior) AS name, p.name_prior,
    coalesce(n.parent_code, p.parent_code) AS parent_code,
    n.amount_yuan, p.was AS amount_prior_yuan, n.value_kind, p.value_kind_prior,
    n.source, p.source_prior, p.is_linked,
    n.is_disputed OR p.is_disputed_prior AS is_disputed,
    coalesce(n.amount_yuan, 0) AS now_yuan, coalesce(p.was, 0) AS was_yuan,
    coalesce(n.low_yuan, 0) AS now_low, coalesce(n.high_yuan, 0) AS now_high,
    coalesce(p.was_low, 0) AS was_low, coalesce(p.was_high, 0) AS was_high
  FROM chosen n FULL JOIN prior p
    ON n.agency_id = p.agency_id AND n.fiscal_year = p.fiscal_year AND n.code = p.code
    AND n.stage = p.stage AND n.scope = p.scope AND n.statement = p.statement
    AND n.flow = p.flow AND n.classification = p.classification AND n.fund = p.fund
    AND n.component = p.component
    AND n.counterpart_code IS NOT DISTINCT FROM p.counterpart_code
),
measured AS (
  SELECT b.*, s.agency_id IS NOT NULL AS is_listed, t.agency_id IS NOT NULL AS is_listed_prior,
    (amount_yuan IS NOT NULL OR s.agency_id IS NOT NULL)
      AND (amount_prior_yuan IS NOT NULL OR t.agency_id IS NOT NULL) AS is_known,
    now_yuan - was_yuan AS change_yuan
  FROM both_years b
  LEFT JOIN listed s USING (agency_id, stage, scope, statement, fiscal_year)
  LEFT JOIN listed t ON b.agency_id = t.agency_id AND b.stage = t.stage AND b.scope = t.scope
    AND b.statement = t.statement AND b.fiscal_year = t.fiscal_year + 1
  WHERE EXISTS (FROM listed y WHERE y.agency_id = b.agency_id AND y.stage = b.stage
                AND y.scope = b.scope AND y.fiscal_year = b.fiscal_year)
)
SELECT m.agency_id, m.fiscal_year, m.fiscal_year - 1 AS prior_year, m.stage, m.scope, m.statement,
  m.flow, m.classification, m.code, m.code_prior, m.counterpart_code, m.fund, m.component,
  m.carryover_basis, m.name, m.name_prior, m.parent_code, m.amount_prior_yuan, m.amount_yuan,
  CASE WHEN m.is_known THEN m.change_yuan END AS change_yuan,
  CASE WHEN m.is_known THEN m.now_low - m.was_high END AS change_low_yuan,
  CASE WHEN m.is_known THEN m.now_high - m.was_low END AS change_high_yuan,
  CASE WHEN m.is_known AND m.was_yuan > 0 THEN m.change_yuan::DOUBLE / m.was_yuan::DOUBLE END
    AS growth_share,
  CASE WHEN m.is_known AND m.was_high > 0 THEN m.now_low::DOUBLE / m.was_high::DOUBLE - 1 END
    AS growth_low_share,
  CASE WHEN m.is_known AND m.was_low > 0 THEN m.now_high::DOUBLE / m.was_low::DOUBLE - 1 END
    AS growth_high_share,
  CASE WHEN m.is_known AND coalesce(u.was_yuan, m.was_yuan) > 0
    THEN m.change_yuan::DOUBLE / coalesce(u.was_yuan, m.was_yuan)::DOUBLE END AS contribution_share,
  CASE WHEN m.is_known AND m.parent_code IS NOT NULL THEN rank() OVER (
    PARTITION BY m.agency_id, m.stage, m.scope, m.statement, m.flow, m.fund, m.component,
                 m.fiscal_year, m.parent_code ORDER BY abs(m.change_yuan) DESC) END AS change_rank,
  CASE WHEN NOT m.is_known THEN 'unknown' WHEN m.was_yuan = 0 AND m.now_yuan <> 0 THEN 'new'
    WHEN m.was_yuan <> 0 AND m.now_yuan = 0 THEN 'ended' ELSE 'continued' END AS status,
  CASE WHEN m.amount_prior_yuan IS NULL AND NOT m.is_listed_prior THEN 'no_prior'
    WHEN m.amount_yuan IS NULL AND NOT m.is_listed THEN 'no_current'
    WHEN m.is_disputed THEN 'sources_differ' WHEN m.is_linked THEN 'codes_linked'
    WHEN m.value_kind_prior = 'implied' THEN 'prior_implied' ELSE 'comparable' END
    AS comparability,
  m.value_kind, m.value_kind_prior, m.source, m.source_prior
FROM measured m
LEFT JOIN measured u ON m.agency_id = u.agency_id AND m.fiscal_year = u.fiscal_year
  AND m.stage = u.stage AND m.scope = u.scope AND m.statement = u.statement AND m.flow = u.flow
  AND m.fund = u.fund AND m.component = u.component AND m.parent_code = u.code
ORDER BY m.agency_id, m.fiscal_year, m.stage, m.scope, m.statement, m.flow, m.classification,
  m.code
) TO '{{target}}' (FORMAT parquet)
"""


def by_sql(folder: Path, target: Path, years: range) -> None:
    """The same in one statement of DuckDB, with as much memory as it likes."""
    import duckdb

    target.mkdir()
    connection = duckdb.connect()
    connection.execute(f"SET temp_directory = '{target.parent / 'spill'}'")
    connection.register("links", links(years).to_arrow())
    connection.execute(SQL.format(facts=folder / "*.parquet", target=target / "all.parquet"))


def by_query(folder: Path, target: Path, years: range) -> None:
    """The same in one query of polars on the streaming engine."""
    target.mkdir()
    line = _LINE.split(", ")
    code_line, owner = [*line, "code"], ["agency_id", "stage", "scope"]
    statement_year = [*owner, "statement", "fiscal_year"]
    place = pl.format(
        "{} block {} row {} column {}, document {}",
        "statement",
        "block",
        "row",
        "column",
        "document_id",
    )
    rank = pl.col("value_kind").replace_strict(
        {"corrected": 0, "printed": 1, "implied": 2}, return_dtype=pl.Int8
    )
    facts = pl.scan_parquet(folder / "*.parquet")
    latest = facts.group_by("document_id").agg(_latest=pl.col("fiscal_year").max())
    chosen = (
        facts.join(latest, on="document_id")
        .with_columns(
            _rank=rank, is_restated=pl.col("fiscal_year") < pl.col("_latest"), source=place
        )
        .sort("_rank", "is_restated", "step_yuan", "document_id", "block", "row", "column")
        .group_by(*code_line, "fiscal_year", maintain_order=True)
        .agg(
            pl.col(
                "name",
                "parent_code",
                "carryover_basis",
                "amount_yuan",
                "value_kind",
                "is_restated",
                "source",
            ).first(),
            low=pl.col("low_yuan").first(),
            high=pl.col("high_yuan").first(),
            is_disputed=pl.col("low_yuan").max() > pl.col("high_yuan").min(),
        )
    )
    own = (pl.col("value_kind") != "implied") & ~pl.col("is_restated")
    listed = chosen.filter(own).select(statement_year).unique()
    a_year_on = (pl.col("fiscal_year") + 1).cast(pl.Int16)
    merged = (
        links(years)
        .lazy()
        .select("new_code", code="old_code", fiscal_year=pl.col("link_year").cast(pl.Int16))
    )
    was = chosen.with_columns(fiscal_year=a_year_on)
    into = merged.select("fiscal_year", code="new_code", _into="new_code").unique()
    begun = chosen.select(*statement_year, new_code="code", _begun=pl.lit(True))
    prior = (
        was.join(merged, on=["code", "fiscal_year"], how="left")
        .join(begun, on=[*statement_year, "new_code"], how="left")
        .join(into, on=["code", "fiscal_year"], how="left")
        .with_columns(new_code=pl.when("_begun").then("new_code"), old_code="code")
        .with_columns(code=pl.coalesce("new_code", "_into", "code"))
        .group_by(*code_line, "fiscal_year")
        .agg(
            pl.col("carryover_basis", "parent_code", "value_kind").first(),
            pl.col("name").min(),
            pl.col("amount_yuan", "low", "high").sum(),
            pl.col("source").str.join("; "),
            pl.col("is_disputed").any(),
            code_prior=pl.col("old_code").sort().str.join("+"),
            is_linked=pl.col("new_code").is_not_null().any(),
        )
    )
    now, before = pl.col("amount_yuan").fill_null(0), pl.col("amount_yuan_prior").fill_null(0)
    lists, listed_prior = pl.col("_l").is_not_null(), pl.col("_p").is_not_null()
    has, had = pl.col("amount_yuan").is_not_null(), pl.col("amount_yuan_prior").is_not_null()
    both = (
        chosen.join(
            prior,
            on=[*code_line, "fiscal_year"],
            how="full",
            coalesce=True,
            suffix="_prior",
            nulls_equal=True,
        )
        .with_columns(
            pl.coalesce(name, f"{name}_prior")
            for name in ("name", "parent_code", "carryover_basis")
        )
        .join(listed.select(*owner, "fiscal_year").unique(), on=[*owner, "fiscal_year"], how="semi")
        .join(listed.with_columns(_l=pl.lit(True)), on=statement_year, how="left")
        .join(
            listed.with_columns(fiscal_year=a_year_on, _p=pl.lit(True)),
            on=statement_year,
            how="left",
        )
        .with_columns(_now=now, _was=before, _known=(has | lists) & (had | listed_prior))
    )
    part = [*owner, "statement", "flow", "fund", "component", "fiscal_year"]
    parents = both.select(*part, parent_code="code", _base="_was")
    known, d = pl.col("_known"), pl.col("_now") - pl.col("_was")

    def share(top: pl.Expr, base: pl.Expr) -> pl.Expr:
        base = base.cast(pl.Float64)
        return pl.when(known & (base > 0)).then(top.cast(pl.Float64) / base)

    base = pl.coalesce("_base", "_was")
    low, high = pl.col("low").fill_null(0), pl.col("high").fill_null(0)
    was_low, was_high = pl.col("low_prior").fill_null(0), pl.col("high_prior").fill_null(0)
    (
        both.join(parents, on=[*part, "parent_code"], how="left")
        .with_columns(
            prior_year=pl.col("fiscal_year") - 1,
            change_yuan=pl.when(known).then(d),
            change_low_yuan=pl.when(known).then(low - was_high),
            change_high_yuan=pl.when(known).then(high - was_low),
            growth_share=share(d, pl.col("_was")),
            growth_low_share=share(low, was_high) - 1,
            growth_high_share=share(high, was_low) - 1,
            contribution_share=share(d, base),
            status=pl.when(~known)
            .then(pl.lit("unknown"))
            .when((pl.col("_was") == 0) & (pl.col("_now") != 0))
            .then(pl.lit("new"))
            .when((pl.col("_was") != 0) & (pl.col("_now") == 0))
            .then(pl.lit("ended"))
            .otherwise(pl.lit("continued")),
            comparability=pl.when(~had & ~listed_prior)
            .then(pl.lit("no_prior"))
            .when(~has & ~lists)
            .then(pl.lit("no_current"))
            .when(pl.any_horizontal("is_disputed", "is_disputed_prior"))
            .then(pl.lit("sources_differ"))
            .when("is_linked")
            .then(pl.lit("codes_linked"))
            .when(pl.col("value_kind_prior") == "implied")
            .then(pl.lit("prior_implied"))
            .otherwise(pl.lit("comparable")),
        )
        .with_columns(
            change_rank=pl.when(pl.col("parent_code").is_not_null()).then(
                pl.col("change_yuan").abs().rank("min", descending=True).over(*part, "parent_code")
            )
        )
        .drop(
            "_now", "_was", "_known", "_l", "_p", "_base", "low", "high", "low_prior", "high_prior"
        )
        .rename({"amount_yuan_prior": "amount_prior_yuan"})
        .sort(
            "agency_id",
            "fiscal_year",
            "stage",
            "scope",
            "statement",
            "flow",
            "classification",
            "code",
        )
        .sink_parquet(target / "all.parquet")
    )


WAYS = {"kernel": by_kernel, "sql": by_sql, "query": by_query}
SUMS = ("amount_yuan", "amount_prior_yuan", "change_yuan", "contribution_share", "change_rank")


def timed(way: str, folder: str, target: str, first: str, count: str) -> None:
    """One way, in this process: its figures on one line."""
    years = range(int(first), int(first) + int(count))
    start = perf_counter()
    WAYS[way](Path(folder), Path(target), years)
    seconds = perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    processor, peak = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    rows = pl.scan_parquet(Path(target) / "*.parquet")
    sums = rows.select(pl.len(), *(pl.col(n).cast(pl.Float64).sum() for n in SUMS)).collect().row(0)
    print(
        f"{way:8} {seconds:7.1f} s  {processor:7.1f} s of processors  {peak:7,.0f} MiB   "
        f"{sums[0]:,} rows, sums " + " ".join(f"{value:.6g}" for value in sums[1:])
    )


def main() -> None:
    """Make the facts, then each way in a process of its own, one after the other."""
    agencies = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    ways = sys.argv[3:] or list(WAYS)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "facts"
        folder.mkdir()
        years = range(2015, 2015 + count)
        print(
            f"{write_parts(folder, agencies, years):,} facts of {agencies:,} agencies", flush=True
        )
        for way in ways:
            target = str(Path(scratch) / way)
            subprocess.run(
                [sys.executable, __file__, "--way", way, str(folder), target, "2015", str(count)],
                check=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--way"]:
        timed(*sys.argv[2:])
    else:
        main()
