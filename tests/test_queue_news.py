"""The live bar's stream: how many cases have come within reach, and nothing else of them."""

import asyncio
from contextlib import asynccontextmanager, suppress
from itertools import pairwise
from time import time

import httpx
import nats
import pytest
import uvicorn

from events import Role
from events.cloudevent import encode, subject
from infra.db import transaction
from infra.embedded import ports
from infra.link import Link
from infra.people import accounts as people
from infra.people.identity import forget_actors
from infra.stream.broker import make_broker
from services.reach import Reach
from services.web.pages.queue import live
from services.web.pages.queue.news import News
from services.web.pages.visitor import COOKIE
from services.web.server import Server
from tests.product import product, stopped
from tests.servers import nats_server
from tests.stream_support import relaying, so
from tests.test_cloudevent import fact


def address(since=None):
    return f"/att-gora/nytt?sedan={int((since or time()) * 1000)}"


@asynccontextmanager
async def served(app):
    """The application of a town behind a real HTTP server, in this loop."""
    port = ports.free_port()
    config = uvicorn.Config(
        app, port=port, lifespan="off", log_config=None, timeout_graceful_shutdown=8
    )
    server = Server(config, app)
    task = asyncio.create_task(server.serve())
    await so(lambda: server.started)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await task


class Ear:
    """What a browser hears on an open list."""

    def __init__(self):
        self.heard = b""
        self.ended = False

    @property
    def counts(self):
        lines = self.heard.decode().splitlines()
        return [
            int(data.removeprefix("data: "))
            for event, data in pairwise(lines)
            if event == "event: antal"
        ]


@asynccontextmanager
async def listening(url, person, where=None):
    ear = Ear()
    cookie = {"Cookie": f"{COOKIE}={person.token}"}

    async def hear(answer):
        async for part in answer.aiter_raw():
            ear.heard += part
        ear.ended = True

    async with (
        httpx.AsyncClient(base_url=url, timeout=30) as client,
        client.stream("GET", where or address(), headers=cookie) as answer,
    ):
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        task = asyncio.create_task(hear(answer))
        try:
            yield ear
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def together(monkeypatch):
    """Tell each as soon as it comes."""
    monkeypatch.setattr(live, "_TOGETHER", 0.0)


async def test_a_list_is_told_how_many_came_within_reach_and_nothing_of_them(
    town, stream, together
):
    registrar = await town.somebody(Role.REGISTRAR)
    before = await town.cim.case()
    async with (
        served(town.app) as url,
        relaying(stream),
        listening(url, town.alice) as alice,
        listening(url, town.sas) as sas,
        listening(url, registrar) as registers,
    ):
        await so(lambda: town.app.state.news.hears and town.app.state.news.listeners == 3)
        cases = [
            await town.cim.case(text="Sven föll."),
            await town.sas.case(unit="bjorken"),
            await town.cim.case(lex_sarah=True, harm="serious"),
        ]
        await so(lambda: alice.counts[-1:] == [2] and sas.counts[-1:] == [3])
        await so(lambda: registers.counts[-1:] == [1])
    for ear in (alice, sas, registers):
        for case_id in (before, *cases):
            assert str(case_id).encode() not in ear.heard
        for word in (b"Sven", b"solrosen", b"2026"):
            assert word not in ear.heard


async def test_what_came_before_somebody_listened_is_told_at_once(town):
    drawn = time() - 5
    await town.cim.case()
    async with served(town.app) as url:
        async with listening(url, town.alice, address(drawn)) as ear:
            await so(lambda: ear.counts == [1])
        for strange in ("", "bluff", "-1", "9" * 30, "99999999999999"):
            where = f"/att-gora/nytt?sedan={strange}"
            async with listening(url, town.alice, where) as ear:
                await so(lambda ear=ear: ear.heard.count(b"\n\n") >= 2)
                assert ear.counts == []


async def test_a_list_that_is_closed_leaves_nobody_listening(town):
    news = town.app.state.news
    async with served(town.app) as url:
        for _ in range(3):
            async with listening(url, town.alice), listening(url, town.bo):
                await so(lambda: news.listeners == 2)
            await so(lambda: news.listeners == 0)


async def test_the_end_of_the_session_ends_the_stream(town, monkeypatch):
    monkeypatch.setattr(live, "BEAT", 0.05)
    async with served(town.app) as url, listening(url, town.alice) as ear:
        await so(lambda: ear.heard.count(b"\n\n") > 3)  # it lives on while the session does
        await town.alice.ask("POST", "logout")
        forget_actors()
        await so(lambda: ear.ended)
        assert ear.heard.endswith(b"event: slut\ndata: slut\n\n")
        assert town.app.state.news.listeners == 0


async def test_without_the_stream_it_is_told_with_the_next_sign_of_life(town, monkeypatch):
    monkeypatch.setattr(live, "BEAT", 0.05)
    async with served(town.app) as url, listening(url, town.alice) as ear:
        await town.cim.case()  # nobody relays
        await so(lambda: ear.counts == [1])


async def test_facts_are_heard_from_when_the_stream_comes_and_after_it_was_away(
    database, tmp_path
):
    with nats_server(tmp_path) as server:
        server.kill()
        link = Link(make_broker("test", url=server.url))
        news = News(link)
        news.start()
        try:
            for _ in range(2):
                await asyncio.to_thread(server.start)
                await so(lambda: link.client)
                with news.listening() as near, news.listening() as far:
                    near.reach = Reach(frozenset({"solrosen"}))
                    far.reach = Reach(frozenset({"bjorken"}))
                    opened = fact(type="case.report_received", body={"unit": "solrosen"})
                    connection = await nats.connect(server.url)

                    async def woken(opened=opened, connection=connection, near=near):
                        await connection.publish(subject(opened), encode(opened))
                        await connection.publish(subject(opened), b"no fact")
                        return near.woken.is_set()

                    await so(woken)
                    assert not far.woken.is_set()
                    await connection.close()
                server.kill()
                await so(lambda: link.client is None)
        finally:
            await news.stop()
            await link.close()


async def test_an_open_list_does_not_hold_up_the_end_of_the_process(database, stream, tmp_path):
    async with product(tmp_path, processes=()) as it:
        it.start("web")

        async def alive():
            with suppress(httpx.TransportError):
                return (await it.client.get("/healthz")).is_success

        await so(alive, seconds=60)
        cookie = {"Cookie": f"{COOKIE}={it.tokens['chef']}"}
        async with it.client.stream("GET", address(), headers=cookie) as answer:
            heard = answer.aiter_raw()
            assert await anext(heard) == b"retry: 5000\n\n"
            ending = asyncio.create_task(asyncio.to_thread(stopped, it.processes["web"]))
            async for _ in heard:  # it comes to a whole end: a cut would raise here
                pass
        assert await ending == 0
        assert "graceful" not in it.log("web").read_text()


async def test_no_more_listen_than_one_process_serves(town, monkeypatch):
    monkeypatch.setattr("services.web.pages.queue.news._MOST", 0)
    cookie = {"Cookie": f"{COOKIE}={town.alice.token}"}
    answer = await town.client.get(address(), headers=cookie)
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


async def test_who_loses_the_role_is_told_that_it_is_over(town, monkeypatch):
    monkeypatch.setattr(live, "BEAT", 0.05)
    async with served(town.app) as url, listening(url, town.alice) as ear:
        await so(lambda: ear.heard.count(b"\n\n") > 3)
        async with transaction() as session:
            await people.withdraw(session, town.alice.account_id, Role.UNIT_MANAGER, "solrosen")
        forget_actors()
        await so(lambda: ear.ended)
        assert ear.heard.endswith(b"event: slut\ndata: slut\n\n")
