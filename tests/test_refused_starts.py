"""What cannot start says why: one sentence, exit code 2, no password."""

import socket
from pathlib import Path

import pytest

from tests.households import household, said, up


def test_a_data_directory_is_used_by_one_at_a_time(data_dir: Path) -> None:
    with household(data_dir) as house:
        sentence = said(up("--data-dir", str(data_dir), "--port", "0"))
        assert f"{data_dir} används redan" in sentence
        assert f"(process {house.process.pid})" in sentence
        assert house.answers()


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
        ({"AVVIK_PORT": "hemligt"}, "Inställningen AVVIK_PORT ska vara ett heltal"),
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


def test_a_wrong_word_on_the_command_line_is_exit_code_2() -> None:
    assert up("--port", "99999").returncode == 2
    assert up("--prot", "1").returncode == 2


def test_a_data_directory_that_cannot_be_one_is_said(data_dir: Path) -> None:
    (data_dir / "file").touch()
    answer = said(up("--port", "0", AVVIK_DATA_DIR=str(data_dir / "file")))
    assert answer.startswith(f"Datakatalogen {data_dir / 'file'} går inte att använda")
