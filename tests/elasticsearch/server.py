"""Starts a real Elasticsearch node for a test run and stops it.

`ONRECORD_TEST_ELASTICSEARCH` says what is wanted: unset, a node where Java and Maven are present, else a skip;
`required`, a node or a failure; an http address, a server that runs already (only indexes of the tests' own prefix
are touched there).
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

from tests.memory import memory

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache"
PATIENCE = 120.0  # seconds for a node to come up on a busy machine
VARIABLE = "ONRECORD_TEST_ELASTICSEARCH"
NEXT_VERSION = "9.2.0"
KEPT = "onrecord-tests-"  # then the number of the process that started the node
JVMS = Path("/usr/lib/jvm")

_DESCRIPTOR = """description=Netty transport
version={version}
elasticsearch.version={version}
name=transport-netty4
java.version=17
classname=org.elasticsearch.transport.netty4.Netty4Plugin
"""


class NoServer(Exception):
    """There is no server, and this is why."""


@contextmanager
def elasticsearch(work: Path, *, in_memory: bool = False) -> Iterator[str]:
    """The address of a server for as long as the context lasts. Raises NoServer where there can be none.

    `in_memory` keeps its data in memory where there is room: making an index waits for the disk many times.
    """
    wanted = os.environ.get(VARIABLE, "")
    if wanted.startswith(("http://", "https://")):
        yield wanted.rstrip("/")
        return
    _check_programs()
    with _data(work, in_memory=in_memory) as data, _node(_home(), work, data=data) as node:
        yield node.address


@dataclass(frozen=True, slots=True)
class Node:
    """A node that runs: where it answers, and its process."""

    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def newer(work: Path) -> Iterator[str]:
    """The address of a node of the next major version, which needs a JDK 21. Raises NoServer where there is none."""
    _check_programs()
    jdk = next((each for each in sorted(JVMS.glob("*")) if _is_21(each)), None)
    if jdk is None:
        raise NoServer(f"there is no JDK 21 or newer in {JVMS}")
    with _node(_home(NEXT_VERSION, jdk), work, jdk) as node:
        yield node.address


def _is_21(jdk: Path) -> bool:
    with suppress(OSError):
        found = re.search(r'^JAVA_VERSION="(\d+)', (jdk / "release").read_text(encoding="utf-8"), re.MULTILINE)
        return found is not None and int(found[1]) >= 21 and (jdk / "bin" / "javac").exists()
    return False


@contextmanager
def cluster(work: Path, size: int = 3) -> Iterator[list[Node]]:
    """The nodes of one cluster. Raises NoServer where there can be none."""
    _check_programs()
    home, ports = _home(), _free_ports(size)
    common: dict[str, object] = {
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in ports),
        "cluster.initial_master_nodes": ",".join(f"node{number}" for number in range(size)),
    }
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                _process(home, work / f"node{number}", {**common, "node.name": f"node{number}", "transport.port": port})
            )
            for number, port in enumerate(ports)
        ]
        yield [Node(_address(process, work / f"node{number}", size), process) for number, process in enumerate(started)]


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _check_programs() -> None:
    for program in ("java", "javac", "mvn"):
        if not shutil.which(program):
            raise NoServer(f"{program} is not installed (a JDK 17 or newer and Maven are needed)")


def required() -> bool:
    """Whether a test run without a server is a failure."""
    return os.environ.get(VARIABLE) == "required"


@contextmanager
def _data(work: Path, *, in_memory: bool) -> Iterator[Path]:
    """Where a node keeps its data."""
    folder = memory() if in_memory else None
    if folder is None:
        yield work / "data"
        return
    for left in folder.glob(f"{KEPT}*"):
        if not Path("/proc", left.name.removeprefix(KEPT).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)  # of a run that was killed
    with tempfile.TemporaryDirectory(prefix=f"{KEPT}{os.getpid()}-", dir=folder) as name:
        yield Path(name)


@contextmanager
def _node(home: Path, work: Path, jdk: Path | None = None, *, data: Path | None = None) -> Iterator[Node]:
    settings = {"discovery.type": "single-node", "path.data": data or work / "data"}
    with _process(home, work, settings, jdk) as process:
        yield Node(_address(process, work), process)


@contextmanager
def _process(
    home: Path, work: Path, settings: Mapping[str, object], jdk: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    for name in ("config", "plugins", "data", "logs"):
        (work / name).mkdir(parents=True)
    for name in ("lib", "modules"):
        (work / name).symlink_to(home / name)
    with (work / "output").open("wb") as output:
        node = subprocess.Popen(
            _command(work, settings, jdk), stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        yield node
    finally:
        if node.stdin:
            node.stdin.close()  # the launcher ends with its input, so a killed test run leaves no node behind
        with suppress(subprocess.TimeoutExpired):
            node.wait(20)
        node.kill()
        node.wait()


def _command(work: Path, settings: Mapping[str, object], jdk: Path | None) -> list[str]:
    values = {
        "path.home": work,
        "node.name": "tests",
        "cluster.name": "onrecord-tests",
        "network.host": "127.0.0.1",
        "http.port": 0,
        "transport.port": 0,
        "node.portsfile": "true",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "path.repo": work / "backups",
        **settings,
    }
    given = [f"{name}={value}" for name, value in values.items()]
    java = [
        _program("java", jdk),
        "-Xms512m",
        "-Xmx512m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        f"-Djava.io.tmpdir={work}",
    ]
    return [*java, "-cp", f"{work}/lib:{work}/lib/*", "Launcher", *given]


def _address(node: subprocess.Popen[bytes], work: Path, size: int = 1) -> str:
    """Where the node answers, once it and as many nodes as there should be do."""
    deadline = time.monotonic() + PATIENCE
    ports = work / "logs" / "http.ports"
    while time.monotonic() < deadline:
        if node.poll() is not None:
            break
        if ports.exists() and (found := re.search(r"^127\.0\.0\.1:[0-9]+$", ports.read_text(), re.MULTILINE)):
            with suppress(URLError, OSError):
                address = f"http://{found[0]}"
                wanted = f"wait_for_status=green&wait_for_nodes={size}&timeout=60s"
                urllib.request.urlopen(f"{address}/_cluster/health?{wanted}", timeout=70).close()
                return address
        time.sleep(0.1)
    raise NoServer("the node did not start: " + (work / "output").read_text(errors="replace")[-2000:])


def _program(name: str, jdk: Path | None) -> str:
    return name if jdk is None else str(jdk / "bin" / name)


def _home(version: str | None = None, jdk: Path | None = None) -> Path:
    """The jars and the compiled launcher, fetched and made once for this version of the sources."""
    CACHE.mkdir(exist_ok=True)
    version = version or _version()
    home = CACHE / f"elasticsearch-{version}"
    with (CACHE / "elasticsearch.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        launcher = HERE / "Launcher.java"
        if not (home / "complete").exists():
            shutil.rmtree(home, ignore_errors=True)
            _fetch(home, version)
            (home / "complete").touch()
        compiled = home / "lib" / "Launcher.class"
        if not compiled.exists() or compiled.stat().st_mtime < launcher.stat().st_mtime:
            _run(_program("javac", jdk), "-cp", f"{home}/lib/*", "-d", str(home / "lib"), str(launcher))
            (home / "lib" / "Launcher.class").touch()
    return home


def _version() -> str:
    found = re.search(r"<elasticsearch\.version>(.*)</elasticsearch\.version>", (HERE / "pom.xml").read_text())
    assert found
    return found[1]


def _fetch(home: Path, version: str) -> None:
    jars, plugin = home / "lib", home / "modules" / "transport-netty4"
    plugin.mkdir(parents=True)
    _run(
        *("mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"),
        *("-DincludeScope=runtime", f"-DoutputDirectory={jars}", f"-Delasticsearch.version={version}"),
    )
    for jar in [*jars.glob("netty-*.jar"), *jars.glob("transport-netty4-*.jar")]:
        jar.rename(plugin / jar.name)
    (plugin / "plugin-descriptor.properties").write_text(_DESCRIPTOR.format(version=version))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise NoServer(f"{command[0]} failed: {(done.stdout + done.stderr)[-2000:]}")
