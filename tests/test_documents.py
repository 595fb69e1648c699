"""The documents: readable for everyone, the same every time, and deaf to markup."""

import dataclasses
import io
import re
import traceback
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise

import pikepdf
import pypdf
import pytest

from events import OwnerType
from services.documents import (
    Attachment,
    Cause,
    Content,
    Event,
    NotePoint,
    Numbers,
    Operation,
    Person,
    Sender,
    content,
    decision_pdf,
    field_sheet_pdf,
    glyphs,
    investigation_pdf,
)
from services.documents.field_sheet import MARK
from services.documents.form import PARTS
from services.documents.investigation import values
from services.documents.typeset import NotTypeset, pdf
from tests.lex_sarah import CONTENT, INVESTIGATOR, note
from workflows.terms.points import POINTS

DOCUMENTS = {
    "investigation": investigation_pdf,
    "decision": decision_pdf,
    "field_sheet": field_sheet_pdf,
}
BARE = Content(
    made=date(2026, 11, 1),
    version=1,
    numbers=Numbers(ours="LS-2026-00009"),
    sender=Sender(owner=OwnerType.IN_HOUSE),
    operation=Operation(),
    event=Event(),
)
each = pytest.mark.parametrize("make", DOCUMENTS.values(), ids=DOCUMENTS)


def text_of(made):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def bare_letters(text):
    """Leave only what is read: no space, no hyphen and no unseen chance to break."""
    return re.sub(r"[\s\u00ad\u200b-]", "", unicodedata.normalize("NFKC", text))


def says(made, text):
    return bare_letters(text) in bare_letters(text_of(made))


def tags(made):
    """List every tag of the document in reading order, mapped to the standard's names."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        found = []

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for kid in node:
                    walk(kid)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    found.append(str(node.S))
                if "/K" in node:
                    walk(node.K)

        walk(pdf.Root.StructTreeRoot.K)
        return found


def with_notes(*texts):
    notes = tuple(note("else_emerged", it) for it in texts)
    return dataclasses.replace(CONTENT, notes=notes)


@each
def test_a_document_is_tagged_with_headings_and_tables(make):
    made = make(CONTENT)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.Lang == "sv-SE"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    found = tags(made)
    assert found.count("/H1") == 1
    assert {"/H2", "/Table", "/TH", "/TD"} <= set(found)
    rows = re.findall(r"/Table|/TH|/TD", " ".join(found))
    first = [cell for table, cell in pairwise(rows) if table == "/Table"]
    assert first == ["/TH"] * found.count("/Table")


@each
def test_a_document_says_who_made_it_and_which_standards_it_keeps(make):
    with pikepdf.open(io.BytesIO(make(CONTENT))) as pdf, pdf.open_metadata() as xmp:
        assert "LS-2026-00003" in str(pdf.docinfo["/Title"])
        assert xmp["dc:title"] == str(pdf.docinfo["/Title"])
        assert pdf.docinfo["/Author"] == "Omsorgsnämnden i Almby kommun"
        assert (xmp["pdfuaid:part"], xmp["pdfaid:part"]) == ("1", "2")
        assert xmp["pdfaid:conformance"] == "A"
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20261021")


@each
def test_every_font_lies_in_the_document(make):
    with pikepdf.open(io.BytesIO(make(CONTENT))) as pdf:
        fonts = [font for page in pdf.pages for font in page.resources.Font.values()]
        assert fonts
        for font in fonts:
            inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(inner.FontDescriptor.keys())


@each
def test_the_same_content_gives_the_same_bytes(make):
    assert make(CONTENT) == make(dataclasses.replace(CONTENT))
    assert make(CONTENT) != make(dataclasses.replace(CONTENT, made=date(2026, 10, 22)))


@each
def test_every_page_has_its_number(make):
    reader = pypdf.PdfReader(io.BytesIO(make(CONTENT)))
    for at, page in enumerate(reader.pages, start=1):
        assert f"Sida {at} av {len(reader.pages)}" in page.extract_text()


def test_there_is_no_place_for_the_name_of_who_reported():
    classes = [
        it
        for it in vars(content).values()
        if dataclasses.is_dataclass(it) and it.__module__ == content.__name__
    ]
    assert {Content, NotePoint, Attachment} <= set(classes)
    named = {(cls.__name__, it.name) for cls in classes for it in dataclasses.fields(cls)}
    assert not [it for it in named if re.search("reporter|rapport|individual_name", it[1])]
    assert {cls for cls, field in named if field == "name"} == {
        "Person",
        "Contact",
        "Sender",
        "Operation",
        "Attachment",
    }


def test_every_note_stands_with_all_that_a_note_must_carry():
    made = investigation_pdf(CONTENT)
    for it in CONTENT.notes:
        for line in it.text.splitlines():
            assert says(made, line)
        assert says(
            made, f"Källa: {it.source}. Antecknat av {it.author.name}, {it.author.title}"
        )
    assert says(made, "Faktisk omständighet 8 oktober 2026 kl. 14.10 Fredagen den 2 oktober")
    assert says(made, "Bedömning 9 oktober 2026 kl. 14.10 Kvinnan hade kunnat dö")


def test_the_nine_points_stand_in_order_each_with_a_heading():
    made = investigation_pdf(CONTENT)
    read = bare_letters(text_of(made))
    places = [
        read.index(bare_letters(f"{at}. {label}"))
        for at, label in enumerate(POINTS.values(), start=1)
    ]
    assert places == sorted(places)
    assert tags(made).count("/H3") == len(POINTS) == 9


def test_notes_of_a_point_are_read_in_the_order_they_were_written():
    first = note("causes", "Först skrivet.", day=3)
    then = note("causes", "Sedan skrivet.", day=4)
    read = text_of(investigation_pdf(dataclasses.replace(CONTENT, notes=(then, first))))
    assert read.index("Först skrivet.") < read.index("Sedan skrivet.")


def test_a_cause_stands_beside_each_of_its_measures_and_a_lonely_one_says_so():
    lonely = Cause(key="lonely", text="Ingen hade läst rutinen.")
    made = investigation_pdf(dataclasses.replace(CONTENT, causes=(lonely,)))
    assert says(made, "Ingen åtgärd är kopplad till orsaken.")
    assert text_of(made).count("Ingen orsak") == len(CONTENT.measures)
    assert text_of(investigation_pdf(CONTENT)).count("Utförd: 14 oktober 2026") == 2


def test_what_nobody_has_told_is_said_to_be_unknown():
    made = investigation_pdf(BARE)
    assert text_of(made).count("Uppgift saknas") > len(POINTS)
    assert says(made, "Utredningen är inte avslutad.")
    assert text_of(field_sheet_pdf(BARE)).count("Uppgift saknas") > len(POINTS)


def test_a_day_without_a_time_is_not_given_one():
    event = Event(began=date(2026, 10, 2))
    made = field_sheet_pdf(dataclasses.replace(CONTENT, event=event))
    assert says(made, f"Datum ({MARK}) 2 oktober 2026 Tid ({MARK}) Uppgift saknas")


def test_times_are_told_as_clocks_in_sweden_show_them():
    event = Event(began=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))
    made = field_sheet_pdf(dataclasses.replace(CONTENT, event=event))
    assert says(made, f"Datum ({MARK}) 1 januari 2027 Tid ({MARK}) 00.30")


def test_the_decision_tells_outcome_reasons_right_and_what_was_decided_about_ivo():
    made = decision_pdf(CONTENT)
    assert says(made, "Allvarligt missförhållande Händelsen ska anmälas till Inspektionen")
    assert says(made, CONTENT.decision.reasons)
    assert says(made, "Anna Wikström, socialchef")
    assert says(made, "Omsorgsnämndens delegationsordning, punkt 4.7")
    kept = dataclasses.replace(CONTENT.decision, outcome="misconduct", notify_ivo=False)
    assert says(
        decision_pdf(dataclasses.replace(CONTENT, decision=kept)),
        "Missförhållande Händelsen anmäls inte till Inspektionen",
    )


def test_there_is_no_decision_document_before_there_is_a_decision():
    with pytest.raises(ValueError, match="no decision"):
        decision_pdf(dataclasses.replace(CONTENT, decision=None))


def test_the_field_sheet_has_every_field_in_order_and_marks_what_is_not_confirmed():
    made = field_sheet_pdf(CONTENT)
    read, at = bare_letters(text_of(made)), 0
    for part in PARTS:
        at = read.index(bare_letters(part.title), at)
        for field in part.fields:
            mark = "" if field.confirmed else f"({MARK})"
            at = read.index(bare_letters(field.label + mark), at)
    doubted = [it for part in PARTS for it in part.fields if not it.confirmed]
    assert text_of(made).count(f"({MARK})") == len(doubted) > 20


def test_the_form_has_as_many_fields_as_have_been_seen():
    assert [len(it.fields) for it in PARTS] == [3, 3, 8, 7, 1, 1, 1, 3, 4]
    assert sum(len(it.fields) for it in PARTS if it.confirmed) == 13


def test_every_known_value_is_on_the_field_sheet():
    made = field_sheet_pdf(CONTENT)
    for part in (CONTENT.sender.contact, CONTENT.operation, CONTENT.sender, CONTENT.event):
        told = [getattr(part, it.name) for it in dataclasses.fields(part)]
        for value in (it for it in told if isinstance(it, str) and " " in it):
            assert says(made, value)
    for value in ("212000-0000", "Almby", "ON 2026/418", "Socialtjänstlagen (SoL)"):
        assert says(made, value)
    for it in (*CONTENT.causes, *CONTENT.measures, *CONTENT.protections):
        assert says(made, it.text)


def test_what_was_done_at_once_is_told_in_the_order_it_was_done():
    read = text_of(field_sheet_pdf(CONTENT))
    told = [read.index(f"{day} oktober 2026: ") for day in (5, 14)]
    told.insert(0, read.index("4 oktober 2026 kl. 07.42: "))
    told.insert(2, read.index("8 oktober 2026 kl. 16.00: "))
    assert told == sorted(told)


def test_the_field_sheet_says_how_it_may_be_sent_and_that_it_can_not_be_changed():
    made = field_sheet_pdf(CONTENT)
    assert says(made, "Inget kan ändras hos IVO när anmälan är skickad.")
    assert says(made, "Skicka i IVO:s e-tjänst eller med post. Skicka aldrig med e-post")
    assert says(made, "Jämför med IVO:s formulär innan du för in något.")


@pytest.mark.parametrize(
    ("ground", "ticked"),
    [
        ("serious_misconduct", "EttallvarligtmissförhållandeKryssai."),
        ("tangible_risk_serious", "EnpåtagligriskförettallvarligtmissförhållandeKryssai."),
    ],
)
def test_one_of_the_two_grounds_is_ticked(ground, ticked):
    read = bare_letters(text_of(field_sheet_pdf(dataclasses.replace(CONTENT, ground=ground))))
    assert ticked in read
    assert read.count("missförhållandeKryssai.") == 1


def test_a_provision_nobody_has_verified_is_marked():
    for make in DOCUMENTS.values():
        made = make(CONTENT)
        assert says(made, "SOSFS 2011:5, 5 kap. (inte bekräftat)")
        assert text_of(made).count("(inte bekräftat)") == 1


HOSTILE = {
    "code": '#import "@preview/x:1.0.0": * #read("/etc/passwd") #panic()',
    "math": "$ x^2 $ 100 $ och $",
    "marks": "*fet* _kursiv_ `kod` = rubrik - lista + nummer <etikett> @hänvisning",
    "comment": "före // efter /* kvar */ slut",
    "backslash": r"C:\u{41}\n \\ \# \*",
    "quotes": '"citat" \'och\' {"a": 1} ]) }',
    "other alphabets": "ελληνικά Привет",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_what_a_person_writes_is_never_read_as_markup(text):
    whole = dataclasses.replace(
        with_notes(text),
        operation=Operation(name=text),
        decision=dataclasses.replace(CONTENT.decision, reasons=text),
    )
    for make in DOCUMENTS.values():
        assert says(make(whole), text)


UNDRAWABLE = {
    "emoji": ("😢", "[tecken: crying face]"),
    "joined emoji": ("👩\u200d👧", "[tecken: woman][tecken: girl]"),
    "heart": ("a ❤\ufe0f b", "a ❤ b"),
    "chinese": ("中", "[tecken: cjk unified ideograph-4e2d]"),
    "private": ("\ue000", "[tecken: U+E000]"),
    "half a pair": ("\ud800", "[tecken: U+D800]"),
    "unassigned": ("\u0378", "[tecken: U+0378]"),
    "controls": ("a\x00\x07\x1b[31mb", "a[31mb"),
    "direction": ("a\u202eb\u2066c", "abc"),
    "mark of another script": ("ب\u0327", "ب[tecken: combining cedilla]"),
    "mark alone": ("\u0327", "\u0327"),
    "precomposed": ("A\u030angsva\u0308gen", "Ångsvägen"),
    "mark on a line break": ("a\n\u0327b", "a\n[tecken: combining cedilla]b"),
    "tower of marks": (
        "a" + "\u0327" * 40_000,
        "a" + "\u0327" * 4 + "[tecken: combining cedilla] × 39996",
    ),
    "strange spaces": ("a\u2003b\tc\u3000d", "a b c d"),
    "line breaks": ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
    "soft hyphen": ("lar\u00admet", "larmet"),
}


@pytest.mark.parametrize(("text", "shown"), UNDRAWABLE.values(), ids=UNDRAWABLE)
def test_what_can_not_be_drawn_is_named_and_the_document_is_made(text, shown):
    assert glyphs.showable(text) == shown
    assert investigation_pdf(with_notes(text))


def test_the_fonts_have_every_character_we_say_they_have():
    for font in (glyphs.SERIF, glyphs.MONO):
        letters = [chr(code) for low, high in font for code in range(low, high + 1)]
        text = " ".join(letters)
        assert investigation_pdf(with_notes(text))
        assert len(glyphs.showable(text)) > len(letters)
        assert "[tecken" not in glyphs.showable(text)


@pytest.mark.parametrize("text", ["سقطت المرأة في الحمام ولم تستطع طلب المساعدة.", "שלום"])
def test_what_is_written_from_right_to_left_is_kept(text):
    assert glyphs.showable(text) == text
    assert investigation_pdf(with_notes(text))


def test_a_story_without_end_runs_over_many_pages_and_is_all_there():
    words = " ".join(f"ord{at}" for at in range(5000))
    made = investigation_pdf(with_notes(f"{words} {words[:20_000]}"))
    read = text_of(made).replace("-\n", "")
    assert {int(it) for it in re.findall(r"ord(\d+)", read)} >= set(range(5000))


@pytest.mark.parametrize("letter", ["x", "7"])
def test_an_endless_word_stays_on_the_paper(letter):
    event = dataclasses.replace(CONTENT.event, description=letter * 5000)
    for make in (investigation_pdf, field_sheet_pdf):
        made = make(dataclasses.replace(with_notes(letter * 5000), event=event))
        lines = [it for it in text_of(made).splitlines() if letter * 9 in it]
        assert sum(it.count(letter) for it in lines) >= 5000
        assert max(len(it) for it in lines) < 120


def test_a_long_table_says_its_headings_again_on_the_next_page():
    causes = tuple(Cause(key=str(at), text="Rutinen saknas. " * 12) for at in range(20))
    made = investigation_pdf(dataclasses.replace(CONTENT, causes=causes, measures=()))
    assert text_of(made).count("Ansvar, tid och effekt") > 1


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: note("no_such_point", "x"),
        lambda: Cause(key="a", text="x", area="no_such_area"),
        lambda: dataclasses.replace(CONTENT.position, outcome="bad"),
        lambda: dataclasses.replace(CONTENT.decision, outcome="measures"),
        lambda: dataclasses.replace(CONTENT, ground="misconduct"),
    ],
)
def test_a_code_nobody_knows_is_refused_at_once(wrong):
    with pytest.raises(ValueError, match="unknown code"):
        wrong()


def test_people_stand_with_their_titles_only_where_they_write_or_decide():
    assert says(investigation_pdf(CONTENT), f"{INVESTIGATOR.name}, {INVESTIGATOR.title}")
    assert isinstance(CONTENT.signer, Person)
    assert not says(investigation_pdf(CONTENT), CONTENT.signer.name)


def test_documents_made_at_once_in_many_threads_are_not_mixed_up():
    cases = [dataclasses.replace(CONTENT, version=at) for at in range(1, 9)]
    alone = [field_sheet_pdf(it) for it in cases]
    with ThreadPoolExecutor(max_workers=8) as threads:
        assert list(threads.map(field_sheet_pdf, cases)) == alone


@pytest.mark.parametrize(
    "text", ["😢 Greta", "á" + "\u0301" * 40_000], ids=["refused", "broken"]
)
def test_a_fault_of_the_typesetter_quotes_nobody_and_harms_no_other_document(text):
    raw = values(CONTENT)
    raw["points"][0]["notes"][0]["text"] = text
    with pytest.raises(NotTypeset) as failed:
        pdf("investigation", raw)
    told = "".join(traceback.format_exception(failed.value))
    assert "Greta" not in told
    assert "PanicException" not in told
    assert investigation_pdf(CONTENT)
