"""PDF files: lines of pages, what is no text of theirs, and files that cannot be read."""

import io

import pytest
from pypdf import PdfWriter

from index.readers.documents import pdf as module
from index.readers.documents.parsed import Stretch
from index.readers.documents.pdf import MAX_PAGES, parse_pdf
from index.readers.refusal import RefusedRecord
from tests.index.readers.documents.pdf_samples import locked, pdf

TITLE = "某省人民政府关于加快发展数字经济的意见"
TEXT = "各市、州人民政府："

PAGES = {
    "lines of all pages": ([[TITLE, TEXT], ["第二页的文字"]], [TITLE, TEXT, "第二页的文字"]),
    "page numbers at the foot": ([[TITLE, "- 1 -"], [TEXT, "— 2 —"], [TEXT, "3"]], [TITLE, TEXT, TEXT]),
    "page numbers in words": ([[TITLE, "第 1 页 共 2 页"], [TEXT, "2 / 2"]], [TITLE, TEXT]),
    "a page number at the head": ([["1", TITLE], ["2", TEXT]], [TITLE, TEXT]),
    "numbers inside a page": ([[TITLE, "2024", TEXT]], [TITLE, "2024", TEXT]),
    "a running head": (
        [["某省公报 第1期", TITLE], ["某省公报 第1期", TEXT], ["某省公报 第1期", "三"]],
        ["某省公报 第1期", TITLE, TEXT, "三"],
    ),
    "a foot that counts": (
        [[TITLE, "某省公报 12"], [TEXT, "某省公报 13"], ["三", "某省公报 14"]],
        [TITLE, "某省公报 12", TEXT, "三"],
    ),
    "what two pages share is no running head": ([[TITLE, TEXT], [TITLE, "二"]], [TITLE, TEXT, TITLE, "二"]),
    "lines that are the same inside of pages": ([["一", TEXT, "二"]] * 2, ["一", TEXT, "二"] * 2),
    "figures at the edges of pages": (
        [
            ["附表 1", "1 300 20.5", "2 310 21.7"],
            ["3 400 22.1", "4 410 30.0"],
            ["5 500 30.2", "6 510 31"],
            ["7 800 30.2", "2025"],
        ],
        [
            *["附表 1", "1 300 20.5", "2 310 21.7", "3 400 22.1", "4 410 30.0"],
            *["5 500 30.2", "6 510 31", "7 800 30.2", "2025"],
        ],
    ),
    "rows of figures with names": (
        [[TITLE, "甲市 5 310"], [TEXT, "乙市 6 20"], ["三", "甲市 7 14"], ["四", "甲市 9 15"]],
        [TITLE, "甲市 5 310", TEXT, "乙市 6 20", "三", "甲市 7 14", "四", "甲市 9 15"],
    ),
    "figures that do not count the pages": ([[TITLE, "12"], [TEXT, "15"]], [TITLE, "12", TEXT, "15"]),
    "a number on every other page": (
        [[TITLE, "7"], [TEXT], ["三", "9"], ["四"]],
        [TITLE, TEXT, "三", "四"],
    ),
    "the only page": ([[TITLE, "- 1 -"]], [TITLE]),
    "a head of year, issue and page": (
        [[f"2024年第12期 公报 {number}", f"{number}人"] for number in (7, 18, 9)]
        + [["2024年第12期 公报 10", TEXT]],
        ["2024年第12期 公报 7", "7人", "2024年第12期 公报 18", "18人", "9人", TEXT],
    ),
    "a number of a hundred digits": ([["表" + "9" * 100, TITLE]] * 3, ["表" + "9" * 100, TITLE]),
    "an empty page": ([[TITLE], [], [TEXT]], [TITLE, TEXT]),
}


@pytest.mark.parametrize(("pages", "lines"), PAGES.values(), ids=PAGES)
def test_lines(pages: list[list[str]], lines: list[str]) -> None:
    page = parse_pdf(pdf(pages))
    assert page.text.split("\n") == lines
    assert (page.meta.lines_end, page.encoding) == (len(page.text), "")


def test_the_title_among_the_properties_counts_where_a_line_says_the_same() -> None:
    assert parse_pdf(pdf([["公报", TITLE, TEXT]], title=TITLE)).meta.title == Stretch(3, 3 + len(TITLE))
    assert parse_pdf(pdf([["公报", TEXT]], title=TITLE)).meta.title is None
    assert parse_pdf(pdf([["公报", TEXT]], title="公报")).meta.title is None


def test_the_day_of_making_counts_where_the_text_names_no_year() -> None:
    made = "D:20240302080910+08'00'"
    assert parse_pdf(pdf([[TITLE]], created=made)).meta.published == "2024-03-02 08:09:10+08:00"
    assert parse_pdf(pdf([[TITLE, "二〇一九年五月六日"]], created=made)).meta.published is None
    assert parse_pdf(pdf([[TITLE, "2019年5月6日"]], created=made)).meta.published is None
    assert parse_pdf(pdf([[TITLE]], created="yesterday")).meta.published is None
    assert parse_pdf(pdf([[TITLE]])).meta.published is None


def test_a_file_that_everybody_may_open_is_opened() -> None:
    assert parse_pdf(locked(pdf([[TITLE]]), user="")).text == TITLE


def test_a_file_with_a_password_is_refused() -> None:
    with pytest.raises(RefusedRecord, match=r"^encrypted: .*password"):
        parse_pdf(locked(pdf([[TITLE]]), user="secret"))


@pytest.mark.parametrize("pages", [[[]], [["- 1 -"], ["- 2 -"]]], ids=["nothing", "page numbers only"])
def test_pictures_of_pages_are_refused(pages: list[list[str]]) -> None:
    with pytest.raises(RefusedRecord, match=r"^no-text: "):
        parse_pdf(pdf(pages))


WHOLE = pdf([[TITLE, TEXT]])
BROKEN = {
    "empty": b"",
    "something else": b"PK\x03\x04" + b"x" * 200,
    "half of it": WHOLE[: len(WHOLE) // 2],
    "a page tree in a ring": WHOLE.replace(b"/Kids[5 0 R]", b"/Kids[2 0 R]"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedRecord, match=r"^(unparsable-pdf|no-text): "):
        parse_pdf(data)


def test_too_many_pages_are_refused() -> None:
    writer = PdfWriter()
    for _ in range(MAX_PAGES + 1):
        writer.add_blank_page(10, 10)
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(RefusedRecord, match=r"^text-too-long: it has 2,001 pages"):
        parse_pdf(buffer.getvalue())


def test_half_of_a_surrogate_pair_is_shown_as_lost() -> None:
    assert parse_pdf(pdf([["科\ud83d技", "😀"]])).text == "科\ufffd技\n😀"


def test_a_machine_without_memory_is_no_fault_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(reader: object) -> None:
        raise MemoryError

    monkeypatch.setattr(module, "_pages", exhausted)
    with pytest.raises(MemoryError):
        parse_pdf(WHOLE)
