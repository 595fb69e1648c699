"""What an operator asks of an installation, and the sentences that come back."""

import json
from base64 import b64encode

import pytest
from sqlalchemy import text

from infra import policy_files
from infra.db import transaction
from infra.vault.keyring import keyring
from services.demo.seed import ensure_demo
from tests.command_line import avvik
from tests.conftest import OLD_KEY
from tests.stream_support import scalar

LAST_FACTS = "CREATE TEMP VIEW last_facts AS SELECT case_id, sequence FROM case_head"
NEW_KEY = "new:" + b64encode(bytes(range(100, 132))).decode()


async def test_the_demo_is_made_once_and_tells_the_same_logins_again(norrvik, tmp_path):
    again = await ensure_demo(tmp_path)

    assert again == norrvik
    assert {user.role for user in norrvik} >= {"staff", "unit_manager", "sas", "admin"}


async def test_a_whole_history_verifies(norrvik):
    done = avvik("verify")

    assert done.returncode == 0
    assert done.stdout.startswith("Historiken är hel: 51 ärenden")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        ("UPDATE event SET body = '{}' WHERE sequence = 2", "kedjan bryts vid faktum 2"),
        ("UPDATE event SET at = now() WHERE sequence = 1", "kedjan bryts vid faktum 1"),
        ("DELETE FROM event WHERE sequence = 2", "faktum 2 saknas"),
        (
            "DELETE FROM event WHERE (case_id, sequence) IN (TABLE last_facts)",
            "slutet saknas",
        ),
        ("DELETE FROM case_head", "hela ärendet saknas"),
    ],
)
async def test_tampering_by_the_database_owner_is_named(norrvik, harm, says):
    async with transaction() as session:
        await session.execute(text("ALTER TABLE event DISABLE TRIGGER append_only"))
        await session.execute(text(LAST_FACTS))
        await session.execute(text(harm))

    done = avvik("verify")

    assert done.returncode == 1
    assert says in done.stdout


async def test_keys_are_changed_and_the_old_one_may_go(norrvik, monkeypatch):
    both = f"{NEW_KEY},{OLD_KEY}"

    assert "låst" not in avvik("keys", "rotate", AVVIK_MASTER_KEY=both).stderr
    told = avvik("keys", "status", AVVIK_MASTER_KEY=both).stdout

    assert "old: behövs inte längre" in told
    assert avvik("doctor", AVVIK_MASTER_KEY=NEW_KEY, AVVIK_NATS_URL="nats://127.0.0.1:1").stdout
    assert "saknas här" in avvik("keys", "status", AVVIK_MASTER_KEY=OLD_KEY).stdout


async def test_phones_can_be_given_a_new_key_and_the_old_one_stays(database):
    for kid in ("k1", "k2"):
        assert kid in avvik("keys", "envelope").stdout

    assert await scalar("SELECT count(*) FROM envelope_key") == 2


async def test_a_new_master_key_is_one_the_keyring_takes(database, use_keys):
    use_keys(avvik("keys", "new").stdout.strip())

    assert keyring().current


async def test_a_closed_case_can_be_forgotten_and_the_history_stays_whole(norrvik):
    number = await scalar("SELECT number FROM read.case_index WHERE phase = 'closed' LIMIT 1")

    done = avvik("erase", number, "--ground", "retention", "--yes")

    assert done.returncode == 0, done.stderr
    lost = "SELECT count(*) FROM vault_item v JOIN read.case_index c USING (case_id)"
    assert await scalar(f"{lost} WHERE c.number = :n AND v.sealed IS NOT NULL", n=number) == 0
    assert await scalar(f"{lost} WHERE c.number <> :n AND v.sealed IS NOT NULL", n=number) > 0
    assert avvik("verify").returncode == 0


async def test_an_open_case_is_not_forgotten(norrvik):
    number = await scalar("SELECT number FROM read.case_index WHERE phase = 'acting' LIMIT 1")

    done = avvik("erase", number, "--ground", "retention", "--yes")

    assert done.returncode == 1
    assert "Avsluta ärendet" in done.stderr
    assert await scalar("SELECT count(*) FROM vault_key WHERE erased_at IS NOT NULL") == 0


async def test_the_shipped_policy_is_one_that_can_be_used(database):
    done = avvik("policy", "check", policy_files.DEFAULT)

    assert done.returncode == 0
    assert "version 1" in done.stdout


async def test_a_policy_that_closes_the_way_to_sas_is_refused(database, tmp_path):
    file = tmp_path / "policy.toml"
    told = policy_files.DEFAULT.read_text(encoding="utf-8")
    file.write_text(told.replace("sas_position = true", ""), encoding="utf-8")

    done = avvik("policy", "load", file)

    assert done.returncode == 1
    assert "måste gå till SAS" in done.stderr
    assert await scalar("SELECT count(*) FROM policy") == 0


async def test_a_policy_is_loaded_once_and_never_changed(database, tmp_path):
    file = tmp_path / "policy.toml"
    told = policy_files.DEFAULT.read_text(encoding="utf-8")
    file.write_text(told.replace("version = 1", "version = 7"), encoding="utf-8")

    assert avvik("policy", "load", file).returncode == 0
    assert avvik("policy", "load", file).returncode == 1
    assert json.loads(avvik("policy", "show").stdout)["version"] == 7


async def test_doctor_says_what_is_missing(database):
    done = avvik("doctor", AVVIK_NATS_URL="nats://127.0.0.1:1")

    assert done.returncode == 1
    assert "Det finns ingen enhet." in done.stdout
    assert "NATS svarar inte." in done.stdout


async def test_the_first_administrator_is_added_from_the_command_line(database):
    words = ("account", "add", "nils", "--name", "Nils Ask", "--role", "admin")

    assert avvik(*words, "--password", "kort").returncode == 1
    done = avvik(*words, "--password", "en lång lösenfras")

    assert done.returncode == 0, done.stderr
    assert "nils kan logga in" in done.stdout


def test_without_servers_a_command_says_so_in_one_sentence(tmp_path, monkeypatch):
    for name in ("AVVIK_DATABASE_URL", "AVVIK_NATS_URL"):
        monkeypatch.delenv(name, raising=False)

    done = avvik("verify", AVVIK_DATA_DIR=str(tmp_path))

    assert done.returncode == 2
    assert done.stderr.startswith("Ingen Avvik kör på datakatalogen")
    assert done.stderr.count("\n") == 1


async def test_texts_are_classified_from_a_file(database, tmp_path):
    file = tmp_path / "texts.jsonl"
    file.write_text(
        '{"id": 1, "text": "Kvällsbesöket blev inte av.", "category": "utebliven_insats"}\n'
        '{"text": "Han tackade nej till dusch.", "category": "not_a_deviation"}\n',
        encoding="utf-8",
    )

    first, second = map(json.loads, avvik("classify", file).stdout.splitlines())
    told = json.loads(avvik("evaluate", file).stdout)

    assert (first["id"], first["label"]) == (1, "utebliven_insats")
    assert second["label"] == "not_a_deviation"
    assert told["right"] == told["texts"] == 2
