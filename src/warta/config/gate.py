"""The gate: the application of a reader's process, in Granian's own interface (RSGI).

`/redaksi/` is handed on to the newsroom's process. Pages at hand take the short path; all else goes to Django. Readers'
processes never load the newsroom: what breaks there cannot break here, and its cookies are read there alone.
"""

import asyncio
import logging
import os
import time
from collections.abc import Callable, Coroutine
from typing import Any, Final, cast

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "warta.config.settings.delivery"
django.setup()

from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.db import Error

from warta.config import environment
from warta.config.asgi import PLAIN, Answered, Application, BodyTooLargeError, Own, call, read_body
from warta.config.handover import PORT_VARIABLE, Handover
from warta.config.packed import packed
from warta.delivery import making, republished, shortpath
from warta.delivery.edition import Edition
from warta.delivery.follower import Follower, wait_for_first
from warta.delivery.headers import security
from warta.delivery.share import keeping
from warta.delivery.shortpath import LITE, Answer, ShortPath
from warta.delivery.turns import turn_in_loop
from warta.lexicon import addresses
from warta.reads import beacon, tally

SLOW_AT_ONCE: Final = 100
"""Requests that may wait for Django in one process; further ones are sent away at once with 503."""
AT_WORK: Final = 2
"""Requests that Django works on in one process: one computes while the other waits; more make each other slow."""
SLOWEST_S: Final = 10.0
"""How long one of them may take."""
PATIENCE_S: Final = 0.25
"""How long a reader waits for a page to be made anew when there is one from a moment before."""
PATIENCE_WITH_OLD_S: Final = 3.0
"""How long when nobody was given the one from before lately: it may be of any age."""

_BUSY: Final = Answered(
    503, [*PLAIN, ("retry-after", "2")], b"Sedang ramai; coba lagi sebentar.\n\nVery busy; try again.\n"
)

_BROKEN: Final = Answered(500, PLAIN, b"Ada yang rusak di sisi kami.\n\nSomething broke on our side.\n")

_log: Final = logging.getLogger(__name__)


class Gate:
    """Answers everything that comes to one reader's process."""

    def __init__(self, django: Application, handover: Handover) -> None:
        self._django = django
        self._handover = handover
        self._short = ShortPath(making.parts(), making.shelf())
        self._follower = Follower(making.parts(), making.shelf(), self._short, keeping.kept())
        self._under_way: dict[str, asyncio.Future[Any]] = {}
        self._again: set[asyncio.Task[Any]] = set()
        self._taken = [("cache-control", "no-store"), *((name.lower(), value) for name, value in security().items())]
        self._slow = 0
        self._is_ailing = False  # a page took longer than readers wait: give the one from before until that is over
        self._turns = asyncio.Semaphore(AT_WORK)
        self._stop = asyncio.Event()
        self._counting: list[asyncio.Task[None]] = []

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to follow the paper and to count reads; the first edition is there before the first request."""
        self._follower.start(lambda: loop.call_soon_threadsafe(self._make_again, loop))
        wait_for_first(self._follower, 5.0)
        self._counting = [loop.create_task(work.run(self._stop)) for work in (tally, republished)]

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Count what was read last, and stop."""
        self._stop.set()
        for counting in self._counting:
            loop.run_until_complete(counting)
        loop.run_until_complete(self._handover.close())
        self._follower.stop()

    def _make_again(self, loop: asyncio.AbstractEventLoop) -> None:
        """Make anew what was forgotten because it named a withdrawn article, before the database may go away."""
        for key in self._short.forgotten():
            path, _, query = key.partition("?")
            task = loop.create_task(self._whole(key, Own(path, query), is_head=False))
            self._again.add(task)
            task.add_done_callback(self._again.discard)

    def at_hand(self, request: Any, protocol: Any) -> bool:
        """Answer a page that is at hand, at once and in whatever thread the request came; tell whether it was."""
        try:
            method, path, edition = request.method, request.path, self._follower.edition
            if method == "POST":
                return self._take(request, protocol)
            is_head = method == "HEAD"
            if edition is None or not (is_head or method == "GET"):
                return False
            answer = None
            if request.query_string != LITE:
                answer = self._short.article(path, edition, time.time(), request.headers, is_head=is_head)
            if answer is None and (key := shortpath.key(path, request.query_string)) is not None:
                answer = self._short.whole(key, edition, request.headers, is_head=is_head)
            if answer is None:
                return False
            protocol.response_bytes(answer.status, answer.headers, answer.body)
        except Exception:  # noqa: BLE001 — it is logged, and the request goes the longer way
            _log.exception("%s %s could not be answered at once", request.method, request.path[:200])
            return False
        return True

    def _take(self, request: Any, protocol: Any) -> bool:
        """Take a beacon without a body at once; what has a body is read first, by the longer way."""
        asked = request.headers
        if (asked.get("content-length") or "0") != "0" or asked.get("transfer-encoding"):
            return False
        remote = request.client.rpartition(":")[0].strip("[]")
        if not beacon.take(request.path, request.query_string, asked, remote, time.time()):
            return False
        protocol.response_bytes(204, self._taken, b"")
        return True

    async def __rsgi__(self, request: Any, protocol: Any) -> None:
        """Answer one request; what breaks here is logged and answered with 500."""
        try:
            await self._answer(request, protocol)
        except Exception:  # noqa: BLE001 — the outermost place, and it is logged
            _log.exception("%s %s could not be answered", request.method, request.path[:200])
            protocol.response_bytes(_BROKEN.status, _BROKEN.headers, _BROKEN.body)

    async def _answer(self, request: Any, protocol: Any) -> None:
        path = request.path
        is_head = request.method == "HEAD"
        if path == "/redaksi" or path.startswith("/redaksi/"):
            await self._handover(request, protocol)
            return
        if is_head or request.method == "GET":
            edition = self._follower.edition
            if edition is not None:
                answer = None
                if request.query_string != LITE:
                    answer = self._short.article(path, edition, time.time(), request.headers, is_head=is_head)
                if answer is None:
                    answer = await self._prepared(request, is_head=is_head)
                if answer is not None:
                    protocol.response_bytes(answer.status, answer.headers, answer.body)
                    return
        answered = await self._long(request, protocol)
        _send(protocol, await packed(answered, request.headers.get("accept-encoding")), is_head=is_head)

    async def _prepared(self, request: Any, *, is_head: bool) -> Answer | None:
        """Make ready what the short path lacked, once for all who wait for it, and answer; None when it cannot."""
        key = shortpath.key(request.path, request.query_string)
        if key is not None:
            return await self._whole(key, request, is_head=is_head)
        address = addresses.read_article(request.path)
        edition = self._follower.edition
        if address is None or edition is None:
            return None
        answer = self._short.whole(request.path, edition, request.headers, is_head=is_head)
        if answer is not None:  # a withdrawal
            return answer
        await asyncio.shield(self._once(f"article:{address.id}", lambda: self._fill(address.id)))
        answer = self._short.article(request.path, edition, time.time(), request.headers, is_head=is_head)
        if answer is None and not request.query_string:
            answer = await self._whole(request.path, request, is_head=is_head)  # withdrawn, perhaps
        return answer

    async def _whole(self, key: str, request: Any, *, is_head: bool) -> Answer | None:
        edition = self._follower.edition
        if edition is None:
            return None
        answer = self._short.whole(key, edition, request.headers, is_head=is_head)
        if answer is None and self._follower.failing_since is not None:
            answer = self._short.stale(key, request.headers, is_head=is_head)
        if answer is not None:
            return answer
        under_way = self._once(key, lambda: self._make(key, edition))
        if self._short.has(key):
            hurried_s = 0 if self._is_ailing else PATIENCE_S
            patience_s = hurried_s if self._short.is_busy(key) else PATIENCE_WITH_OLD_S
            done, _ = await asyncio.wait({under_way}, timeout=patience_s)
            if not done and (answer := self._short.stale(key, request.headers, is_head=is_head)) is not None:
                self._is_ailing = True
                return answer
        answered: Answered | None = await asyncio.shield(under_way)
        if answered is None or answered.status in {200, 410} or answered.status >= 500:
            answer = self._short.stale(key, request.headers, is_head=is_head)
        if answer is not None or answered is None:
            return answer
        coded = await packed(answered, request.headers.get("accept-encoding"))
        return Answer(coded.status, coded.headers, b"" if is_head else coded.body)

    async def _make(self, key: str, edition: Edition) -> Answered | None:
        """Let Django make a whole page, and keep it; None when another process was quicker."""
        if self._slow >= SLOW_AT_ONCE:
            return _BUSY
        if addresses.read_article(key) is not None:  # withdrawn or not there at all: not worth a turn
            return await self._made(key, edition)
        self._slow += 1
        try:
            async with turn_in_loop(settings.WARTA_CACHE, key):
                is_there = self._short.whole(key, edition, {}) is not None
                return None if is_there else await self._made(key, edition)
        finally:
            self._slow -= 1

    async def _made(self, key: str, edition: Edition) -> Answered:
        """Let Django make a page, and keep it; what a withdrawal overtook meanwhile is made once more."""
        path, _, query = key.partition("?")
        request = Own(path, query)  # nothing else of a reader's request may decide what all readers are given
        for _ in range(2):
            generation, began = self._short.generation, time.monotonic()
            answered = await self._call(request, method="GET", body=b"")
            if answered.status not in {200, 410}:
                break
            self._is_ailing = time.monotonic() - began > PATIENCE_S
            page = Answer(answered.status, answered.headers, answered.body)
            if self._short.keep(key, edition, page, generation=generation):
                break
            edition = self._follower.edition or edition
        return answered

    async def _fill(self, article_id: int) -> bool:
        if self._slow >= SLOW_AT_ONCE:
            return False
        self._slow += 1
        try:
            await asyncio.wait_for(sync_to_async(making.fill)(article_id), SLOWEST_S)
        except (Error, TimeoutError) as error:
            _log.warning("article %s could not be made ready: %r", article_id, error)
            return False
        finally:
            self._slow -= 1
        return True

    def _once(self, key: str, work: Callable[[], Coroutine[Any, Any, Any]]) -> asyncio.Future[Any]:
        """Do a piece of work once for all who ask for it at the same time; to be awaited behind a shield."""
        under_way = self._under_way.get(key)
        if under_way is None:
            under_way = asyncio.ensure_future(work())
            self._under_way[key] = under_way
            under_way.add_done_callback(lambda _: self._under_way.pop(key, None))
        return under_way

    async def _long(self, request: Any, protocol: Any) -> Answered:
        """Let Django answer."""
        if not request.path.startswith("/"):
            return Answered(400, PLAIN, b"")  # `OPTIONS *` and the like
        try:
            body = await asyncio.wait_for(read_body(request, protocol), SLOWEST_S)
        except BodyTooLargeError:
            return Answered(413, [*PLAIN, ("connection", "close")], b"")
        except TimeoutError:
            return Answered(408, [*PLAIN, ("connection", "close")], b"")
        return await self._call(request, method=request.method, body=body)

    async def _call(self, request: Any, *, method: str, body: bytes) -> Answered:
        if self._slow >= SLOW_AT_ONCE:
            return _BUSY
        self._slow += 1
        try:
            return await asyncio.wait_for(self._in_turn(request, method, body), SLOWEST_S)
        except TimeoutError:
            _log.warning("%s took longer than %s s", request.path[:200], SLOWEST_S)
            return _BUSY
        except Exception:  # noqa: BLE001 — a page from before may still be given
            _log.exception("%s %s could not be answered", request.method, request.path[:200])
            return _BROKEN
        finally:
            self._slow -= 1

    async def _in_turn(self, request: Any, method: str, body: bytes) -> Answered:
        async with self._turns:
            return await call(self._django, request, method=method, body=body)


def _send(protocol: Any, answered: Answered, *, is_head: bool) -> None:
    protocol.response_bytes(answered.status, answered.headers, b"" if is_head else answered.body)


def application() -> Gate:
    """Return the gate of this process; Granian calls it once in every worker."""
    return Gate(
        cast("Application", get_asgi_application().handle),  # without a thread and a connection for each request
        Handover(int(os.environ.get(PORT_VARIABLE, "8001")), environment.current()),
    )
