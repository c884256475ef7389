"""An application that tells what Granian told it, to hold the doubles in `rsgi.py` to the real ones."""

import json
from typing import Any


async def application(request: Any, protocol: Any) -> None:
    headers = request.headers
    body = await protocol() if headers.get("content-length") else b""
    told = {
        "path": request.path,
        "query_string": request.query_string,
        "method": request.method,
        "scheme": request.scheme,
        "http_version": request.http_version,
        "authority": request.authority,
        "proto": request.proto,
        "items": headers.items(),
        "found": [headers.get(name) for name in ("x-twice", "X-Twice", "x-bytes", "nowhere", "host")],
        "default": headers.get("nowhere", "default"),
        "present": ["x-twice" in headers, "nowhere" in headers],
        "parties": [request.client.rpartition(":")[0], request.server.rpartition(":")[0]],
        "body": [type(body).__name__, len(body)],
    }
    protocol.response_bytes(200, [("content-type", "application/json"), ("x-own", "1")], json.dumps(told).encode())
