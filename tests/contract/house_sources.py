"""The files of the project as the contract tests look at them."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "analytics"
SAMPLE = ROOT / "data" / "disclosures" / "approval-bureau-2024-budget.txt"

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


@dataclass(frozen=True)
class Module:
    """One source file, parsed."""

    path: Path
    text: str
    tree: ast.Module

    @property
    def where(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def exports(self) -> set[str] | None:
        """What ``__all__`` lists; ``None`` without one."""
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
                return set(ast.literal_eval(node.value))
        return None

    @property
    def public(self) -> list[Definition]:
        """Functions and classes without a leading underscore, registered ones left out.

        A decorated function (a rule, a command) is reached through what registers it.
        """
        return [
            node
            for node in self.tree.body
            if isinstance(node, Definition)
            and not node.name.startswith("_")
            and (isinstance(node, ast.ClassDef) or not _is_registered(node))
        ]


def _is_registered(function: Function) -> bool:
    kept = {"cache", "lru_cache", "overload", "contextmanager"}
    return any(
        re.split(r"[(.]", ast.unparse(d).removeprefix("functools."))[0] not in kept
        for d in function.decorator_list
    )


def modules(folder: Path) -> list[Module]:
    """The Python files under a folder, in order of their names."""
    return [_parse(path) for path in sorted(folder.rglob("*.py"))]


@cache
def _parse(path: Path) -> Module:
    text = path.read_text(encoding="utf-8")
    return Module(path, text, ast.parse(text))


def public_functions(module: Module) -> Iterator[tuple[str, Function]]:
    """Public functions and the public methods of public classes, with their qualified names."""
    for node in module.public:
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, Function) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner
        else:
            yield node.name, node


def parameters(function: Function) -> list[str]:
    """Names of the parameters a caller fills in."""
    spec = function.args
    every = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]
    return [arg.arg for arg in every if arg.arg not in {"self", "cls"} and arg.arg[0] != "_"]


@cache
def project_files() -> tuple[Path, ...]:
    """The files that belong to the project: tracked by git, or not ignored by it."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = listed.stdout.decode().split("\0")
        return tuple(sorted(path for name in names if name and (path := ROOT / name).is_file()))
    built = re.compile(r"/(\.venv|\.git|__pycache__|\.\w+_cache|\.hypothesis|panel|build|dist)/")
    return tuple(sorted(p for p in ROOT.rglob("*") if p.is_file() and not built.search(str(p))))
