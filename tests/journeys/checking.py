"""Holds pages, style sheets and icons against the standards: the Nu Html Checker and html-validate, each run once."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.node import CHECKERS, installed, nu, program

_RULES: dict[str, Any] = {
    # A list may be named (ARIA 1.2, role list): its topics are those of an article, and no place to jump to.
    "aria-label-misuse": ["error", {"allowAnyNamable": True}],
    # <search> means nothing to browsers from before 2023, the role does to all.
    "prefer-native-element": ["error", {"exclude": ["search"]}],
}


def complaints(files: Mapping[str, str | bytes], folder: Path) -> list[str]:
    """Return every error and warning of both checkers and what it is about; the name of a file ends in its kind.

    Names are shown as they are; in the folder they have numbers, for a name may be an address.
    """
    names = {}
    for number, (name, content) in enumerate(files.items()):
        file = folder / f"{number:04}{Path(name).suffix}"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        names[file.name] = name
    return [f"{names[Path(file).name]}: {words}" for file, words in (*_nu(folder), *_html_validate(folder))]


def _nu(folder: Path) -> list[tuple[str, str]]:
    java = [program("java"), "-Xss32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(nu())]
    asked = ("--format", "json", "--stdout", "--no-langdetect", "--also-check-css", "--also-check-svg")
    done = subprocess.run([*java, *asked, str(folder)], capture_output=True, text=True, timeout=300)
    assert done.stdout.startswith("{"), done.stderr
    return [
        (told["url"], f"{told.get('subType', told['type'])}: {told['message']} {told.get('extract', '')!r}")
        for told in json.loads(done.stdout)["messages"]
    ]


def _html_validate(folder: Path) -> list[tuple[str, str]]:
    script = installed(CHECKERS) / "html-validate" / "bin" / "html-validate.mjs"
    config = folder / "rules.json"
    presets = ["html-validate:standard", "html-validate:a11y"]
    config.write_text(json.dumps({"root": True, "extends": presets, "rules": _RULES}))
    asked = ("--config", str(config), "--formatter", "json", str(folder / "*.html"))
    done = subprocess.run([program("node"), str(script), *asked], capture_output=True, text=True, timeout=300)
    assert done.stdout.startswith("["), done.stderr
    return [
        (file["filePath"], f"{told['ruleId']}: {told['message']} (line {told['line']})")
        for file in json.loads(done.stdout)
        for told in file["messages"]
    ]
