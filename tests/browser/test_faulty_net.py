"""The bad network does what a test says, as often as it says, and otherwise nothing at all."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import count
from threading import Event

import httpx
import pytest

from tests.browser.faults import What, drop_answer, login_page, refuse
from tests.browser.faulty_net import faulty_net
from tests.browser.tiny_site import tiny_site
from tests.servers import until


@pytest.fixture
def site():
    with tiny_site(hej="hej") as running:
        yield running


@pytest.fixture
def net(site):
    with faulty_net(site.url) as between:
        yield between


def sent(net, path="/hej", method="GET", **given):
    return httpx.request(method, net.url + path, timeout=20, **given)


def test_all_is_passed_as_it_is_when_nothing_is_wrong(site, net):
    def echo(request):
        request.give(request.body() + request.headers["Host"].encode(), 201, "text/plain")

    site.answers["/echo"] = echo

    answer = sent(net, "/echo?a=%C3%A5", "PUT", content=b"\x00\xff" * 100_000)

    assert answer.status_code == 201
    assert answer.headers["content-type"] == "text/plain"
    # The name it was asked by goes through too: the product compares it with the form's origin.
    assert answer.content == b"\x00\xff" * 100_000 + net.url.removeprefix("http://").encode()
    assert net.count(What.PASSED, "/echo", "PUT") == 1


def test_a_body_in_pieces_goes_through_both_ways(site, net):
    def echo(request):
        body = request.body()
        request.send_response(200)
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        for piece in (body, b"och slut", b""):
            request.chunk(piece)

    site.answers["/echo"] = echo

    answer = sent(net, "/echo", "POST", content=iter([b"ett ", b"tv\xc3\xa5 ", b"tre "]))

    assert answer.text == "ett två tre och slut"


def test_a_stream_comes_piece_by_piece_and_ends_when_the_listener_leaves(site, net):
    heard, gone = Event(), Event()

    def stream(request):
        request.send_response(200)
        request.send_header("Content-Type", "text/event-stream")
        request.send_header("Transfer-Encoding", "chunked")
        request.end_headers()
        request.chunk(b"data: 1\n\n")
        assert heard.wait(20)
        request.chunk(b"data: 2\n\n")
        request.connection.settimeout(20)
        assert request.connection.recv(1) == b""  # the other end has hung up
        request.close_connection = True
        gone.set()

    site.answers["/stream"] = stream

    with httpx.stream("GET", net.url + "/stream", timeout=20) as answer:
        pieces = answer.iter_bytes()
        assert next(pieces) == b"data: 1\n\n"
        heard.set()
        assert next(pieces) == b"data: 2\n\n"

    assert gone.wait(20)


def test_an_answer_is_lost_after_the_product_has_done_it(site, net):
    net.let("/hej", drop_answer(2))

    for _ in range(2):
        with pytest.raises(httpx.TransportError):
            sent(net)
    assert sent(net).text == "hej"

    assert site.asked == [("GET", "/hej")] * 3
    assert [it.what for it in net.seen] == [What.DROPPED, What.DROPPED, What.PASSED]


def test_without_a_network_the_product_hears_nothing(site, net):
    net.let("/", refuse())
    with pytest.raises(httpx.TransportError):
        sent(net)
    assert site.asked == []

    net.mend()
    assert sent(net).text == "hej"
    assert (net.count(What.REFUSED), net.count(What.PASSED)) == (1, 1)


def test_a_wifi_answers_for_the_product(site, net):
    net.let("/", login_page(1))

    answer = sent(net, method="PUT", content=b"en rapport")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    assert "Logga in på wifi" in answer.text
    assert site.asked == []
    assert sent(net).text == "hej"


def test_the_longest_beginning_of_the_path_decides(site, net):
    site.answers["/hej/alla"] = "alla"
    net.let("/", refuse())
    net.let("/hej", login_page())
    net.let("/hej/alla", drop_answer(0))

    assert sent(net, "/hej/alla").text == "alla"
    assert "wifi" in sent(net, "/hej").text
    with pytest.raises(httpx.TransportError):
        sent(net, "/annat")


def test_a_product_that_is_down_looks_like_no_network():
    with tiny_site() as site:
        url = site.url
    with faulty_net(url) as net:
        with pytest.raises(httpx.TransportError):
            sent(net)
        assert net.count(What.UNREACHABLE) == 1


def test_it_stands_many_at_once_and_those_who_say_nothing_or_nonsense(site, net):
    host, port = net.url.removeprefix("http://").split(":")
    number = count()
    site.answers["/tal"] = lambda request: request.give(str(next(number)))
    net.let("/tal", drop_answer(50))

    def ask(_):
        try:
            return client.get("/tal").text
        except httpx.TransportError:
            return "lost"

    with (
        ExitStack() as silent,
        httpx.Client(base_url=net.url, timeout=20) as client,
        ThreadPoolExecutor(16) as pool,
    ):
        for _ in range(20):
            silent.enter_context(socket.create_connection((host, int(port))))
        with socket.create_connection((host, int(port))) as nonsense:
            nonsense.sendall(b"PUT /hej HTTP/1.1\r\ncontent-length: mycket\r\n\r\n")
            nonsense.settimeout(20)
            with pytest.raises(ConnectionResetError):
                nonsense.recv(1)
        told = list(pool.map(ask, range(200)))

    assert told.count("lost") == net.count(What.DROPPED) == 50
    assert len(set(told)) == 151  # nobody was given what was another's
    assert len(site.asked) == 200
    until(lambda: not net.connections)
