"""The command line `warta`. Each command sets Django up first and then hands on to the room that does the work."""

import os
import re
import sys
from pathlib import Path
from typing import Final

import click

from warta.config import environment
from warta.config.partner_commands import partner
from warta.config.starting import json_option, say, set_up

_SETTINGS_HELP: Final = "\n\n".join(f"{name}: {what}" for name, what in environment.SETTINGS.items())
_ROLES: Final = ("reporter", "editor", "managing-editor", "photo-editor", "admin")
_FORMATS: Final = ("ninjs", "wordpress", "ghost", "feed", "html", "warc", "warta")


@click.group(
    epilog=f"Settings are environment variables.\n\n{_SETTINGS_HELP}",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120},
)
@click.version_option(package_name="warta", message="%(version)s")
def main() -> None:
    """Warta: a newsroom that publishes and corrects, and a portal that millions read.

    WARTA_HOME names the folder that holds everything of one paper.
    """
    for name in environment.unknown(os.environ):
        click.echo(f"warta: {name} is no setting of Warta and is not used; `warta --help` lists them.", err=True)


@main.command()
@json_option
def init(as_json: bool) -> None:
    """Make an empty paper ready; one that exists is brought up to this version. Safe to repeat."""
    env = set_up(may_make=True)
    from warta.config import paper

    made = paper.init(env)
    say(made, f"Ready: {made['home']}, on {made['database']}.", as_json=as_json)


@main.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Where readers are answered: HOST:PORT.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes for readers.")
@click.option("--tls-cert", type=click.Path(exists=True, dir_okay=False), help="Serve https: certificate chain, PEM.")
@click.option("--tls-key", type=click.Path(exists=True, dir_okay=False), help="Its key, PEM (PKCS#8).")
def serve(bind: str, workers: int, tls_cert: str | None, tls_key: str | None) -> None:
    """Serve the paper: readers, the newsroom under /redaksi/ and the worker. What dies is started again."""
    if bool(tls_cert) != bool(tls_key):
        raise click.UsageError("--tls-cert and --tls-key go together.")
    tls = ("--tls-cert", tls_cert, "--tls-key", tls_key) if tls_cert and tls_key else ()
    env = set_up()
    from warta.config import paper
    from warta.config.serve import Supervisor, check_free

    host, port = _address(bind)
    try:
        check_free(host, port)
    except OSError as error:
        raise click.ClickException(f"{error.strerror}. Is another server running? Choose another --bind.") from error
    paper.need_ready(env)
    base = f"{'https' if tls else 'http'}://{bind}"
    click.echo(f"The paper: {base}/  The newsroom: {base}/redaksi/  Stop with Ctrl-C.")
    Supervisor(env, host=host, port=port, workers=workers, tls=tls).run()


@main.command(hidden=True)
def worker() -> None:
    """Press what the newsroom leaves (`warta serve` runs this)."""
    set_up()
    from warta.config.worker import Worker

    Worker().run()


@main.command()
@click.option(
    "--articles",
    type=click.IntRange(1),
    help="So many articles: a part of the written ones, or all of them and others without photos, back to 1999.",
)
@click.option("--if-empty", is_flag=True, help="Do nothing when the paper has articles.")
@json_option
def demo(articles: int | None, if_empty: bool, as_json: bool) -> None:
    """Fill the paper with an invented one: four years of articles, photos and a week of reads. Safe to repeat.

    With --articles 1000000 it has a million: what is invented by number is filed as an import is, and one that was
    interrupted goes on when it is started again.
    """
    env = set_up(may_make=True)
    from warta.config import demo as demo_paper
    from warta.config import paper

    if if_empty and paper.is_ready() and demo_paper.has_articles():
        return
    paper.init(env)
    made = demo_paper.make(limit=articles, is_quiet=as_json)
    say(made, demo_paper.in_words(made), as_json=as_json)


@main.command(name="import")
@click.argument("format", type=click.Choice(_FORMATS))
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--pictures",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that holds the archive's pictures. Without it, they are looked for beside the files.",
)
@click.option(
    "--fetch",
    metavar="ADDRESS",
    multiple=True,
    help="Fetch what --pictures lacks from the old site first: all whose address begins so, such as"
    " https://lama.example/wp-content/uploads/. May be given more than once.",
)
@click.option(
    "--map",
    "names",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='A TOML file: [rubrics] and [channels], each with lines such as "Hukum & Kriminal" = "Hukum".',
)
@click.option("--zone", default="WIB", show_default=True, help="The zone of dates that name none.")
@click.option("--no-create", is_flag=True, help="Take only items whose rubric exists; create none.")
@click.option("--dry-run", is_flag=True, help="Write nothing; tell what an import would do and what would be lost.")
@json_option
def import_(  # noqa: PLR0913 — click hands each option over
    *,
    format: str,  # noqa: A002 — click names it after the argument
    path: Path,
    pictures: Path | None,
    fetch: tuple[str, ...],
    names: Path | None,
    zone: str,
    no_create: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring articles in from outside: a file, or a folder of such files.

    \b
    ninjs      IPTC ninjs 1.x, 2.x or 3.x: a document, an array, or JSON lines
    wordpress  WordPress exports (WXR), whole or in parts
    ghost      Ghost exports (JSON)
    feed       RSS, Atom or JSON Feed
    html       saved pages
    warc       WARC files
    warta      what `warta export` wrote: a whole paper, into an empty one

    An export is checked before anything is written (--dry-run ends there); of the other options only --json applies.

    Every item has an identity that stays: importing it again updates the article, or skips it when nothing changed.
    So an import that was interrupted goes on when it is started again. Broken items are reported and the rest goes
    on; the exit status is then 1. With --json the last line is the report.
    """  # noqa: D301 — click takes the sign itself, which keeps the lines below it apart
    env = set_up()
    from warta.config import exports, imports, paper

    paper.need_ready(env)
    if format == "warta":
        if pictures or fetch or names or no_create:
            raise click.UsageError("A whole paper is taken as it is: only --dry-run and --json apply.")
        sys.exit(exports.take(path, is_dry=dry_run, as_json=as_json))
    _need_folder(pictures, may_make=bool(fetch))
    wanted = imports.Wanted(
        format=format,
        path=path,
        pictures=pictures,
        fetch=fetch,
        names=names,
        zone=zone,
        may_create=not no_create,
        is_dry=dry_run,
        as_json=as_json,
    )
    sys.exit(imports.run(wanted))


def _need_folder(pictures: Path | None, *, may_make: bool) -> None:
    if may_make and pictures is None:
        raise click.UsageError("--fetch needs --pictures FOLDER, where the pictures are kept.")
    if pictures is not None and not may_make and not pictures.is_dir():
        raise click.UsageError(f"--pictures: there is no folder {str(pictures)!r}.")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@json_option
def export(folder: Path, as_json: bool) -> None:
    """Write the whole paper into FOLDER, which is new or empty.

    Everything of it: articles with all published versions, corrections, replies and drafts, photos with their words,
    rubrics, topics, contributors, static pages, fronts, old addresses and reads. Each article is a line of IPTC ninjs
    3.1; the manifest has the SHA-256 of every file. Who signs in, desks, side notes and the audit log stay behind.

    The paper may be at work meanwhile: what is written is the paper of the instant at which the export began. FOLDER
    takes its name when all is written, so a half export is never taken for a whole one. Keep it as you keep the
    database: it holds what is not published.

    `warta import warta FOLDER` brings it into an empty paper. The exit status is 1 when something could not be carried
    as it should: it is named, and the rest is there.
    """
    env = set_up()
    from warta.config import exports, paper

    paper.need_ready(env)
    sys.exit(exports.give(env, folder, as_json=as_json))


@main.group()
def user() -> None:
    """People who sign in to the newsroom."""


@user.command(name="add")
@click.argument("name")
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--full-name", default="", help="As it stands over articles; makes a contributor of the same name.")
@click.option("--email", default="")
@click.option("--desk", "desks", multiple=True, help="A desk they work for, by its name; may be given several times.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def user_add(name: str, *, role: str, full_name: str, email: str, desks: tuple[str, ...], password_stdin: bool) -> None:
    """Let a person sign in to the newsroom."""
    env = set_up()
    from warta.config import paper, users

    paper.need_ready(env)

    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    try:
        users.add(name, role=role, full_name=full_name, email=email, password=password, desks=desks)
    except users.RefusedUserError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} may sign in as {role}.")


@user.command(name="password")
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
def user_password(name: str, password_stdin: bool) -> None:
    """Give a person a new password and end their sessions."""
    env = set_up()
    from warta.config import paper, users

    paper.need_ready(env)

    try:
        users.set_password(name, sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password())
    except users.RefusedUserError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} has a new password.")


@user.command(name="forget-factors")
@click.argument("name")
def user_forget_factors(name: str) -> None:
    """Take a person's second factors away, when telephone, key and recovery codes are lost, and end their sessions."""
    env = set_up()
    from warta.config import paper, users

    paper.need_ready(env)

    try:
        count = users.forget_factors(name)
    except users.RefusedUserError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{name} has no second factor any more ({count} taken away) and must sign in again.")


@user.command(name="list")
@json_option
def user_list(as_json: bool) -> None:
    """List who may sign in."""
    env = set_up()
    from warta.config import paper, users

    paper.need_ready(env)

    for person in users.everyone():
        say(person, f"{person['user']:24} {person['role']:12} {person['full_name']}", as_json=as_json)


@main.command()
@click.option(
    "--history",
    "is_history",
    is_flag=True,
    help="Look through all of SQLite's files (minutes, if they are many GB), and prove the chain of every article's"
    " published versions.",
)
@click.option(
    "--addresses",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Ask this paper for every address of a list (one a line, or a sitemap) and tell which lead nowhere.",
)
@json_option
def check(*, is_history: bool, addresses: Path | None, as_json: bool) -> None:
    """Check settings, database, files and what waits; exit status 1 when something must be mended."""
    if is_history and addresses:
        raise click.UsageError("--history and --addresses are two checks: ask for one at a time.")
    env = set_up()
    from warta.config import checks

    if addresses:
        from warta.config import paper, replay

        paper.need_ready(env)
        sys.exit(replay.run(addresses, as_json=as_json))
    findings = checks.history(is_quiet=as_json) if is_history else checks.all_checks(env)
    for finding in findings:
        mark = "ok  " if finding["ok"] else "MEND"
        say(finding, f"{mark} {finding['what']}: {finding['words']}", as_json=as_json)
    sys.exit(0 if all(finding["ok"] for finding in findings) else 1)


@main.group(name="search")
def search_() -> None:
    """Keep the index of what readers search."""


@search_.command(name="reindex")
@json_option
def search_reindex(as_json: bool) -> None:
    """Make the index anew beside the one that is asked, then switch to it. Readers notice nothing."""
    env = set_up()
    from django.db import Error
    from django.utils import timezone

    from warta.config import paper
    from warta.config.showing import progress
    from warta.search import follow

    paper.need_ready(env)
    with progress(length=1, label="Indexing", hidden=as_json) as bar:

        def told(done: int, of: int) -> None:
            bar.length = of
            bar.update(done - bar.pos)

        try:
            follow.reindex(timezone.now(), told)
        except Error as error:
            raise click.ClickException(f"{error}. The index that is asked is as it was: start again later.") from error
    say({"changes": bar.length}, "The new index is asked from now on.", as_json=as_json)


main.add_command(partner)


def _address(bind: str) -> tuple[str, int]:
    found = re.fullmatch(r"(?:\[([0-9A-Fa-f:.]+)\]|([^\s:\[\]/]+)):([0-9]{1,5})", bind)
    if not found or not 0 < int(found[3]) < 65536:
        raise click.BadParameter(f"{bind!r} is no HOST:PORT, such as 127.0.0.1:8000 or [::1]:8000", param_hint="--bind")
    return found[1] or found[2], int(found[3])


def _ask_password() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


if __name__ == "__main__":
    main()
