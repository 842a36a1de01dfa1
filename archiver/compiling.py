"""Makes machine code of modules, in the folder that it runs in: mypyc writes C, all processors compile it.

`python -m archiver.compiling FILE.py …`; `compiled` starts it on a copy of the sources. Every module has a C file of
its own: one file of all of them takes one processor, and longer than they do together. For mypyc, names in
capitals are constants: their values are then in the code, where they would be looked up by name at each use.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from mypyc.build import mypycify
from setuptools import setup
from setuptools.command.build_ext import build_ext

_PROCESSORS = os.cpu_count() or 1
_MYPY = ("--ignore-missing-imports", "--follow-imports=silent")
_FUTURE = "from __future__ import annotations"
_CLASSES = Path("archiver/languages")  # whose constants the modules read too
_HIDDEN = "-fvisibility=hidden"  # what the modules call of one another they call without a table in between


class _OnAllProcessors(build_ext):  # type: ignore[misc]  # setuptools ships no types
    """Compiles the C files of the library that all modules share at once, as setuptools does with several libraries."""

    def build_extensions(self) -> None:
        one_by_one = self.compiler.compile

        def together(sources: Iterable[str], **options: Any) -> list[str]:
            longest_first = sorted(sources, key=lambda source: Path(source).stat().st_size, reverse=True)
            with ThreadPoolExecutor(_PROCESSORS) as pool:
                compiled = list(pool.map(lambda source: one_by_one([source], **options), longest_first))
            return [made for found in compiled for made in found]

        self.compiler.compile = together
        super().build_extensions()


def with_finals(source: str) -> str:
    """A module whose constants are annotated as final, every line where it was."""
    lines = source.split("\n")
    for node in ast.parse(source).body:
        if not isinstance(node, ast.Assign) or len(node.targets) > 1:
            continue
        target, at = node.targets[0], node.lineno - 1
        if isinstance(target, ast.Name) and target.id.isupper():
            lines[at] = lines[at].replace(target.id, f"{target.id}: Final", 1)
        elif isinstance(target, ast.Tuple) and node.end_lineno == node.lineno:
            lines[at] = _one_by_one(target, node.value) or lines[at]
    return "\n".join(lines).replace(_FUTURE, f"{_FUTURE}; from typing import Final", 1)


def _one_by_one(target: ast.Tuple, value: ast.expr) -> str:
    """`A, B = 1, 2` or `A, B = "ab"` as a statement for each name in capitals; nothing where it is something else."""
    names = [name.id for name in target.elts if isinstance(name, ast.Name) and name.id.isupper()]
    values = [ast.unparse(one) for one in value.elts] if isinstance(value, ast.Tuple) else []
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        values = [repr(sign) for sign in value.value]
    if not len(names) == len(values) == len(target.elts):
        return ""
    return "; ".join(f"{name}: Final = {one}" for name, one in zip(names, values, strict=True))


def main(modules: list[str]) -> None:
    """Leaves the machine code beside the modules, and what they share in the folder itself. Writes to the modules."""
    for path in (*map(Path, modules), *_CLASSES.glob("*.py")):
        path.write_text(with_finals(path.read_text(encoding="utf-8")), encoding="utf-8")
    extensions = mypycify([*_MYPY, *modules], opt_level="2", debug_level="0", multi_file=True)
    for extension in extensions:
        extension.extra_compile_args.append(_HIDDEN)
    setup(
        name="quotes",
        ext_modules=extensions,
        cmdclass={"build_ext": _OnAllProcessors},
        script_args=["--quiet", "build_ext", "--inplace", f"--parallel={_PROCESSORS}"],
    )


if __name__ == "__main__":
    main(sys.argv[1:])
