"""Every setting: what is right, what is wrong, and that the message says how to mend it."""

import stat

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
        ("WARTA_LANGUAGE", "en", "language", "en"),
        ("WARTA_ZONE", "wita", "zone", "Asia/Makassar"),
        ("WARTA_ZONE", "Europe/Amsterdam", "zone", "Europe/Amsterdam"),
        ("WARTA_HOSTS", " a.example, b.example ,", "hosts", ("a.example", "b.example")),
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
