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
    """A finished generation: its name as `folder.commit`, and what it holds as its manifest says.

    `damage` says why its manifest cannot be read, where it cannot: then its name is that of the folder alone.
    """

    name: str
    manifest: Manifest | None
    damage: str | None = None

    @property
    def size(self) -> int:
        """Bytes of its files."""
        return 0 if self.manifest is None else sum(file.size for file in self.manifest.files)


def kept_generations(root: Path) -> Iterator[KeptGeneration]:
    """All finished generations that are not set aside, the one of CURRENT first. Raises StorageFailed."""
    for generation in newest_first(root):
        try:
            manifest = generation.manifest()
        except GenerationDamaged as error:
            # A rebuild that ended meanwhile has removed it, or it is damaged.
            if generation.folder.is_dir():
                yield KeptGeneration(name=str(generation.number), manifest=None, damage=error.reason)
        else:
            yield KeptGeneration(name=generation.name_of(manifest), manifest=manifest)


def find_kept(root: Path, name: str) -> Generation:
    """The generation of this name, `folder.commit`. Raises GenerationUnknown and StorageFailed."""
    for generation in newest_first(root):
        try:
            if generation.name_of(generation.manifest()) == name:
                return generation
        except GenerationDamaged:
            continue
    raise GenerationUnknown("no generation of this name is kept; see the list of those that are")
