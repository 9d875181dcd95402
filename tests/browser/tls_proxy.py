"""A small proxy with TLS before the program, as nginx stands there: it tells the scheme and the visitor's address."""

from __future__ import annotations

import asyncio
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

_CHUNK = 65536


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Write a certificate of «localhost» and its key; return both files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return certificate_file, key_file


@contextmanager
def tls_before(port: int, folder: Path) -> Iterator[str]:
    """Give the https address of a proxy, a process of its own, that passes everything on to this computer's port."""
    command = [sys.executable, "-m", "tests.browser.tls_proxy", str(port), *map(str, self_signed(folder))]
    with subprocess.Popen(command, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"https://localhost:{int(process.stdout.readline())}"
        finally:
            process.terminate()


async def _run(port: int, certificate: str, key: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def serve(visitor: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            head = await visitor.readuntil(b"\r\n\r\n")
            program, request = await asyncio.open_connection("127.0.0.1", port)
            request.write(_told(head[:-4], str(answer.get_extra_info("peername")[0])) + b"\r\n\r\n")
            passing = asyncio.create_task(_pump(visitor, request))
            await _pump(program, answer)
            passing.cancel()
            request.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context, limit=1 << 20)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await source.read(_CHUNK):
            target.write(part)
            await target.drain()
        target.close()


def _told(head: bytes, address: str) -> bytes:
    """Return the request's head with what a proxy adds; one request a connection, but for web sockets."""
    first, *headers = head.split(b"\r\n")
    is_upgrade = any(line.lower().startswith(b"upgrade:") for line in headers)
    dropped = (b"x-forwarded-",) if is_upgrade else (b"x-forwarded-", b"connection:")
    kept = [line for line in headers if not line.lower().startswith(dropped)]
    added = [b"X-Forwarded-Proto: https", f"X-Forwarded-For: {address}".encode()]
    return b"\r\n".join([first, *kept, *added, *([] if is_upgrade else [b"Connection: close"])])


if __name__ == "__main__":
    asyncio.run(_run(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
