"""The master keys: what they lock, what they refuse, and what they never say."""

from base64 import b64encode
from datetime import date
from traceback import format_exception

import pytest

from infra.faults import CannotStart
from infra.settings import settings
from infra.vault.keyring import KeyMissing, SealBroken, keyring, new_master_key

OLD_KEY = "old:" + b64encode(bytes(range(32))).decode()
NEW_KEY = "new:" + b64encode(bytes(range(32, 64))).decode()


def test_what_is_sealed_opens_again_only_in_its_own_context(use_keys):
    use_keys(OLD_KEY)
    sealed = keyring().seal(b"Ada", b"account:1")

    assert keyring().open(sealed, b"account:1") == b"Ada"
    with pytest.raises(SealBroken):
        keyring().open(sealed, b"account:2")


@pytest.mark.parametrize("place", [0, 1, 3, 20, -1])
def test_one_changed_byte_breaks_the_seal(use_keys, place):
    use_keys(OLD_KEY)
    sealed = bytearray(keyring().seal(b"Ada", b""))
    sealed[place] ^= 1

    with pytest.raises((SealBroken, KeyMissing)):
        keyring().open(bytes(sealed), b"")


@pytest.mark.parametrize("bytes_", [b"", b"\x01", b"\x01\xff", b"\x02" * 200, b"\x01\x00"])
def test_what_is_not_a_seal_is_told_apart(use_keys, bytes_):
    use_keys(OLD_KEY)
    with pytest.raises(SealBroken):
        keyring().open(bytes_, b"")


def test_the_newest_key_locks_and_an_old_one_still_opens(use_keys):
    use_keys(OLD_KEY)
    sealed = keyring().seal(b"Ada", b"")
    wrapped = keyring().wrap(bytes(32), b"case")
    use_keys(NEW_KEY, OLD_KEY)

    assert keyring().current == "new"
    assert keyring().open(sealed, b"") == b"Ada"
    assert keyring().unwrap(*wrapped, b"case") == bytes(32)
    moved = keyring().reseal(sealed)
    use_keys(NEW_KEY)
    assert keyring().open(moved, b"") == b"Ada"
    with pytest.raises(KeyMissing):
        keyring().open(sealed, b"")


def test_a_file_may_have_comments_and_a_made_up_key_works(monkeypatch, use_keys, tmp_path):
    use_keys(OLD_KEY)
    file = tmp_path / "keys"
    file.write_text(f"# nyast först\n{new_master_key(date(2026, 3, 1))}\n\n{OLD_KEY}\n")
    monkeypatch.delenv("AVVIK_MASTER_KEY")
    monkeypatch.setenv("AVVIK_MASTER_KEY_FILE", str(file))
    settings.cache_clear()
    keyring.cache_clear()

    assert keyring().key_ids[0].startswith("20260301-")
    assert keyring().key_ids[1] == "old"


SECRET = b64encode(b"nyckelord" * 4).decode()


@pytest.mark.parametrize(
    "wrong",
    [SECRET, f"a:{SECRET}", f"a b:{SECRET}", f"{OLD_KEY},{OLD_KEY}", f"{OLD_KEY},b:{SECRET}!",
     f"{OLD_KEY},other:{OLD_KEY[4:]}", ",", "a:"],
)  # fmt: skip
def test_a_wrong_key_stops_the_start_without_being_shown(use_keys, wrong):
    use_keys(wrong)
    with pytest.raises(CannotStart) as stopped:
        keyring()

    told = "".join(format_exception(stopped.value))
    assert SECRET not in told
    assert OLD_KEY[4:] not in told


def test_no_key_or_two_places_stop_the_start(monkeypatch, use_keys, tmp_path):
    use_keys(OLD_KEY)
    monkeypatch.setenv("AVVIK_MASTER_KEY_FILE", str(tmp_path / "none"))
    settings.cache_clear()
    with pytest.raises(CannotStart, match="inte båda"):
        keyring()
    monkeypatch.delenv("AVVIK_MASTER_KEY")
    settings.cache_clear()
    with pytest.raises(CannotStart, match="går inte att läsa"):
        keyring()
    monkeypatch.delenv("AVVIK_MASTER_KEY_FILE")
    settings.cache_clear()
    with pytest.raises(CannotStart, match="saknas"):
        keyring()
