"""A web that only knows how to be ready; the port is the supervisor's to say."""

import http.server
import os


class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


address = (os.environ["AVVIK_HOST"], int(os.environ["AVVIK_PORT"]))
http.server.HTTPServer(address, Ready).serve_forever()
