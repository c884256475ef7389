"""`warta check` looks at the operator's security.txt, which programs of others read."""

from datetime import UTC, datetime

import pytest

from warta.config import checks

NOW = datetime(2026, 11, 29, tzinfo=UTC)
SOUND = "# kontak\nContact: mailto:keamanan@koran.example\nExpires: 2027-01-01T00:00:00Z\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (SOUND, ""),
        (SOUND.replace("Contact", "Kontak"), "`Contact:`"),
        (SOUND.replace("2027", "2026"), "an instant to come"),
        (SOUND + "Expires: 2028-01-01T00:00:00Z\n", "one line"),
        (SOUND.replace("2027-01-01T00:00:00Z", "tahun depan"), "is no instant"),
        (SOUND.replace("T00:00:00Z", ""), "is no instant"),
        ("\x00\xff", "`Contact:`"),
    ],
)
def test_what_is_old_or_damaged_is_named(settings, tmp_path, text, words):
    settings.WARTA_HOME = tmp_path
    assert checks.security_txt(NOW) == []
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "security.txt").write_text(text)
    [found] = checks.security_txt(NOW)
    assert found["ok"] == (not words)
    assert words in found["words"]
