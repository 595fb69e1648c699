"""Policies of an older program, files that say too little, files that cannot be read."""

import copy
import json
import tomllib
from datetime import UTC, datetime

import pytest

from infra import policy_files
from infra.db import transaction
from infra.policy_files import UnreadablePolicy, read_file
from services import policies
from services.policies import default, from_file, policy_on
from tests.command_line import avvik
from workflows.rules.policy_check import BadPolicy, checked

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def old():
    """Return today's document as an older program might have known it, and its own choices."""
    found = copy.deepcopy(read_file(policy_files.DEFAULT)) | {"version": 7}
    found["targets"]["answer_reporter"]["working_days"] = 3
    del found["targets"]["investigate"]
    del found["notices"]["assigned"]
    del found["danger_words"]
    return found


async def store(document):
    async with transaction() as session:
        day = document["valid_from"]
        await policy_files.keep(session, document["version"], day, document)


async def test_what_an_older_program_did_not_know_comes_from_the_shipped_policy(session):
    with pytest.raises(BadPolicy):
        checked(old())
    await policy_files.keep(session, 7, old()["valid_from"], old())

    found = await policy_on(session, NOW)

    assert found.version == 7
    assert found.targets["answer_reporter"].working_days == 3
    assert found.targets["investigate"] == default().targets["investigate"]
    assert found.notices["assigned"] == default().notices["assigned"]
    assert found.danger_words == default().danger_words
    assert await policies.borrowed(session, 7) == [
        "danger_words",
        "notices.assigned",
        "targets.investigate",
    ]


async def test_the_document_itself_stays_as_it_was_stored(session):
    await policy_files.keep(session, 7, old()["valid_from"], old())
    await policy_on(session, NOW)

    [document] = await policy_files.stored(session)
    assert "investigate" not in document["targets"]


async def test_a_document_with_nothing_absent_borrows_nothing(session):
    whole = read_file(policy_files.DEFAULT)
    await policy_files.keep(session, 1, whole["valid_from"], whole)

    assert await policies.borrowed(session, 1) == []


async def test_show_tells_which_parts_are_the_programs_own(database):
    await store(old())

    done = avvik("policy", "show")

    assert json.loads(done.stdout)["version"] == 7
    assert done.stderr == (
        "Ur programmets egen policy: danger_words, notices.assigned, targets.investigate.\n"
    )


async def test_show_says_nothing_of_a_policy_that_says_everything_itself(database):
    assert avvik("policy", "show").stderr == ""


async def test_a_municipality_without_quiet_hours_keeps_none(session):
    document = read_file(policy_files.DEFAULT) | {"version": 7}
    del document["quiet_hours"]
    await policy_files.keep(session, 7, document["valid_from"], document)
    policies.forget()

    assert (await policy_on(session, NOW)).quiet_hours is None
    assert await policies.borrowed(session, 7) == []


SHIPPED = policy_files.DEFAULT.read_text(encoding="utf-8")


def without(words, *headings):
    """Leave out whole tables of a TOML document."""
    kept, skip = [], False
    for line in words.splitlines():
        if line.startswith("["):
            skip = line in headings
        if not skip:
            kept.append(line)
    return "\n".join(kept)


def test_a_file_says_everything_itself(tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text(without(SHIPPED, "[targets.investigate]", "[ladder]"), encoding="utf-8")
    assert "investigate" not in tomllib.loads(file.read_text(encoding="utf-8"))["targets"]

    with pytest.raises(BadPolicy) as bad:
        from_file(file)
    assert bad.value.faults == ["ladder saknas."]

    file.write_text(without(SHIPPED, "[targets.investigate]"), encoding="utf-8")
    with pytest.raises(BadPolicy) as bad:
        from_file(file)
    assert bad.value.faults == ["Målet investigate saknas i targets."]


def test_a_table_that_a_model_does_not_ask_for_is_still_asked_of_a_file(tmp_path, monkeypatch):
    """A later program may ship a table that the model itself can do without."""
    shipped = tmp_path / "shipped.toml"
    shipped.write_text(SHIPPED + '\n[[later]]\nname = "x"\n', encoding="utf-8")
    monkeypatch.setattr(policy_files, "DEFAULT", shipped)
    file = tmp_path / "policy.toml"
    file.write_text(SHIPPED, encoding="utf-8")

    with pytest.raises(BadPolicy) as bad:
        from_file(file)
    assert bad.value.faults == ["later saknas."]


def broken(line, words):
    lines = SHIPPED.splitlines()
    lines[line - 1] = words
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (broken(3, "version 1"), "Rad 3: ett likhetstecken saknas efter namnet."),
        (broken(3, "version = ett"), "Rad 3: värdet går inte att läsa. Sätt citattecken runt"),
        (broken(4, 'municipality = "Norrvik'), "Rad 4: en text är inte sluten"),
        (broken(5, "valid_from = 2020-02-31"), "Rad 5: dagen finns inte."),
        (broken(5, "valid_from = 2020-02-01 kl 3"), "Rad 5: något står efter värdet."),
        (broken(6, "version = 2"), "Rad 6: namnet eller rubriken finns redan."),
        (broken(6, "= 2"), "Rad 6: raden är varken en rubrik eller ett namn"),
        (broken(6, "[targets"), "Rad 6: en hakparentes runt rubriken är inte sluten."),
        (broken(6, 'a = "\\q"'), "Rad 6: ett omvänt snedstreck måste skrivas två gånger."),
        (broken(6, "a = { b = 1, b = 2 }"), "Rad 6: namnet finns redan inom klamrarna."),
        (broken(6, "a = { b = 1"), "Rad 6: en klammer är inte sluten."),
        ("a = [1 2]", "Rad 1: en lista är inte sluten."),
        ('a = "x', "Filens slut: en text saknar sitt sista citattecken."),
    ],
)
def test_a_file_that_is_no_toml_is_told_by_line_in_swedish(tmp_path, words, says):
    file = tmp_path / "policy.toml"
    file.write_text(words, encoding="utf-8")

    with pytest.raises(UnreadablePolicy) as bad:
        read_file(file)

    assert str(bad.value).startswith(says)
    assert str(bad.value).endswith(".")


def test_a_file_in_another_encoding_is_told_by_line(tmp_path):
    file = tmp_path / "policy.toml"
    file.write_bytes("version = 1\nmunicipality = 'Ås'".encode("latin-1"))

    with pytest.raises(UnreadablePolicy, match=r"^Rad 2: tecknen är inte UTF-8\.$"):
        read_file(file)


def test_a_file_that_is_not_there_is_said_not_to_be(tmp_path):
    with pytest.raises(UnreadablePolicy, match="finns inte"):
        read_file(tmp_path / "none.toml")
    with pytest.raises(UnreadablePolicy, match="går inte att läsa"):
        read_file(tmp_path)


async def test_check_stops_at_the_line_and_refuses(database, tmp_path):
    file = tmp_path / "policy.toml"
    file.write_text(broken(3, "version 1"), encoding="utf-8")

    done = avvik("policy", "check", file)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Rad 3: ett likhetstecken saknas efter namnet.\n"
