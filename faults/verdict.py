"""The end of every fault command: figures, what was asked of them in words, and the exit status."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Verdict:
    """What one fault showed: figures, and demands that were met or not."""

    name: str
    figures: dict[str, object] = field(default_factory=dict)
    demands: list[tuple[str, bool]] = field(default_factory=list)

    def demand(self, words: str, *, is_met: bool) -> None:
        """Note a demand, with its figure in the words."""
        self.demands.append((words, is_met))

    @property
    def is_passed(self) -> bool:
        """Tell whether every demand was met, and there was one."""
        return bool(self.demands) and all(is_met for _, is_met in self.demands)

    def in_words(self) -> str:
        """Return it for people."""
        lines = [f"{self.name}: {'passed' if self.is_passed else 'FAILED'}"]
        lines += [f"  {'ok  ' if is_met else 'FAIL'} {words}" for words, is_met in self.demands]
        lines += [f"       {name}: {value}" for name, value in self.figures.items()]
        return "\n".join(lines)

    def as_json(self) -> str:
        """Return it as one line of JSON."""
        told = {
            "fault": self.name,
            "passed": self.is_passed,
            "demands": [{"what": words, "met": is_met} for words, is_met in self.demands],
            "figures": self.figures,
        }
        return json.dumps(told, ensure_ascii=False, default=str)


def main(doc: str | None, fault: Callable[[float], Verdict], *, seconds: float) -> None:
    """Run a fault as a command: `--seconds` for how long, `--json` for one line; exit status 1 when it fails."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument(
        "--seconds", type=float, default=seconds, help=f"how long the fault lasts (default {seconds:g})"
    )
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    arguments = parser.parse_args()
    verdict = fault(arguments.seconds)
    print(verdict.as_json() if arguments.json else verdict.in_words())
    sys.exit(0 if verdict.is_passed else 1)
