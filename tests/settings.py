"""Settings of the tests: the newsroom's own, in a folder that is thrown away."""

import atexit
import os
import shutil
import tempfile

_home = tempfile.mkdtemp(prefix="warta-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
_kept = {name: os.environ[name] for name in ("WARTA_DATABASE_URL",) if name in os.environ}
TEST_OPENSEARCH = os.environ.get("WARTA_TEST_OPENSEARCH", "")
"""A real server for the tests of the search, such as https://user:password@127.0.0.1:9200/warta-test."""
for _name in [name for name in os.environ if name.startswith("WARTA_")]:
    del os.environ[_name]
os.environ.update({"WARTA_HOME": _home, "WARTA_NAME": "Nusa Pagi", "WARTA_SECOND_FACTOR": "optional", **_kept})

from warta.config.settings.newsroom import *  # noqa: E402, F403

WARTA_LISTS_ARE_OLD = ""
"""Most tests of the newsroom may not open the database of the reads; one that may sets it."""

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
