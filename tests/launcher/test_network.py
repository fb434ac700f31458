"""The launcher says what to do when it cannot listen."""

import socket
from collections.abc import Iterator

import pytest

from launcher.network import check_port, names
from launcher.words import LaunchError


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_busy_port_is_one_sentence_with_the_way_out(busy_port: int) -> None:
    with pytest.raises(LaunchError, match=rf"{busy_port}.*\./run --port {busy_port + 1}"):
        check_port("127.0.0.1", busy_port)


def test_a_free_port_is_accepted(busy_port: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(LaunchError, match=r"192\.0\.2\.7"):
        check_port("192.0.2.7", 8000)


def test_a_local_server_answers_to_local_names_only() -> None:
    assert names("127.0.0.1") == ["127.0.0.1", "localhost", "[::1]"]


def test_a_classroom_server_answers_to_the_name_of_the_machine() -> None:
    assert socket.gethostname() in names("0.0.0.0")
