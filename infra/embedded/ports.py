"""Loopback ports for servers of our own."""

import secrets
import socket

# Below the ephemeral range (32768-60999 on Linux): a client that retries against a server
# which is down can be given the server's port as its own, connect to itself, and keep the
# server from binding.
RANGE = range(20000, 30000)

# Two servers are given their ports before either has bound its own.
_handed_out: set[int] = set()


def refusal(port: int, host: str = "127.0.0.1") -> OSError | None:
    """Tell why a server could not listen on the port now, or nothing when it could."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as trial:
            # As the servers do: what lingers in TIME_WAIT from the last run does not count.
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen(1)
    except OSError as error:
        return error
    return None


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Tell whether a server could listen on the port now."""
    return refusal(port, host) is None


def free_port(host: str = "127.0.0.1") -> int:
    """Choose a port at random, so that installations side by side seldom ask for the same."""
    while True:
        port = secrets.choice(RANGE)
        if port not in _handed_out and is_free(port, host):
            _handed_out.add(port)
            return port
