"""What pages may weigh: `python -m tests.delivery.budget` writes `budget.json` anew.

Do so in the commit that makes a page heavier, and say why there.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).with_name("budget.json")
REWRITE = "REWRITE_BUDGET"


def load() -> dict[str, dict[str, int]]:
    return json.loads(FILE.read_text())


def write(weights: dict[str, dict[str, int]]) -> None:
    FILE.write_text(json.dumps(weights, indent=2) + "\n")


if __name__ == "__main__":
    test = str(Path(__file__).with_name("test_budget.py"))
    command = [sys.executable, "-m", "pytest", "-q", test]
    sys.exit(subprocess.run(command, env={**os.environ, REWRITE: "1"}).returncode)
