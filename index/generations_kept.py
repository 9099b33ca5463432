"""What generations there are in the folder of an index, and the one of a name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from index.errors import Cause, GenerationDamaged, PolicySearchError
from index.generation import Generation, Manifest, newest_first


class GenerationUnknown(PolicySearchError):
    """No generation that is kept has this name."""

    kind: ClassVar[str] = "generation-not-found"
    cause: ClassVar[Cause] = Cause.NOT_FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptGeneration:
    """A finished generation: its name as `folder.commit`, what it holds as its manifest says, and its size in
    bytes.

    `damage` says why its manifest cannot be read, where it cannot: then its name is that of the folder alone.
    A generation that lies in no folder has no files in its manifest.
    """

    name: str
    manifest: Manifest | None
    size: int
    damage: str | None = None


def kept_generations(root: Path) -> Iterator[KeptGeneration]:
    """All finished generations that are not set aside, the one of CURRENT first. Raises StorageFailed."""
    for generation in newest_first(root):
        try:
            manifest = generation.manifest()
        except GenerationDamaged as error:
            # A rebuild that ended meanwhile has removed it, or it is damaged.
            if generation.folder.is_dir():
                yield KeptGeneration(name=str(generation.number), manifest=None, size=0, damage=error.reason)
        else:
            size = sum(file.size for file in manifest.files)
            yield KeptGeneration(name=generation.name_of(manifest), manifest=manifest, size=size)


def find_kept(root: Path, name: str) -> Generation:
    """The generation of this name, `folder.commit`. Raises GenerationUnknown and StorageFailed."""
    for generation in newest_first(root):
        try:
            if generation.name_of(generation.manifest()) == name:
                return generation
        except GenerationDamaged:
            continue
    raise GenerationUnknown("no generation of this name is kept; see the list of those that are")
