"""Word files: paragraphs and tables in order, what is hidden, and files that cannot be read."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from index.readers.documents import word as module
from index.readers.documents.parsed import ParsedPage, Stretch
from index.readers.documents.word import parse_word
from index.readers.refusal import RefusedRecord

TITLE = "某市关于支持中小企业发展的若干措施"


def data_of(document: DocumentObject) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def parse_body(xml: str) -> ParsedPage:
    """The page of a document whose body is this."""
    document = Document()
    body = document.element.body
    wrapped = parse_xml(
        f"<w:body {nsdecls('w', 'm')} xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
        f" xmlns:v='urn:schemas-microsoft-com:vml'>{xml}</w:body>"
    )
    for child in list(wrapped):
        body.insert(len(body) - 1, child)
    return parse_word(data_of(document))


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"


BODIES = {
    "paragraphs": (paragraph(run("一")) + paragraph("") + paragraph(run("二") + run("三")), ["一", "二三"]),
    "line breaks, tabs, hyphens": (
        paragraph(
            "<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t><w:noBreakHyphen/><w:cr/></w:r>"
        ),
        ["一", "二 三-"],
    ),
    "a table between paragraphs": (
        paragraph(run("一"))
        + f"<w:tbl><w:tblPr/>{row(paragraph(run('甲')), paragraph(run('乙')))}"
        + f"{row(paragraph(run('丙')) + paragraph(run('丁')), paragraph(run('戊')))}</w:tbl>"
        + paragraph(run("二")),
        ["一", "甲\t乙", "丙", "丁", "戊", "二"],
    ),
    "smart tags, links, fields, insertions, content controls": (
        paragraph(
            f"<w:smartTag>{run('2024年')}</w:smartTag><w:hyperlink>{run('链接')}</w:hyperlink>"
            f"<w:fldSimple w:instr='PAGE'>{run('域')}</w:fldSimple>"
            f"<w:ins w:id='1' w:author='a'>{run('增')}</w:ins>"
            f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt>"
        )
        + f"<w:sdt><w:sdtContent>{paragraph(run('整段控件'))}</w:sdtContent></w:sdt>",
        ["2024年链接域增控件", "整段控件"],
    ),
    "what was taken out, and codes of fields": (
        paragraph(
            f"{run('留')}<w:del w:id='1' w:author='a'><w:r><w:delText>删</w:delText></w:r></w:del>"
            "<w:r><w:instrText>TOC</w:instrText></w:r>"
        ),
        ["留"],
    ),
    "a text box, once": (
        paragraph(
            f"{run('正文')}<w:r><mc:AlternateContent><mc:Choice Requires='v'><w:txbxContent>"
            f"{paragraph(run('某市人民政府文件'))}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
            f"{paragraph(run('某市人民政府文件'))}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["正文", "某市人民政府文件"],
    ),
    "a formula": (paragraph(f"{run('甲')}<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), ["甲x=1"]),
}


@pytest.mark.parametrize(("xml", "lines"), BODIES.values(), ids=BODIES)
def test_lines(xml: str, lines: list[str]) -> None:
    assert parse_body(xml).text.split("\n") == lines


def test_heads_and_feet_of_pages_are_left_out() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.add_paragraph("正文")
    assert parse_word(data_of(document)).text == "正文"


def test_the_title_is_the_one_paragraph_of_that_style() -> None:
    document = Document()
    document.add_paragraph("某市文件")
    document.add_paragraph(TITLE, style="Title")
    assert parse_word(data_of(document)).meta.title == Stretch(5, 5 + len(TITLE))
    document.add_paragraph("又一标题", style="Title")
    assert parse_word(data_of(document)).meta.title is None


def test_properties_count_only_where_the_text_agrees_or_is_silent() -> None:
    document = Document()
    document.add_paragraph(TITLE)
    assert parse_word(data_of(document)).meta.published is None
    document.core_properties.author = "王某"
    document.core_properties.title = TITLE
    document.core_properties.created = datetime(2024, 3, 2, 8, 9, tzinfo=UTC)
    page = parse_word(data_of(document))
    assert page.meta.title == Stretch(0, len(TITLE))
    assert page.meta.published is not None
    assert page.meta.published.startswith("2024-03-02 08:09:00")
    document.core_properties.title = "文档1"
    document.add_paragraph("2019年5月6日")
    page = parse_word(data_of(document))
    assert (page.meta.title, page.meta.published) == (None, None)


def test_a_file_without_text_is_refused() -> None:
    with pytest.raises(RefusedRecord, match=r"^no-text: "):
        parse_word(data_of(Document()))


def _with_document(xml: bytes) -> bytes:
    """A Word file whose main part is this."""
    buffer = io.BytesIO()
    whole = data_of(Document())
    with (
        zipfile.ZipFile(io.BytesIO(whole)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            made.writestr(name, xml if name == "word/document.xml" else source.read(name))
    return buffer.getvalue()


OLD = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600
REFUSED = {
    "empty": (b"", "bad-archive"),
    "no archive": (b"x" * 500, "bad-archive"),
    "the old form": (OLD, r"unparsable-word: it is of the old form `\.doc`"),
    "locked": (OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "an archive of something else": (_with_document(b"<a/>"), "unparsable-word"),
    "broken XML": (_with_document(b"<w:document"), "unparsable-word"),
    "a bomb": (_with_document(b" " * 100_000_000), "archive-too-large"),
    "entities": (
        _with_document(
            b'<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]><w:document xmlns:w="http://schemas.openxmlformats.org'
            b'/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>'
        ),
        "unparsable-word: it has a document type",
    ),
}


@pytest.mark.parametrize(("data", "reason"), REFUSED.values(), ids=REFUSED)
def test_refused(data: bytes, reason: str) -> None:
    with pytest.raises(RefusedRecord, match=f"^{reason}"):
        parse_word(data)


def test_a_machine_without_memory_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(element: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "_lines", exhausted)
    with pytest.raises(MemoryError):
        parse_body(paragraph(run(TITLE)))
