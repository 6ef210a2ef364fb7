"""A test that only asserts that something is there is a defect: this finds such tests."""

from __future__ import annotations

import ast

import pytest
from house_sources import ROOT, modules


def _is_weak(test: ast.expr) -> bool:
    """Whether an assertion holds for nearly any value: there, true, long enough, of a type."""
    match test:
        case (
            ast.Name()
            | ast.Attribute()
            | ast.Constant()
            | ast.Call(func=ast.Name(id="isinstance" | "hasattr" | "callable" | "len" | "bool"))
            | ast.Call(func=ast.Attribute(attr="exists" | "is_file" | "is_dir"))
            | ast.Compare(ops=[ast.IsNot()], comparators=[ast.Constant(value=None)])
            | ast.Compare(ops=[ast.Gt()], comparators=[ast.Constant(value=0)])
            | ast.Compare(ops=[ast.GtE()], comparators=[ast.Constant(value=0 | 1)])
        ):
            return True
        case ast.BoolOp(values=values):
            return all(map(_is_weak, values))
    return False


def _is_telling(node: ast.AST) -> bool:
    """Whether a statement tests a value: an assertion, an expected error, an assert function."""
    match node:
        case ast.Assert(test=test):
            return not _is_weak(test)
        case ast.Call(func=ast.Attribute(attr=name)) | ast.Call(func=ast.Name(id=name)):
            return name in {"raises", "warns"} or name.lstrip("_").startswith(("assert", "expect"))
    return False


def _weak_tests(tree: ast.Module) -> list[str]:
    return [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any(map(_is_telling, ast.walk(node)))
    ]


def test_every_test_asserts_a_value() -> None:
    weak = [
        f"{module.where}: {name}"
        for module in modules(ROOT / "tests")
        for name in _weak_tests(module.tree)
    ]
    assert not weak, "\n".join(weak)


@pytest.mark.parametrize(
    ("body", "is_weak"),
    [
        ("assert found is not None", True),
        ("assert frame", True),
        ("assert len(rows) > 0", True),
        ("assert isinstance(rows, list)", True),
        ("assert path.exists() and rows is not None", True),
        ("build()", True),
        ("assert rows == [1]", False),
        ("assert len(rows) == 3", False),
        ("assert is_blank('')", False),
        ("assert not missing", False),
        ("assert found is not None\n    assert found.code == '301'", False),
        ("with pytest.raises(ReadError):\n        read(path)", False),
        ("assert_frame_equal(left, right)", False),
    ],
)
def test_weak_assertions_are_told_from_telling_ones(body: str, is_weak: bool) -> None:
    found = _weak_tests(ast.parse(f"def test_it():\n    {body}\n"))
    assert found == (["test_it"] if is_weak else [])
