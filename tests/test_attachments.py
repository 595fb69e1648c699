"""Files: what is taken, what is refused, and that nobody else can read them."""

import asyncio
import hashlib
import io
import zipfile
from uuid import uuid4

import pytest
from sqlalchemy import Text, cast, literal_column, select, table, update

from infra.db import transaction
from infra.tables import Attached
from infra.vault import attachments
from infra.vault.attachments import MAX_BYTES, MAX_PER_CASE, AttachmentRefused
from infra.vault.case_keys import CaseErased
from infra.vault.file_types import FileType, file_type, named_as_it_is
from infra.vault.keyring import SealBroken
from infra.vault.words import erase_case

PDF = b"%PDF-1.7 Greta Garbo"


def packed(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


XLSX = ("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileType.JPEG),
        (b"\x89PNG\r\n\x1a\n\x00", FileType.PNG),
        (b"GIF87a", FileType.GIF),
        (b"GIF89a", FileType.GIF),
        (PDF, FileType.PDF),
        (packed(*XLSX), FileType.XLSX),
        (packed(*XLSX, "xl/vbaProject.bin"), None),
        (packed("[Content_Types].xml", "word/document.xml"), None),
        (packed(*XLSX)[:-8], None),
        (b"PK\x03\x04 not a zip", None),
        (b"MZ\x90\x00", None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html>%PDF-1.7", None),
        (b"\x89PNG", None),
        (b"", None),
    ],
)
def test_the_bytes_tell_what_a_file_is(content, found):
    assert file_type(content) is found


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("Greta.pdf", "Greta.pdf"),
        ("Greta.PDF", "Greta.PDF"),
        ("Greta.exe", "Greta.exe.pdf"),
        ("..\\..\\Greta.pdf", "Greta.pdf"),
        ("/etc/passwd", "passwd.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("Greta\u202efdp.exe", "Gretafdp.exe.pdf"),
        ("...", "bilaga.pdf"),
        ("", "bilaga.pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_a_name_is_made_safe_and_true(claimed, shown):
    assert named_as_it_is(claimed, FileType.PDF) == shown


async def test_a_file_comes_back_whole_and_the_database_never_saw_it(session):
    case_id, attachment_id = uuid4(), uuid4()
    kept = await attachments.add(session, case_id, attachment_id, "Greta Garbo.pdf", PDF)

    assert (kept.name, kept.size, kept.media_type) == ("Greta Garbo.pdf", 20, "application/pdf")
    assert kept.sha256 == hashlib.sha256(PDF).digest()
    assert await attachments.read(session, case_id, attachment_id) == (kept, PDF)
    assert await attachments.list_of_case(session, case_id) == [kept]
    assert await attachments.read(session, uuid4(), attachment_id) is None
    assert await attachments.list_of_case(session, uuid4()) == []
    assert "Greta" not in repr(kept)
    every = select(cast(literal_column("attachment"), Text)).select_from(table("attachment"))
    dump = "".join(await session.scalars(every))
    assert str(attachment_id) in dump
    assert "Greta" not in dump
    assert b"Greta".hex() not in dump


async def test_name_and_content_can_not_change_places(session):
    case_id, attachment_id = uuid4(), uuid4()
    await attachments.add(session, case_id, attachment_id, "a.pdf", PDF)
    await session.execute(update(Attached).values(sealed=Attached.sealed_name))

    with pytest.raises(SealBroken):
        await attachments.read(session, case_id, attachment_id)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-" + bytes(MAX_BYTES - 4), "too_large"),
        (b"MZ", "wrong_type"),
    ],
)
async def test_what_is_not_taken_is_refused_in_words(session, content, code):
    with pytest.raises(AttachmentRefused) as refused:
        await attachments.add(session, uuid4(), uuid4(), "bild.jpg", content)

    assert refused.value.code == code
    assert refused.value.message.endswith(".")


async def test_the_largest_file_is_taken(session):
    case_id, attachment_id = uuid4(), uuid4()
    largest = b"%PDF-" + bytes(MAX_BYTES - 5)
    await attachments.add(session, case_id, attachment_id, "a.pdf", largest)

    _, content = await attachments.read(session, case_id, attachment_id)
    assert content == largest


async def test_the_same_file_again_is_one_file_and_another_is_refused(session):
    case_id, attachment_id = uuid4(), uuid4()
    first = await attachments.add(session, case_id, attachment_id, "a.pdf", PDF)

    assert await attachments.add(session, case_id, attachment_id, "a.pdf", PDF) == first
    for case, content in [(case_id, PDF + b"!"), (uuid4(), PDF)]:
        with pytest.raises(AttachmentRefused) as refused:
            await attachments.add(session, case, attachment_id, "a.pdf", content)
        assert refused.value.code == "other_content"


async def test_no_case_gets_more_than_its_ten_even_when_they_come_together(database):
    case_id = uuid4()

    async def add():
        async with transaction() as session:
            await attachments.add(session, case_id, uuid4(), "a.pdf", PDF)

    ends = await asyncio.gather(*(add() for _ in range(14)), return_exceptions=True)
    assert sum(end is None for end in ends) == MAX_PER_CASE
    assert {end.code for end in ends if end is not None} == {"too_many"}


async def test_an_erased_file_gives_room_and_stays_erased(session):
    case_id = uuid4()
    ids = [uuid4() for _ in range(MAX_PER_CASE)]
    for attachment_id in ids:
        await attachments.add(session, case_id, attachment_id, "a.pdf", PDF)
    await attachments.erase(session, ids[0])

    await attachments.add(session, case_id, uuid4(), "b.pdf", PDF)
    again = await attachments.add(session, case_id, ids[0], "a.pdf", PDF)
    assert (again.name, again.sha256) == (None, None)
    assert await attachments.read(session, case_id, ids[0]) is None


async def test_files_go_with_their_case(session):
    case_id, attachment_id = uuid4(), uuid4()
    await attachments.add(session, case_id, attachment_id, "a.pdf", PDF)
    await erase_case(session, case_id)

    row = (await session.execute(select(Attached.sealed, Attached.sealed_name))).one()
    assert tuple(row) == (None, None)
    (left,) = await attachments.list_of_case(session, case_id)
    assert (left.name, left.sha256, left.size) == (None, None, 20)
    assert await attachments.read(session, case_id, attachment_id) is None
    with pytest.raises(CaseErased):
        await attachments.add(session, case_id, uuid4(), "a.pdf", PDF)
