"""Makes machine code of modules, in the folder that it runs in: mypyc writes C, all processors compile it.

`python -m archiver.compiling FILE.py …`; `compiled` starts it on a copy of the sources. Every module has a C file of
its own: one file of all of them takes one processor, and longer than they do together.
"""

from __future__ import annotations

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


def main(modules: list[str]) -> None:
    """Leaves the machine code beside the modules, and what they share in the folder itself."""
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
