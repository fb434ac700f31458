"""Addresses: is the port free, and under which names does this machine answer."""

import contextlib
import errno
import socket

from launcher.words import LaunchError, pick


def check_port(host: str, port: int) -> None:
    """Raises LaunchError if nothing can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise LaunchError(_why(error, host, port)) from error


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return pick(
            f"Port {port} is in use: stop the other program, or choose another:  ./run --port {port + 1}",
            f"Port {port} sedang dipakai: hentikan program itu atau pilih:  ./run --port {port + 1}",
        )
    if error.errno == errno.EACCES:
        return pick(
            f"Port {port} needs administrator rights: choose one above 1023:  ./run --port 8000",
            f"Port {port} memerlukan hak administrator: pilih di atas 1023:  ./run --port 8000",
        )
    return pick(
        f"Nothing can listen on {host}:{port} ({error.strerror}): check --host and --port.",
        f"Alamat {host}:{port} tidak dapat dipakai ({error.strerror}): periksa --host dan --port.",
    )


def names(host: str) -> list[str]:
    """Host names and addresses under which browsers may reach a server listening on ``host``."""
    local = ["127.0.0.1", "localhost", "[::1]"]
    if host not in ("0.0.0.0", "::"):
        return [*local, host] if host not in local else local
    hostname = socket.gethostname()
    return [*local, *_lan_addresses(), hostname, f"{hostname}.local"]


def _lan_addresses() -> list[str]:
    found: list[str] = []
    with contextlib.suppress(socket.gaierror):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing: asks the routing table which own address would be used.
            probe.connect(("192.0.2.1", 9))
            found.append(probe.getsockname()[0])
        except OSError:
            pass
    return [address for address in dict.fromkeys(found) if not address.startswith("127.")]
