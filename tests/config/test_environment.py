"""Every setting: what is right, what is wrong, and that the message says how to mend it."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from warta.config import environment
from warta.config.environment import SettingError, read, secret_key, unknown


def test_without_any_setting_a_paper_has_its_defaults(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    env = read({})
    assert (env.home, env.name, env.language, env.zone) == (tmp_path / "warta-home", "Warta", "id", "Asia/Jakarta")
    assert (env.site_url, env.database_url, env.upload_limit_mb) == ("http://127.0.0.1:8000", "", 20)
    assert (env.hosts, env.trusted_proxies, env.is_secure) == ((), (), False)


def test_an_empty_setting_is_one_that_is_not_set():
    assert read(dict.fromkeys(environment.SETTINGS, "")) == read({})


@pytest.mark.parametrize(
    ("name", "value", "field", "kept"),
    [
        ("WARTA_SITE_URL", "https://koran.example", "site_url", "https://koran.example"),
        ("WARTA_SITE_URL", "https://koran.example/", "site_url", "https://koran.example"),
        ("WARTA_SITE_URL", "http://[::1]:8000", "site_url", "http://[::1]:8000"),
        ("WARTA_DATABASE_URL", "postgres://a:b@c/d", "database_url", "postgres://a:b@c/d"),
        ("WARTA_DATABASE_URL", "postgresql:///paper", "database_url", "postgresql:///paper"),
        ("WARTA_DATABASE_URL", "postgresql://%2Frun%2Fpg/p", "database_url", "postgresql://%2Frun%2Fpg/p"),
        ("WARTA_LANGUAGE", "en", "language", "en"),
        ("WARTA_ZONE", "wita", "zone", "Asia/Makassar"),
        ("WARTA_ZONE", "Europe/Amsterdam", "zone", "Europe/Amsterdam"),
        ("WARTA_HOSTS", " a.example, b.example ,", "hosts", ("a.example", "b.example")),
        ("WARTA_HOSTS", "[::1],127.0.0.1,Redaksi.example", "hosts", ("[::1]", "127.0.0.1", "Redaksi.example")),
        ("WARTA_TRUSTED_PROXIES", "10.0.0.0/8, ::1", "trusted_proxies", ("10.0.0.0/8", "::1")),
        (
            "WARTA_OPENSEARCH",
            "https://a:b%40c@search.example:9200",
            "opensearch",
            "https://a:b%40c@search.example:9200",
        ),
        ("WARTA_OPENSEARCH", "http://[::1]:9200/koran-pagi/", "opensearch", "http://[::1]:9200/koran-pagi/"),
        ("WARTA_UPLOAD_LIMIT_MB", "200", "upload_limit_mb", 200),
        ("WARTA_OFFLINE", "no", "offline", False),
    ],
)
def test_a_right_setting_is_taken(name, value, field, kept, monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda _: True)  # the client of OpenSearch need not be there
    assert getattr(read({name: value}), field) == kept


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        *(
            ("WARTA_SITE_URL", value, "such as https://koran.example")
            for value in (
                "koran.example", "ftp://koran.example", "https://", "https://koran.example/berita", "http://[::1",
                "https://koran.example?x=1", "https://koran.example:port", "https://koran.example:99999",
                "https://orang:sandi@koran.example", "https://koran.example#x", "https://kor an.example",
            )
        ),
        ("WARTA_DATABASE_URL", "mysql://a/b", "only postgresql://"),
        ("WARTA_DATABASE_URL", "postgresql://[::1", "postgresql://user:password@host/name"),
        *(
            ("WARTA_DATABASE_URL", value, "postgresql://user:password@host/name")
            for value in (
                "postgresql://", "postgresql://host", "postgresql://u:rahasia@h/", "postgresql://u:rahasia@h:99999/x",
                "postgresql://u:rahasia@h:abc/x", "postgresql://u:ra/hasia@h/x", "postgresql://u:rahasia@h:0/x",
                "postgresql://u:rahasia@h/x/y", "postgresql://u:rahasia@h/" + "x" * 64,
            )
        ),
        *(
            (name, value, "write the whole address of")
            for name in ("WARTA_WEBSUB_HUB", "WARTA_INDEXNOW")
            for value in ("http://[abc", "http://h:abc/", "http://h:99999/", "https://", "hub.example")
        ),
        *(
            ("WARTA_HOSTS", value, "write names alone")
            for value in ("http://x.example/", "x.example:80", "a.example b.example", "a.example, *", "x/", "é.example")
        ),
        ("WARTA_DATABASE_URL", "/var/lib/paper.db", "Unset it to use the SQLite file"),
        ("WARTA_LANGUAGE", "ID", "write one of id, en"),
        ("WARTA_LANGUAGE", "jv", "write one of id, en"),
        ("WARTA_ZONE", "WXYZ", "write WIB, WITA, WIT or an IANA name"),
        ("WARTA_ZONE", "+07:00", "write WIB, WITA, WIT or an IANA name"),
        ("WARTA_TRUSTED_PROXIES", "10.0.0.1/8", "Write networks such as 127.0.0.1/32"),
        *(
            ("WARTA_OPENSEARCH", value, "write https://user:password@search.example:9200")
            for value in (
                "search.example:9200", "ftp://search.example", "https://", "https://[::1", "https://a:b/c@s.example",
                "https://a:b@s.example:99999", "https://rahasia@s.example", "https://s.example?q=1",
                "https://s.example#x",
            )
        ),
        ("WARTA_OPENSEARCH", "https://s.example/Koran", "small letters, digits, hyphens"),
        ("WARTA_OPENSEARCH", "https://s.example/a/b", "small letters, digits, hyphens"),
        ("WARTA_TRUSTED_PROXIES", "all", "Write networks such as 127.0.0.1/32"),
        ("WARTA_OFFLINE", "off", "write yes, or no"),
        *(
            ("WARTA_UPLOAD_LIMIT_MB", value, "write a whole number from 1 to 200")
            for value in ("0", "201", "-1", "20MB", "1.5", "٢٠", "1_0")
        ),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_named_with_its_remedy(name, value, remedy):
    with pytest.raises(SettingError) as refused:
        read({name: value})
    assert name in str(refused.value)
    assert remedy in str(refused.value)
    assert "hasia" not in str(refused.value)


def test_a_server_for_the_search_needs_its_client_and_no_password_is_shown(monkeypatch):
    monkeypatch.setattr(environment, "find_spec", lambda _: None)
    for value in ("https://warta:rahasia@s.example", "https://warta:rahasia@s.example/A", "warta:rahasia@s.example"):
        with pytest.raises(SettingError) as refused:
            read({"WARTA_OPENSEARCH": value})
        assert "rahasia" not in str(refused.value)
    with pytest.raises(SettingError, match=r"pip install 'warta\[opensearch\]'"):
        read({"WARTA_OPENSEARCH": "https://warta:rahasia@s.example"})


def test_a_misspelt_setting_is_noticed():
    assert unknown({"WARTA_NAME": "a", "WARTA_LANGUGE": "id", "PATH": "/bin"}) == ["WARTA_LANGUGE"]


def test_every_setting_that_is_read_is_explained():
    class Asked(dict):
        names: set[str] = set()

        def get(self, name, default=None):
            self.names.add(name)
            return default

    read(Asked())
    assert Asked.names == set(environment.SETTINGS)


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path):
    env = read({"WARTA_HOME": str(tmp_path / "a" / "paper")})
    made = secret_key(env)
    assert len(made) >= 50
    assert secret_key(env) == made
    assert stat.S_IMODE(env.secret_file.stat().st_mode) == 0o600
    assert secret_key(read({"WARTA_HOME": str(tmp_path / "b")})) != made
    assert [path.name for path in env.home.iterdir()] == ["secret"]


def test_whoever_looks_while_the_secret_is_made_finds_none_or_the_whole_of_it(tmp_path, monkeypatch):
    env = read({"WARTA_HOME": str(tmp_path)})
    written, seen = os.fdopen, []

    def slow(handle, *args, **kwargs):
        seen.append(env.secret_file.exists())
        return written(handle, *args, **kwargs)

    monkeypatch.setattr(os, "fdopen", slow)
    with ThreadPoolExecutor(8) as many:
        made = set(many.map(lambda _: secret_key(env), range(8)))
    assert made == {env.secret_file.read_text()}
    assert len(seen) >= 1
    assert not seen[0]


def test_a_secret_for_which_the_disk_had_no_room_is_not_left_behind(tmp_path, monkeypatch):
    env = read({"WARTA_HOME": str(tmp_path)})

    def full(_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(SettingError, match="No space left on device"):
            secret_key(env)
    assert list(tmp_path.iterdir()) == []
    assert len(secret_key(env)) >= 50


@pytest.mark.parametrize("content", [b"", b"  \n", b"terpotong", b"\xff" * 60])
def test_a_secret_that_is_empty_or_damaged_is_refused_with_its_remedy(tmp_path, content):
    env = read({"WARTA_HOME": str(tmp_path)})
    env.secret_file.write_bytes(content)
    with pytest.raises(SettingError, match=r"empty or damaged\. Put it back from a backup") as refused:
        secret_key(env)
    assert str(env.secret_file) in str(refused.value)


def test_a_secret_that_is_a_folder_is_said_plainly(tmp_path):
    env = read({"WARTA_HOME": str(tmp_path)})
    env.secret_file.mkdir()
    with pytest.raises(SettingError, match="Is a directory"):
        secret_key(env)


def test_the_home_of_another_user_is_said_plainly(tmp_path, monkeypatch):
    env = read({"WARTA_HOME": str(tmp_path)})

    def refused(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.read_text", refused)
    with pytest.raises(SettingError, match=rf"belongs to another user.*--reuid={os.getuid()} ") as said:
        secret_key(env)
    assert str(tmp_path) in str(said.value)
