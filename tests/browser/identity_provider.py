"""A small OpenID Connect provider: discovery, authorisation code with PKCE left to the client, signed tokens, keys.

It asks nobody for a password: whoever comes is the person whose claims it was given.
"""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT = "quality"
KEY_NAME = "key-1"


@dataclass
class Provider:
    """A running provider: its address, the claims of the person who comes next, what it was asked for."""

    url: str = ""
    claims: dict[str, object] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    signing_key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    """With which tokens are signed; `published_key` is the one that clients are told."""
    published_key: rsa.RSAPrivateKey | None = None
    codes: dict[str, str] = field(default_factory=dict)
    """Nonces by code."""

    def answer(self, path: str, given: dict[str, str]) -> tuple[int, dict[str, object] | str]:
        """Return status and JSON of an address, or 302 and where to go."""
        self.asked.append(path)
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.url,
                    "authorization_endpoint": f"{self.url}/authorize",
                    "token_endpoint": f"{self.url}/token",
                    "jwks_uri": f"{self.url}/jwks",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            case "/authorize":
                code = secrets.token_urlsafe(8)
                self.codes[code] = given.get("nonce", "")
                return 302, f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"
            case "/token":
                return 200, self._tokens(self.codes.pop(given["code"]))
            case "/jwks":
                public = (self.published_key or self.signing_key).public_key()
                key = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(public))
                return 200, {"keys": [{**key, "kid": KEY_NAME, "use": "sig", "alg": "RS256"}]}
        return 404, {}

    def _tokens(self, nonce: str) -> dict[str, object]:
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.claims}
        token = jwt.encode(claims, self.signing_key, algorithm="RS256", headers={"kid": KEY_NAME})
        return {"access_token": secrets.token_urlsafe(8), "token_type": "Bearer", "expires_in": 300, "id_token": token}


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Run a provider on this computer under another name than the program, as another site."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            address = urlsplit(self.path)
            self._send(*provider.answer(address.path, _first(parse_qs(address.query))))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._send(*provider.answer(urlsplit(self.path).path, _first(parse_qs(body))))

        def _send(self, status: int, content: dict[str, object] | str) -> None:
            self.send_response(status)
            if isinstance(content, str):
                self.send_header("Location", content)
                self.end_headers()
                return
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://localhost:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()


def _first(query: dict[str, list[str]]) -> dict[str, str]:
    return {name: values[0] for name, values in query.items()}
