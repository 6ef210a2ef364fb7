"""Equations of the text: with the statements, and with itself."""

from __future__ import annotations

from itertools import pairwise

from mutants.terms import WHOLE_FUNDS, Equation, Ref, Row, grouped, ref_of

__all__ = ["narrative"]


def narrative(facts: list[Row], claims: list[Row]) -> list[Equation]:
    """What the text says against the statements, and against itself."""
    found: list[Equation] = []
    key = ("statement", "flow", "code", "fund", "component")
    printed = grouped(facts, lambda f: tuple(f[k] for k in key))
    stated = grouped(
        (c for c in claims if c["value_yuan"] is not None),
        lambda c: (*(c[k] for k in key), c["name"] if c["statement"] == "performance" else None),
    )
    for subject, said in stated.items():
        for claim in said:
            for f in printed.get(subject[:5], [])[:1]:
                found.append(Equation("level", (ref_of(claim, "level"),), (ref_of(f),)))
        for left, right in pairwise(said):
            found.append(Equation("repeat", (ref_of(left, "level"),), (ref_of(right, "level"),)))
    for claim in claims:
        level = ref_of(claim, "level")
        if claim["value_yuan"] is None:
            level = next((ref_of(f) for f in printed.get(tuple(claim[k] for k in key), [])), level)
        if claim["change_share"] is not None:
            found.append(
                Equation("growth", (ref_of(claim, "growth"),), (ref_of(claim, "change"), level))
            )
        if claim["share"] is not None and claim["share_base_code"]:
            found += _shares(claim, level, claims, facts)
    for sentence in grouped(
        claims, lambda c: (c["block"], c["row"], c["share_base_code"])
    ).values():
        shares = tuple(ref_of(c, "share") for c in sentence if c["share"] is not None)
        if len(shares) > 1:
            found.append(Equation("shares", (), shares))
    return found + _kinds(claims)


def _shares(claim: Row, part: Ref, claims: list[Row], facts: list[Row]) -> list[Equation]:
    bases = [
        ref_of(c, "level")
        for c in claims
        if c["statement"] == claim["statement"]
        and c["value_yuan"] is not None
        and c["code"] == claim["share_base_code"]
        and c["component"] == "total"
        and c["fund"] in WHOLE_FUNDS
        and c is not claim
    ] or [
        ref_of(f)
        for f in facts
        if f["statement"] == claim["statement"]
        and f["code"] == claim["share_base_code"]
        and f["component"] == "total"
    ]
    return [Equation("share", (ref_of(claim, "share"),), (part, base)) for base in bases[:1]]


_KINDS = {
    "procurement": ("total", ("goods", "works", "services")),
    "performance": ("total", ("other_operating", "specific_target")),
    "staffing": ("staff_in_post", ("civil_servants", "workers")),
    "state_assets": ("vehicles", None),
}


def _kinds(claims: list[Row]) -> list[Equation]:
    """A whole and its kinds, in money and in number; changes of the three public expenses."""
    found: list[Equation] = []
    for topic, (whole_code, kinds) in _KINDS.items():
        about = [c for c in claims if c["statement"] == topic]
        bodies = {c["name"] if topic in ("performance", "staffing") else None for c in about}
        for body in sorted(bodies, key=str):
            said = [c for c in about if body in (None, c["name"])]
            found += _one_kind(said, whole_code, kinds)
    public = {
        c["code"]: c
        for c in reversed(claims)
        if c["statement"] == "three_public_expenses" and c["base_year"] is not None
    }
    vehicles = ("vehicle_purchase", "vehicle_operation")
    parts = vehicles if all(code in public for code in vehicles) else ("vehicle",)
    items = ("abroad", "reception", *parts)
    if "total" in public and all(code in public for code in items):
        refs = tuple(ref_of(public[code], "change") for code in items)
        found.append(Equation("changes", (ref_of(public["total"], "change"),), refs))
    return found


def _one_kind(said: list[Row], whole_code: str, kinds: tuple[str, ...] | None) -> list[Equation]:
    found = []
    for measure, column in (("level", "value_yuan"), ("count", "value")):
        own = {c["code"]: c for c in reversed(said) if c[column] is not None}
        parts = [
            c
            for code, c in own.items()
            if (code in kinds if kinds else code.startswith("vehicle_") and code != "vehicle_posts")
        ]
        if whole_code in own and len(parts) >= len(kinds or ("one", "two")):
            found.append(
                Equation(
                    "kinds",
                    (ref_of(own[whole_code], measure),),
                    tuple(ref_of(part, measure) for part in parts),
                )
            )
    return found
