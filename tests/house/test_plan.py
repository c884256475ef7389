"""The plan of the house, as tests."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "warta"
STOREYS = {
    "config": 5,
    "ingest": 4,
    "press": 4,
    "delivery": 4,
    "newsroom": 3,
    "reads": 3,
    "search": 3,
    "paper": 2,
    "lexicon": 1,
}
ROOMS = [app.label for app in apps.get_app_configs() if app.name.startswith("warta.")]


def modules():
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_imports_obey_the_plan():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("room", ROOMS)
def test_relations_between_tables_obey_the_plan(room):
    for model in apps.get_app_config(room).get_models():
        for field in model._meta.get_fields():
            if field.auto_created or not field.is_relation or field.related_model is None:
                continue
            other = field.related_model._meta.app_label
            if other in STOREYS and other != room:
                assert STOREYS[other] < STOREYS[room], f"{model.__name__}.{field.name} leads from {room} to {other}"


def test_a_fresh_reader_process_has_no_newsroom(tmp_path):
    code = (
        "import sys, warta.config.gate as gate; gate.application(); import django.urls;"
        "django.urls.resolve('/'); import warta.delivery.render;"
        "print([m for m in sys.modules if m.split('.')[0] == 'wagtail' or m.startswith('warta.newsroom')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env={"WARTA_HOME": str(tmp_path), "PATH": ""}
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_formats_know_no_django():
    code = "import sys, warta.ingest.formats.ninjs; print([m for m in sys.modules if m.split('.')[0] == 'django'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_no_file_is_longer_than_400_lines():
    files = [*modules(), *(ROOT / "tests").rglob("*.py")]
    long = {str(path.relative_to(ROOT)): n for path in files if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}


def test_no_function_is_longer_than_50_lines():
    long = {}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - node.lineno + 1
                if lines > 50:
                    long[f"{path.relative_to(ROOT)}:{node.name}"] = lines
    assert long == {}


def test_no_room_is_called_nothing():
    names = {"core", "utils", "util", "helpers", "common", "misc", "base"}
    assert [path for path in modules() if path.stem in names or path.parent.name in names] == []


def test_a_field_that_readers_see_is_composed_and_shown():
    from warta.paper.pages import ArticlePage

    silent = {"schema", "teaser", "editors"}  # editors are named by their initials
    composed = (SOURCE / "press" / "compose" / "article.py").read_text()
    shown = "".join(path.read_text() for path in (SOURCE / "delivery").rglob("*") if path.suffix in {".html", ".py"})
    for name in ArticlePage.__struct_fields__:
        if name not in silent:
            assert f"{name}=" in composed, f"press/compose/article.py does not compose {name}"
            assert f"page.{name}" in shown, f"delivery does not show {name}"


def test_nothing_names_this_machine_or_a_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split()
    bad = (f"{ROOT}/", "--extra-" + "index", "py" + "pi.org", "registry." + "npmjs")
    for name in listed:
        path = ROOT / name
        if path.suffix in {".png", ".jpg"} or not path.is_file():
            continue
        text = path.read_text(errors="replace")
        assert not [word for word in bad if word in text], name
