"""Queries that someone thought of who means harm: the worst, and what programs tripped over."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_GAP, MAX_QUERY

_FIRST_RARE: Final = 0x20000
"""Where the Han characters begin that hardly any text has."""


def _rare(count: int) -> str:
    return "".join(chr(_FIRST_RARE + 7 * number) for number in range(count))


def _different(count: int) -> str:
    return "".join(chr(0x4E00 + 37 * number) for number in range(count))


WORST: Final[Mapping[str, str]] = MappingProxyType(
    {
        "2,000 brackets": "(" * 2_000,
        "brackets as long as a query": "(" * MAX_QUERY,
        "brackets at the limit": "(" * MAX_DEPTH + "甲" + ")" * MAX_DEPTH,
        "brackets past the limit": "(" * (MAX_DEPTH + 1) + "甲 乙" + ")" * (MAX_DEPTH + 1),
        "brackets in turn": "()" * (MAX_QUERY // 2),
        "brackets in a word": "甲" + "(乙" * 200 + ")" * 200,
        "two kinds of brackets": "（(" * 128 + "甲" + "）)" * 128,
        "3,000 NOT": "NOT " * 3_000 + "甲",
        "NOT as long as a query": "NOT " * 127 + "甲",
        "minus as long as a query": "-" * (MAX_QUERY - 1) + "甲",
        "10,000 OR": " OR ".join("a" * 10_000),
        "operators and nothing else": "AND OR NOT " * 46,
        "OR at the limit": " OR ".join(_different(MAX_CLAUSES)),
        "OR past the limit": " OR ".join(_different(MAX_CLAUSES + 1)),
        "frequent characters": " ".join("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出"),
        "frequent characters in OR": " OR ".join(
            "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出"
        ),
        "frequent words negated": " ".join(f"-{word}" for word in "的一是在不了有和人这中大为上个国我以要他"),
        "frequent pairs": " ".join(
            ["的发 展的 中国 国的 发展 经济 工作 建设 政府 人民 社会 服务 企业 产业"] * 4
        ),
        "a star": "*",
        "stars": "*" * MAX_QUERY,
        "a star in front": "*科技",
        "a star behind one character": "的*",
        "question marks": "?????*z",
        "stems": " ".join(
            f"{stem}*"
            for stem in ["中国", "发展", "经济", "人民", "工作", "政府", "建设", "湖北", "广东", "科技"]
        ),
        "stems in OR": " OR ".join(["中国*", "发展*", "20*", "10*", "经济*"] * 8),
        "everything": "*:*",
        "a range": "[a TO zzzz]",
        "a regular expression": "(a+)+$",
        "a longer one": "/(a|aa)+$/ " + "a" * 40,
        "fuzzy": "科技~9 term~0.1",
        "near": '"的 是"~1000',
        "near with a huge number": f'"的 是"~{"9" * 400}',
        "near past the limit": f'"的 是"~{MAX_GAP + 1}',
        "near many times": " ".join(['"的 是"~1000'] * 40),
        "one character": "的" * MAX_QUERY,
        "one character, quoted": f'"{"的" * (MAX_QUERY - 2)}"',
        "one letter": "a" * MAX_QUERY,
        "one digit": "1" * MAX_QUERY,
        "one emoji": "😀" * MAX_QUERY,
        "two in turn": "的是" * (MAX_QUERY // 2),
        "a term of 8 kB in UTF-8": "字" * 2_700,
        "rare characters": _rare(MAX_QUERY),
        "rare characters as words": " ".join(_rare(MAX_QUERY // 2)),
        "different characters": _different(MAX_QUERY),
        "different characters, quoted": f'"{_different(MAX_QUERY - 2)}"',
        "different characters as words": " ".join(_different(MAX_CLAUSES)),
        "marks": "，。！？；：" * 85,
        "all ASCII marks": "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~" * 15,
        "quotes": '"' * (MAX_QUERY - 1),
        "quotes that close others": '“「《"' * 128,
        "quotes in a row": '"a"' * 170,
        "fields": "title:" * 85,
        "fields and values": "来源：湖北日报 " * 60,
        "unknown fields": "nosuch:x " * 56,
        "dates": "年份:1900..2100 " * 30,
        "dates of no calendar": "date:99999-99-99..0000 year:-1 年份：２０２４..",
        "regions": " OR ".join(
            f"地区:{name}"
            for name in ["湖北", "广东", "北京", "上海", "浙江", "江苏", "四川", "河南", "山东", "湖南"]
        ),
        "document numbers": "国发〔2024〕1号 " * 40,
        "numerals": "一百二十三亿四千五百六十七万八千九百零一元 " * 20,
        "numbers": " ".join(f"{number}亿元" for number in range(64)),
        "percentages": " ".join(f"百分之{number}" for number in "一二三四五六七八九十" * 6),
        "other names": " ".join(["鄂 粤 京 沪 浙 苏 川 豫 鲁 湘 发改委 人社部 国资委 证监会"] * 5),
        "pinyin": "kejichuangxin " * 36,
        "one long pinyin": "zhangxiangwangliang" * 26,
        "pinyin of one vowel": "xi'an" * 102,
        "first letters": "kjcx " * 100,
        "traditional": "臺灣發展與創新驅動戰略" * 46,
        "full width": "ＡＢＣ１２３" * 85,
        "mojibake": "æ¹åçç§æåæ°" * 40,
        "other mojibake": "娌虫箹鐨勭鎶€鍒涙柊" * 50,
        "entities": "&amp;" * 102,
        "NUL": "湖\x00北" * 170,
        "controls": "".join(map(chr, range(32))) * 16,
        "bidi": "\u202e湖北\u2066武汉\u2069" * 60,
        "zero width": "\u200b" * MAX_QUERY,
        "zero width between": "\u200b".join("科技创新" * 64),
        "joined emoji": "👨\u200d👩\u200d👧\u200d👦" * 73,
        "combining": "e" + "\u0301" * 511,
        "letters that grow when folded": "ﬃİß" * 170,
        "noncharacters": "\uffff\ufffe\U0010ffff" * 170,
        "private use": "\ue000\uf8ff\U000f0000" * 170,
        "surrogate": "科\ud800技",
        "the other surrogate": "\udfff" * 100,
        "line ends": "科技\r\n创新\u2028发展\u0085" * 40,
        "script": "<script>alert(1)</script>" * 20,
        "SQL": "'; DROP TABLE articles;-- " * 19,
        "format": "%s%n%x{0}{0.__class__}${jndi:ldap://x}" * 13,
        "path": "../../../../etc/passwd " * 22,
        "template": "{{ 7*7 }}{% for x in range(10**9) %}" * 14,
        "a long question": "请问在湖北省武汉市东湖高新区的科技型中小企业怎样申请研发费用加计扣除和人才补贴呢"
        * 11,
    }
)
"""The worst that somebody sat down and thought of."""

NAUGHTY: Final = (
    *(
        "",
        " ",
        "\u3000",
        "undefined",
        "null",
        "NaN",
        "Infinity",
        "1/0",
        "-1",
        "1e309",
        "0x7f",
        "١٢٣",
        "½",
        "①",
    ),
    *(
        "true",
        "[]",
        "{}",
        "\\",
        "\\\\",
        "'",
        '"',
        "`",
        "''",
        '""',
        "$HOME",
        "%00",
        "%FF",
        "%",
        "&",
        "=",
        "+",
        "#",
    ),
    *(
        "a:b:c",
        "title:",
        ":title",
        "title::",
        "标题：",
        "-title:",
        "~",
        "~5",
        '""~5',
        "**",
        "..",
        "date:..",
        "OR:OR",
    ),
    *(
        "Ω≈ç√∫",
        "田中さん",
        "사회과학원",
        "الكل",
        "עברית",
        "ปฏิบัติ",
        "Ṱ̺̺̕o͞",
        "﷽",
        "🏳️‍🌈",
        "𝕳𝖎",
        "ﬀ",
        "ı",
        "ſ",
        "\u1e9e",
    ),
    *("\ufeff", "\u00ad", "\u2028", "\u180e", "\u061c", "\u2060", "\x7f", "\x1b[31m", "\U000e0041", "\ufdd0"),
)
"""Short texts that programs have tripped over."""
