"""One command starts everything, keeps it running and leaves nothing behind."""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import psutil
import pytest
from servers import apart, until

from infra.embedded import processes

REPOSITORY = Path(__file__).parent.parent
HOUSEHOLD = REPOSITORY / "tests" / "household.py"


class Household:
    """A supervisor in a process of its own."""

    def __init__(self, data_dir: Path, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._record = data_dir / "run.json"
        assert process.stdout
        self.url = process.stdout.readline().strip()  # empty when it gave up
        self.everyone = psutil.Process(process.pid).children(recursive=True) if self.url else []

    @property
    def record(self) -> dict[str, dict[str, dict[str, int]]]:
        return json.loads(self._record.read_text())

    @property
    def database_url(self) -> str:
        return str(self.record["database_url"]).replace("+asyncpg", "")

    def child(self, name: str) -> psutil.Process:
        who = self.record["children"][name]
        process = psutil.Process(who["pid"])
        assert abs(process.create_time() - who["started"]) < 1
        return process

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait()

    def starts(self) -> int:
        """How often the (invented) migration has run against this database."""

        async def count() -> int:
            connection = await asyncpg.connect(self.database_url)
            try:
                return await connection.fetchval("select count(*) from start")
            finally:
                await connection.close()

        return apart(count())

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:  # noqa: S310 - ours
                return answer.status == 200
        except OSError:
            return False


def environment(**more: str) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if "AVVIK_" not in name}
    return ours | {"PYTHONPATH": str(REPOSITORY)} | more


@contextmanager
def household(
    data_dir: Path, *names: str, python: str = sys.executable, **options: object
) -> Iterator[Household]:
    options = {"env": environment(), "cwd": REPOSITORY} | options
    with (
        (data_dir / "log" / "supervisor.log").open("ab") as log,
        subprocess.Popen(
            [python, str(HOUSEHOLD), str(data_dir), *names],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            **options,
        ) as process,
    ):
        house = Household(data_dir, process)
        try:
            yield house
        finally:
            if process.poll() is None:
                house.stop()
    processes.end(house.everyone, ((signal.SIGKILL, 10),))


def up(*words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "services.cli", "up", *words],
        cwd=REPOSITORY,
        env=environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What it said before it gave up: one sentence to a person, apart from the log's lines."""
    assert done.returncode == 2, done.stderr
    lines = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_everything_runs_and_after_sigterm_nothing(data_dir: Path) -> None:
    with household(data_dir) as house:
        assert house.answers()
        assert set(house.record["children"]) == {"postgres", "nats", "web", "relay"}
        assert house.record["supervisor"]["pid"] == house.process.pid
        assert (data_dir / "run.json").stat().st_mode & 0o777 == 0o600
        assert {house.child(name) for name in house.record["children"]} <= set(house.everyone)
        # Out of the terminal's process group: Ctrl-C must reach them through us only.
        ours = os.getpgid(house.process.pid)
        assert all(os.getpgid(one.pid) != ours for one in house.everyone)
        assert house.stop() == 0
        assert not [one for one in house.everyone if processes.alive(one)]
    assert not (data_dir / "run.json").exists()


def test_what_was_kept_is_there_after_a_restart(data_dir: Path) -> None:
    with household(data_dir) as house:
        assert house.starts() == 1
        before = house.database_url, house.record["nats_url"]
        key = (data_dir / "master.key").read_text()
    with household(data_dir) as house:
        assert house.starts() == 2
        assert (house.database_url, house.record["nats_url"]) == before
        assert (data_dir / "master.key").read_text() == key


def test_a_child_that_dies_is_started_again(data_dir: Path) -> None:
    with household(data_dir) as house:
        for name in ("relay", "web", "nats", "postgres"):
            dead = house.child(name)
            dead.kill()
            until(lambda dead=dead, name=name: _is_new(house, name, dead))
        until(house.answers)
        until(lambda: _counts(house))
    log = (data_dir / "log" / "supervisor.log").read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    died = {
        line["name"]: line["exit_code"] for line in lines if line["event"] == "process.died"
    }
    assert died == dict.fromkeys(("relay", "web", "nats", "postgres"), -signal.SIGKILL)


def _is_new(house: Household, name: str, dead: psutil.Process) -> bool:
    try:
        return house.child(name) != dead
    except psutil.NoSuchProcess:
        return False


def _counts(house: Household) -> bool:
    try:
        return house.starts() == 1
    except (OSError, asyncpg.PostgresError):
        return False


def test_after_a_kill_of_the_supervisor_the_next_start_works(data_dir: Path) -> None:
    with household(data_dir) as killed:
        killed.process.kill()
        killed.process.wait()
        with household(data_dir) as house:
            assert house.answers()
            assert house.starts() == 2
            assert not [one for one in killed.everyone if processes.alive(one)]


def test_orphans_are_ended_by_who_they_are(data_dir: Path) -> None:
    orphan, stranger = (subprocess.Popen(["/bin/sleep", "3600"]) for _ in range(2))
    started = psutil.Process(orphan.pid).create_time()
    children = {
        "web": {"pid": orphan.pid, "started": started},
        # An id that was given to another program since.
        "relay": {"pid": stranger.pid, "started": started - 100},
    }
    record = {"supervisor": {"pid": orphan.pid, "started": 1.0}, "children": children}
    (data_dir / "run.json").write_text(json.dumps(record))
    try:
        with household(data_dir) as house:
            assert house.answers()
            assert orphan.poll() == -signal.SIGTERM
            assert stranger.poll() is None
    finally:
        for one in (orphan, stranger):
            one.kill()
            one.wait()


def test_a_data_directory_is_used_by_one_at_a_time(data_dir: Path) -> None:
    with household(data_dir) as house:
        sentence = said(up("--data-dir", str(data_dir), "--port", "0"))
        assert f"{data_dir} används redan" in sentence
        assert f"(process {house.process.pid})" in sentence
        assert house.answers()


def test_a_child_that_cannot_start_stops_the_start(data_dir: Path) -> None:
    with household(data_dir, "refuser") as house:
        assert house.url == ""
        assert house.process.wait() == 1
    log = (data_dir / "log" / "supervisor.log").read_text()
    assert log.endswith("Avvik startade inte, eftersom refuser inte kunde starta.\n")
    assert not (data_dir / "run.json").exists()


def test_a_taken_port_is_said(data_dir: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        sentence = said(up("--data-dir", str(data_dir), "--port", str(port)))
    assert sentence.startswith(f"Port {port} på 127.0.0.1 är upptagen.")


def test_an_address_that_is_not_ours_is_said(data_dir: Path) -> None:
    sentence = said(up("--data-dir", str(data_dir), "--port", "0", "--host", "192.0.2.1"))
    assert sentence.startswith("Avvik kan inte lyssna på port 0 på 192.0.2.1")


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        (
            {"AVVIK_DATABASE_URL": "postgresql+asyncpg://a:hemligt@127.0.0.1:9/avvik"},
            "PostgreSQL på 127.0.0.1:9 svarar inte.",
        ),
        (
            {"AVVIK_NATS_URL": "nats://a:hemligt@127.0.0.1:9"},
            "NATS på 127.0.0.1:9 svarar inte.",
        ),
        ({"AVVIK_PORT": "hemligt"}, "Inställningen AVVIK_PORT är fel"),
        ({"AVVIK_PROT": "8080"}, "Inställningen AVVIK_PROT finns inte."),
    ],
)
def test_what_the_operator_got_wrong_is_said_in_one_sentence(
    data_dir: Path, setting: dict[str, str], sentence: str
) -> None:
    port = () if "AVVIK_PORT" in setting else ("--port", "0")
    answer = said(up("--data-dir", str(data_dir), *port, **setting))
    assert answer.startswith(sentence)
    assert "hemligt" not in answer


def test_a_given_server_that_refuses_us_is_said(
    data_dir: Path, postgres_url: str, nats_url: str
) -> None:
    for name, url in (("DATABASE", postgres_url), ("NATS", nats_url)):
        head, _, place = url.rpartition("@")
        wrong = f"{head.rpartition(':')[0]}:hemligt@{place}"
        answer = said(
            up("--data-dir", str(data_dir), "--port", "0", **{f"AVVIK_{name}_URL": wrong})
        )
        assert "släpper inte in oss" in answer
        assert "hemligt" not in answer


def test_given_servers_are_used_and_none_is_started(
    data_dir: Path, postgres_url: str, nats_url: str
) -> None:
    given = environment(AVVIK_DATABASE_URL=postgres_url, AVVIK_NATS_URL=nats_url)
    with household(data_dir, env=given) as house:
        assert house.answers()
        assert set(house.record["children"]) == {"web", "relay"}
        assert house.record["database_url"] == postgres_url


def test_a_wrong_word_on_the_command_line_is_exit_code_2() -> None:
    assert up("--port", "99999").returncode == 2
    assert up("--prot", "1").returncode == 2


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests are run as an ordinary user")
def test_an_ordinary_user_can_run_everything(data_dir: Path) -> None:
    user = pwd.getpwnam("nobody")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates = (sys.executable, shutil.which(version, path="/usr/bin:/usr/local/bin"))
    python = next((one for one in candidates if one and _runs(one, user.pw_uid)), None)
    if python is None:
        pytest.skip("this Python lies where no ordinary user can run it")
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    scripts = str(Path(sys.executable).parent)
    theirs = data_dir / "theirs"
    (theirs / "log").mkdir(parents=True)
    for path in (theirs, theirs / "log"):
        os.chown(path, user.pw_uid, user.pw_gid)
    with household(
        theirs,
        python=python,
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        env=environment(
            PYTHONPATH=f"{REPOSITORY}:{packages}", PATH=f"{scripts}:/usr/bin:/bin", HOME="/"
        ),
    ) as house:
        assert house.answers()
        assert house.starts() == 1
        assert {one.uids().real for one in house.everyone} == {user.pw_uid}
        assert house.stop() == 0
        assert not [one for one in house.everyone if processes.alive(one)]


def _runs(python: str, uid: int) -> bool:
    try:
        done = subprocess.run([python, "-c", ""], user=uid, extra_groups=[], check=False)
    except PermissionError:
        return False
    return done.returncode == 0
