"""The identifiers of a plan: who has which, and which references lead nowhere."""

import re
from collections.abc import Iterator
from typing import Final

from attrs import Factory, define

from missionkit.formats import codes
from missionkit.formats.stratml.ledger import Ledger
from missionkit.formats.stratml.vocabulary import REFERENCES, is_placeholder
from missionkit.formats.xmltree import Node
from missionkit.issue import did_you_mean

_SOUND: Final = re.compile(r"[^\W\d][\w.\-]*")
_MOST_COMPARED: Final = 2_000


@define(eq=False)
class Identifiers:
    """Which element has an identifier: the first one, where several have it."""

    owners: dict[str, Node] = Factory(dict)
    references: list[tuple[str, Node]] = Factory(list)

    def note(self, node: Node, ledger: Ledger) -> None:
        """Note *node*, if it is an identifier or a reference to one."""
        said = node.text.strip()
        if node.name == "Identifier" and node.parent and said:
            self._note_identifier(said, node, node.parent, ledger)
        elif node.name in REFERENCES and said:
            self.references.append((said, node))

    def _note_identifier(
        self, said: str, node: Node, owner: Node, ledger: Ledger
    ) -> None:
        if is_placeholder(said):
            message = f"the Identifier of {owner.name} is a placeholder"
            ledger.report(codes.PLACEHOLDER, message, node, value=said)
            return
        if not _SOUND.fullmatch(said):
            wrong = "begins with a digit" if said[0].isdigit() else "is no XML id"
            message = f"the Identifier of {owner.name} {wrong}"
            ledger.report(codes.BAD_IDENTIFIER, message, node, value=said)
        first = self.owners.setdefault(said, owner)
        if first is not owner:
            message = (
                f"the Identifier of {owner.name} is also that of {first.name}"
                f" in line {first.line}, column {first.column}"
            )
            ledger.report(codes.DUPLICATE_IDENTIFIER, message, node, value=said)

    def owner(self, said: str) -> Node | None:
        """Return the element that has the identifier, or None."""
        return self.owners.get(said.strip())

    def report_dangling(self, ledger: Ledger) -> None:
        """Report each reference to an identifier that nothing has."""
        for said, node in self._dangling():
            if is_placeholder(said):
                message = f"{node.name} is a placeholder"
                ledger.report(codes.PLACEHOLDER, message, node, value=said)
            else:
                message = f"{node.name} refers to an identifier that nothing has"
                near = did_you_mean(said, self.owners) if self._few() else ""
                ledger.report(codes.DANGLING, message, node, fix=near, value=said)

    def _dangling(self) -> Iterator[tuple[str, Node]]:
        return ((said, node) for said, node in self.references if not self.owner(said))

    def _few(self) -> bool:
        """Return whether there are so few that looking for the nearest is quick."""
        return len(self.owners) * max(1, len(self.references)) <= _MOST_COMPARED * 10
