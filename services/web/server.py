"""The HTTP server: ends what is open for long before it waits for all answers to end."""

import socket

import uvicorn
from fastapi import FastAPI
from typing_extensions import override


class Server(uvicorn.Server):
    """Uvicorn, which else would wait in vain for answers that end with the process only."""

    def __init__(self, config: uvicorn.Config, app: FastAPI) -> None:
        super().__init__(config)
        self._app = app

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.news.end()
        await super().shutdown(sockets)
