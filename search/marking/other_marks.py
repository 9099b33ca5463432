"""Which marks show another way to write what was typed, and which way: no synonym is found in silence."""

from collections.abc import Collection, Iterable, Sequence

from index.text.characters import CompactText
from search.marking.sought import Form, Sought
from search.results import OtherMark, Span


def other_marks(sought: Sequence[Sought], folded: str, spans: Sequence[Span]) -> tuple[OtherMark, ...]:
    """Those of the highlights of a part that another way to write a run accounts for, and nothing that was
    typed; `folded` is the text of the part."""
    if not any(one.others for one in sought):
        return ()
    known: dict[str, tuple[str, str] | None] = {}
    marks: list[OtherMark] = []
    for start, length in spans:
        marked = folded[start : start + length]
        if marked not in known:
            known[marked] = _shown_by(CompactText.of(marked), sought)
        ways = known[marked]
        if ways is not None:
            marks.append(OtherMark((start, length), *ways))
    return tuple(marks)


def _shown_by(marked: CompactText, sought: Sequence[Sought]) -> tuple[str, str] | None:
    """The run as it was typed and as it stands there; None where what was typed stands there."""
    if any(_accounts(one.own_forms, one.words, marked) for one in sought):
        return None
    for one in sought:
        for other in one.others:
            if _accounts(other.forms, other.words, marked):
                return one.text, other.text
    return None


def _accounts(forms: Iterable[Form], words: Collection[str], marked: CompactText) -> bool:
    return marked.text in words or any(form.stands_in(marked) for form in forms)
