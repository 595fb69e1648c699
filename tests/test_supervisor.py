"""One command starts everything, keeps it running and leaves nothing behind."""

import json
import os
import pwd
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import psutil
import pytest

from infra.embedded import processes
from tests.households import REPOSITORY, Household, environment, household
from tests.servers import until


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


def test_a_child_that_cannot_start_stops_the_start(data_dir: Path) -> None:
    with household(data_dir, "refuser") as house:
        assert house.url == ""
        assert house.process.wait() == 1
    log = (data_dir / "log" / "supervisor.log").read_text()
    assert log.endswith("Avvik startade inte, eftersom refuser inte kunde starta.\n")
    assert not (data_dir / "run.json").exists()


def test_given_servers_are_used_and_none_is_started(
    data_dir: Path, postgres_url: str, nats_url: str
) -> None:
    given = environment(AVVIK_DATABASE_URL=postgres_url, AVVIK_NATS_URL=nats_url)
    with household(data_dir, env=given) as house:
        assert house.answers()
        assert set(house.record["children"]) == {"web", "relay"}
        assert house.record["database_url"] == postgres_url


@pytest.mark.skipif(os.geteuid() != 0, reason="the other tests are run as an ordinary user")
def test_an_ordinary_user_can_run_everything(data_dir: Path) -> None:
    user = pwd.getpwnam("nobody")
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    candidates = (sys.executable, shutil.which(version, path="/usr/bin:/usr/local/bin"))
    python = next((one for one in candidates if one and _runs(one, user.pw_uid)), None)
    if python is None:
        pytest.skip("this Python lies where no ordinary user can run it")  # in root's folder
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
