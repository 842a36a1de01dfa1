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
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import URLError

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".cache"
PATIENCE = 120.0  # seconds for a node to come up on a busy machine
VARIABLE = "ONRECORD_TEST_ELASTICSEARCH"

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
def elasticsearch(work: Path) -> Iterator[str]:
    """The address of a server for as long as the context lasts. Raises NoServer where there can be none."""
    wanted = os.environ.get(VARIABLE, "")
    if wanted.startswith(("http://", "https://")):
        yield wanted.rstrip("/")
        return
    for program in ("java", "javac", "mvn"):
        if not shutil.which(program):
            raise NoServer(f"{program} is not installed (a JDK 17 or newer and Maven are needed)")
    with _node(_home(), work) as address:
        yield address


def required() -> bool:
    """Whether a test run without a server is a failure."""
    return os.environ.get(VARIABLE) == "required"


@contextmanager
def _node(home: Path, work: Path) -> Iterator[str]:
    for name in ("config", "plugins", "data", "logs"):
        (work / name).mkdir(parents=True)
    for name in ("lib", "modules"):
        (work / name).symlink_to(home / name)
    with (work / "output").open("wb") as output:
        node = subprocess.Popen(_command(work), stdin=subprocess.PIPE, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield _address(node, work)
    finally:
        if node.stdin:
            node.stdin.close()  # the launcher ends with its input, so a killed test run leaves no node behind
        with suppress(subprocess.TimeoutExpired):
            node.wait(20)
        node.kill()
        node.wait()


def _command(work: Path) -> list[str]:
    values = {
        "path.home": work,
        "node.name": "tests",
        "cluster.name": "onrecord-tests",
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": 0,
        "transport.port": 0,
        "node.portsfile": "true",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "path.repo": work / "backups",
    }
    settings = [f"{name}={value}" for name, value in values.items()]
    java = ["java", "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", f"-Djava.io.tmpdir={work}"]
    return [*java, "-cp", f"{work}/lib:{work}/lib/*", "Launcher", *settings]


def _address(node: subprocess.Popen[bytes], work: Path) -> str:
    """Where the node answers, once it does."""
    deadline = time.monotonic() + PATIENCE
    ports = work / "logs" / "http.ports"
    while time.monotonic() < deadline:
        if node.poll() is not None:
            break
        if ports.exists() and (found := re.search(r"^127\.0\.0\.1:[0-9]+$", ports.read_text(), re.MULTILINE)):
            with suppress(URLError, OSError):
                address = f"http://{found[0]}"
                urllib.request.urlopen(
                    f"{address}/_cluster/health?wait_for_status=green&timeout=60s", timeout=70
                ).close()
                return address
        time.sleep(0.1)
    raise NoServer("the node did not start: " + (work / "output").read_text(errors="replace")[-2000:])


def _home() -> Path:
    """The jars and the compiled launcher, fetched and made once for this version of the sources."""
    CACHE.mkdir(exist_ok=True)
    version = _version()
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
            _run("javac", "-cp", f"{home}/lib/*", "-d", str(home / "lib"), str(launcher))
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
        *("-DincludeScope=runtime", f"-DoutputDirectory={jars}"),
    )
    for jar in [*jars.glob("netty-*.jar"), *jars.glob("transport-netty4-*.jar")]:
        jar.rename(plugin / jar.name)
    (plugin / "plugin-descriptor.properties").write_text(_DESCRIPTOR.format(version=version))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise NoServer(f"{command[0]} failed: {(done.stdout + done.stderr)[-2000:]}")
