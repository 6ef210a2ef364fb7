"""Rules of the house for the source of the package: size, names, docstrings, no sample in it."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache

import pytest
from house_sources import PACKAGE, SAMPLE, Module, modules, parameters, public_functions

import analytics

AMOUNT = re.compile(r"(?<![\w.,])\d[\d,_]*(?:\.\d+)?(?![\w.])")


@cache
def _offered() -> set[str]:
    """What a package imports from another one."""
    return {
        alias.name
        for module in modules(PACKAGE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("analytics.")
        for alias in node.names
        if (node.module or "").split(".")[1]
        != module.path.relative_to(PACKAGE).with_suffix("").parts[0]
    }


def test_a_module_has_at_most_400_lines() -> None:
    long = {m.where: lines for m in modules(PACKAGE) if (lines := m.text.count("\n")) > 400}
    assert long == {}


def test_faults_are_raised_and_never_asserted() -> None:
    asserts = [
        f"{module.where}:{node.lineno}"
        for module in modules(PACKAGE)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Assert)
    ]
    assert asserts == []


def test_all_lists_what_is_public() -> None:
    unlisted = [
        f"{module.where}: {node.name}"
        for module in modules(PACKAGE)
        for node in module.public
        if node.name not in (module.exports or ())
    ]
    assert not unlisted, "\n".join(unlisted)


def test_public_things_say_what_they_do() -> None:
    faults = [
        f"{module.where}: {fault}" for module in modules(PACKAGE) for fault in _faults(module)
    ]
    assert not faults, "\n".join(faults)


def _faults(module: Module) -> list[str]:
    """What is missing: a docstring, the errors raised, each of many parameters.

    The last is asked of what one package takes from another.
    """
    faults = [f"{node.name}: no docstring" for node in module.public if not ast.get_docstring(node)]
    for name, function in public_functions(module):
        text = ast.get_docstring(function) or ""
        if not text:
            faults.append(f"{name}: no docstring")
        silent = [p for p in parameters(function) if not re.search(rf"\b{p}\b", text)]
        is_offered = name.split(".")[0] in _offered()
        if is_offered and len(parameters(function)) > 2 and silent:
            faults.append(f"{name}: says nothing of {', '.join(silent)}")
        raised = {_raised(node) for node in ast.walk(function) if isinstance(node, ast.Raise)}
        if unsaid := [error for error in raised if error and error not in text]:
            faults.append(f"{name}: does not say that it raises {', '.join(sorted(unsaid))}")
    return list(dict.fromkeys(faults))


def _raised(node: ast.Raise) -> str | None:
    """The class a statement raises, where it names one of the package's errors."""
    found = re.match(r"\w*(?:Input|NotFound|Read|Schema|Analytics)Error", ast.unparse(node)[6:])
    return found[0] if found else None


def test_the_public_functions_have_full_docstrings() -> None:
    faults = []
    for name in analytics.__all__:
        thing = getattr(analytics, name)
        if not inspect.isfunction(thing):
            continue
        text = inspect.getdoc(thing) or ""
        signature = inspect.signature(thing)
        wanted = ["Examples:"]
        wanted += ["Args:"] if len(signature.parameters) > 1 else []
        wanted += ["Returns:"] if signature.return_annotation not in {"None", None} else []
        faults += [f"{name}: no {part}" for part in wanted if part not in text]
    assert not faults, "\n".join(faults)


def test_the_sample_document_is_in_no_code() -> None:
    names, amounts = _sample_names(), _sample_amounts()
    found = []
    for module in modules(PACKAGE):
        figures = {text.replace(",", "").replace("_", "") for text in AMOUNT.findall(module.text)}
        hits = [name for name in names if name in module.text] + sorted(figures & amounts)
        found += [f"{module.where}: {hit}" for hit in hits]
    assert not found, "\n".join(found)


def _sample_names() -> set[str]:
    """The agency and the projects, as the sample prints them."""
    names = set()
    for line in SAMPLE.read_text(encoding="utf-8").splitlines():
        if found := re.match(r"\s*单位名称[:：]\s*(\S+)", line):
            names.add(found[1])
        cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
        if len(cells) > 1 and cells[0] == "项目名称" and len(cells[1]) > 3:
            names.add(cells[1])
    if len(names) < 10:
        pytest.fail("the sample names too few projects to search for")
    return names


def _sample_amounts() -> set[str]:
    """Amounts with at least four telling digits, without thousands separators."""
    printed = AMOUNT.findall(SAMPLE.read_text(encoding="utf-8"))
    plain = {text.replace(",", "") for text in printed if "," in text or "." in text}
    amounts = {
        text for text in plain if len(text.replace(".", "").strip("0")) > 3 and "202" not in text
    }
    if len(amounts) < 20:
        pytest.fail("the sample prints too few amounts to search for")
    return amounts
