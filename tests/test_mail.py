"""Notices by mail, against a real SMTP server: fixed words, nothing lost, nothing hidden."""

import datetime as dt
import ipaddress
import ssl
from urllib.parse import quote
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from structlog.testing import capture_logs

from infra import clock, settings, store
from infra.db import transaction
from infra.embedded import ports
from services.intake.accept import Report
from services.intake.form import ReportForm
from services.intake.group import accept_together
from services.notify.channels import CHANNELS
from services.notify.deliver import deliver
from services.notify.plan import notify
from services.trace import new_trace
from tests.mail_server import mail_server
from tests.product import norrvik, product
from tests.stream_support import scalar, so

WORDS = "Ny avvikelse på Hemtjänsten Solrosen. Logga in för att läsa."
FORM = {"unit": "solrosen", "text": "Kvällsbesöket blev aldrig av."}


@pytest.fixture
def use_mail(monkeypatch):
    def use(url):
        monkeypatch.setenv("AVVIK_SMTP_URL", url)
        settings.settings.cache_clear()

    return use


async def a_notice_waits():
    """File a report and write its notice, as the web and the handler do."""
    await norrvik()
    report = Report(uuid4(), ReportForm(**FORM), clock.now(), "system:test", new_trace())
    [accepted] = await accept_together([report])
    async with transaction() as session:
        history = (await store.load(session, [accepted.case_id]))[accepted.case_id]
        await notify(session, history)
    assert await _state() == "waiting"
    return accepted.case_id


async def _state():
    return await scalar("SELECT state FROM notice")


async def _try(pauses=(0.0,) * 6):
    with capture_logs() as lines:
        assert await deliver(CHANNELS["mail"], pauses) == 1
    return [line["event"] for line in lines if line["event"].startswith("notice.")]


async def test_the_units_manager_is_told_one_fixed_sentence(database, stream, tmp_path):
    with mail_server() as mails:
        async with product(tmp_path, smtp_url=mails.url, mail_from="avvik@norrvik.se") as it:
            await it.client.put(
                f"/api/v1/reports/{uuid4()}", headers=it.as_("medarbetare"), json=FORM
            )
            await so(lambda: _is("sent"))
    [mail] = mails.messages
    assert mail["To"] == "chef@norrvik.example"
    assert mail["From"] == "avvik@norrvik.se"
    assert mail["Subject"] == WORDS
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content() == f"{WORDS}\r\n"
    assert not mail.is_multipart()


async def _is(state):
    return await _state() == state


async def test_a_refusal_for_now_is_tried_again(database, use_mail):
    with mail_server() as mails:
        use_mail(mails.url)
        await a_notice_waits()
        mails.answers = ["451 try later"]
        assert await _try() == ["notice.later"]
        assert await _state() == "waiting"
        assert mails.raw == []
        assert await _try() == ["notice.sent"]
        assert [mail["Subject"] for mail in mails.messages] == [WORDS]
        assert await _state() == "sent"
        assert await deliver(CHANNELS["mail"]) == 0


async def test_the_next_try_waits_for_its_pause(database, use_mail):
    with mail_server() as mails:
        use_mail(mails.url)
        await a_notice_waits()
        mails.answers = ["451 try later"]
        assert await _try(pauses=(3600.0,)) == ["notice.later"]
        assert await deliver(CHANNELS["mail"]) == 0
        assert await scalar("SELECT try_at > now() + interval '50 minutes' FROM notice")


async def test_a_refusal_for_good_becomes_a_fact_of_the_case(database, use_mail):
    with mail_server() as mails:
        use_mail(mails.url)
        case_id = await a_notice_waits()
        mails.answers = ["550 no such person"]
        assert await _try() == ["notice.undeliverable"]
        assert await _state() == "undeliverable"
        assert await scalar("SELECT reason FROM notice") == "recipient_refused"
        assert await _fact(case_id) == {"notice": "received", "to": "unit_manager"}
        assert await deliver(CHANNELS["mail"]) == 0


async def _fact(case_id):
    return await scalar(
        "SELECT body FROM event WHERE type = 'case.notice_undeliverable' AND case_id = :case",
        case=case_id,
    )


async def test_while_the_server_is_away_the_notice_waits(database, use_mail):
    port = ports.free_port()
    use_mail(f"smtp://127.0.0.1:{port}")
    case_id = await a_notice_waits()
    assert await _try() + await _try() == ["notice.later"] * 2
    assert await _state() == "waiting"
    assert await _fact(case_id) is None
    with mail_server(port) as mails:
        assert await _try() == ["notice.sent"]
    assert len(mails.raw) == 1


async def test_a_server_that_stays_away_is_told_in_the_case_at_last(database, use_mail):
    use_mail(f"smtp://127.0.0.1:{ports.free_port()}")
    case_id = await a_notice_waits()
    tries = [await _try(pauses=(0.0, 0.0)) for _ in range(3)]
    assert tries == [["notice.later"], ["notice.later"], ["notice.undeliverable"]]
    assert await _fact(case_id)


async def test_a_second_copy_can_be_told_by_its_id(database, use_mail):
    with mail_server() as mails:
        use_mail(mails.url)
        await a_notice_waits()
        await _try()
        async with transaction() as session:  # as if it died before it could note it
            connection = await session.connection()
            await connection.exec_driver_sql("UPDATE notice SET state = 'waiting'")
        await _try()
    first, second = mails.messages
    assert first["Message-ID"] == second["Message-ID"]


async def test_the_way_in_is_encrypted_and_has_a_login(
    database, use_mail, tmp_path, monkeypatch
):
    context = _certified(tmp_path, monkeypatch)
    options = {"tls_context": context, "require_starttls": True, "auth_required": True}
    with mail_server(**options) as mails:
        account = f"{quote('åke@norrvik', safe='')}:{quote('p:ss/ö', safe='')}"
        await _a_login_is_the_operators_to_mend(mails, use_mail)
        use_mail(mails.url.replace("smtp://", f"smtp+starttls://{account}@"))
        assert await _try() == ["notice.sent"]
        assert mails.logins[-1] == ("åke@norrvik", "p:ss/ö")
        assert len(mails.raw) == 1


async def _a_login_is_the_operators_to_mend(mails, use_mail):
    """Neither a wrong password nor a missing STARTTLS makes a person unreachable."""
    use_mail(mails.url.replace("smtp://", "smtp+starttls://chef:wrong@"))
    case_id = await a_notice_waits()
    assert await _try() == ["notice.later"]
    use_mail(mails.url)
    assert await _try() == ["notice.later"]
    assert await _state() == "waiting"
    assert await _fact(case_id) is None


async def test_an_unknown_certificate_gets_no_password(database, use_mail, tmp_path):
    context = _certified(tmp_path, None)
    with mail_server(tls_context=context, require_starttls=True, auth_required=True) as mails:
        use_mail(mails.url.replace("smtp://", "smtp+starttls://chef:secret@"))
        await a_notice_waits()
        assert await _try() == ["notice.later"]
        assert mails.logins == []


def _certified(where, monkeypatch):
    """A server's context with a certificate of its own, which this process then trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = where / "mail.pem"
    pem.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    if monkeypatch:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return context
