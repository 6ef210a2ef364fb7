"""Who may import whom, and what importing the package costs."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest
from house_sources import PACKAGE, ROOT, Module, modules

import analytics

HEAVY = {
    "altair",
    "cv2",
    "dataframely",
    "deltalake",
    "fontTools",
    "jinja2",
    "numpy",
    "onnxruntime",
    "opencc",
    "pandas",
    "rapidocr",
    "scipy",
    "statsmodels",
    "vl_convert",
    "xlsxwriter",
}
# Declared without being imported: another package loads it, or it is a program that is started.
NOT_IMPORTED = {
    "brotli": "fonttools compresses woff2 with it",
    "jupyterlab": "make notebook opens it",
    "onnxruntime": "rapidocr runs its models with it, and leaves the choice to us",
}

# What is imported from the extras, whether they are installed or not.
OPTIONAL = {"cv2": "opencv-python-headless", "rapidocr": "rapidocr", "PIL": "pillow"}


def _run(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout if done.returncode == 0 else pytest.fail(done.stdout + done.stderr)


def test_imports_run_down_the_layers() -> None:
    verdict = _run(
        "import sys\n"
        "from importlinter.cli import lint_imports\n"
        "sys.exit(lint_imports(no_cache=True))\n"
    )
    assert re.search(r"^Contracts: 2 kept, 0 broken\.$", verdict, re.MULTILINE)


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = json.loads(_run("import analytics, json, sys; print(json.dumps(list(sys.modules)))"))
    assert HEAVY.intersection(loaded) == set()


def test_every_name_the_package_offers_is_there() -> None:
    listed = dir(analytics)
    assert [name for name in analytics.__all__ if not hasattr(analytics, name)] == []
    assert [name for name in analytics.__all__ if name not in listed] == []


def test_dependencies_are_what_the_package_imports() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: list(of) for name, of in project["optional-dependencies"].items()}
    del extras["dev"]
    wanted = [*project["dependencies"], *(d for of in extras.values() for d in of)]
    declared = {_canonical(re.split(r"[<>=!~\[; ]", d)[0]) for d in wanted}
    owners = packages_distributions() | {name: [owner] for name, owner in OPTIONAL.items()}
    imported = {
        _canonical(owners[name][0])
        for module in modules(PACKAGE)
        for name in _imports(module)
        if name not in {*sys.stdlib_module_names, "analytics"}
    }
    assert imported - declared == set()
    assert declared - imported == set(NOT_IMPORTED)


def _imports(module: Module) -> Iterator[str]:
    """The top-level packages a module imports, inside functions as well."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
