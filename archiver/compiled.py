"""The steps of finding quotes as machine code, where it was compiled; else they run as they are, with the same results.

`python -m archiver.compiled` (`make compile`) compiles them with mypyc into `archiver/quotes/compiled/<digest>/`. The
folder's name is the digest of the sources and of the interpreter, so that what was compiled from other sources is never
found, and never used.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
import sysconfig
import tempfile
from pathlib import Path

PURE = "ONRECORD_TEST_PURE"  # set to anything: what is compiled is left alone
ROOM = Path(__file__).parent / "quotes"
_SUFFIX = sysconfig.get_config_var("EXT_SUFFIX") or ".so"


def sources(room: Path = ROOM) -> list[Path]:
    """The modules that are compiled: all of the room but the one that asks for them."""
    return sorted(path for path in room.glob("*.py") if path.name != "__init__.py")


def digest(room: Path = ROOM) -> str:
    """What the compiled modules depend on: the sources, and the interpreter that they are compiled for."""
    found = hashlib.sha256(_SUFFIX.encode())
    for path in sources(room):
        found.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()[:20]


def folder(room: Path = ROOM) -> Path:
    """Where the modules compiled from these very sources are, if anywhere."""
    return room / "compiled" / digest(room)


def prefer(search_path: list[str], room: Path = ROOM) -> bool:
    """Puts the compiled modules before their sources on a package's search path; False if there are none."""
    if PURE in os.environ or not (room / "compiled").is_dir():
        return False
    found = folder(room)
    shared = next(found.glob(f"*__mypyc{_SUFFIX}"), None) if found.is_dir() else None
    if shared is None:
        return False
    name = shared.name.removesuffix(_SUFFIX)
    spec = importlib.util.spec_from_file_location(name, shared)
    if spec is None or spec.loader is None:
        return False
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    search_path.insert(0, str(found))
    return True


def build(room: Path = ROOM) -> Path:
    """Compiles the modules of the room; returns the folder they are in. What was compiled before goes."""
    import subprocess  # noqa: PLC0415

    found = folder(room)
    if found.is_dir():
        return found
    root = room.parents[1]
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        shutil.copytree(room.parent, work / room.parent.name, ignore=shutil.ignore_patterns("compiled", "__pycache__"))
        shutil.copytree(root / "mappings", work / "mappings", ignore=shutil.ignore_patterns("__pycache__"))
        modules = [str(path.relative_to(root)) for path in sources(room)]
        command = [sys.executable, "-m", "archiver.compiling", *modules]
        done = subprocess.run(command, cwd=work, capture_output=True, text=True, check=False)  # noqa: S603
        if done.returncode:
            raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
        made = work / "made"
        made.mkdir()
        for path in (*work.glob(f"*__mypyc{_SUFFIX}"), *(work / room.relative_to(root)).glob(f"*{_SUFFIX}")):
            shutil.copy2(path, made / path.name)
        shutil.rmtree(room / "compiled", ignore_errors=True)
        shutil.copytree(made, found)
    return found


def main(arguments: list[str]) -> int:
    """Compiles; with `--check` only says by the exit code whether that is done."""
    if arguments == ["--check"]:
        return 0 if folder().is_dir() else 1
    print(f"compiled: {build()}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
