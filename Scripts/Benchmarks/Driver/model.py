"""A model on loopback that has little to say: what Codex needs to end a turn."""
import itertools
import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER = "The first step is done.\n\nStatus: continue"


class Answerer(BaseHTTPRequestHandler):
    """Answers each request with one message."""

    protocol_version = "HTTP/1.1"
    numbers = itertools.count(1)

    def do_GET(self):
        self.reply("application/json", json.dumps({"object": "list", "data": [], "models": []}))

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.reply("text/event-stream", "".join(self.events(next(self.numbers))))

    def events(self, number):
        """The server-sent events of one response; Codex wants ids that are new."""
        item = {
            "type": "message", "id": f"msg_{number}", "role": "assistant", "status": "completed",
            "content": [{"type": "output_text", "text": ANSWER, "annotations": []}],
        }
        usage = {
            "input_tokens": 1000, "input_tokens_details": {"cached_tokens": 0}, "output_tokens": 20,
            "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": 1020,
        }
        response = {"id": f"resp_{number}", "object": "response", "status": "in_progress", "output": []}
        yield self.event("response.created", response=response)
        yield self.event("response.output_item.done", output_index=0, item=item)
        yield self.event("response.completed", response={**response, "status": "completed", "usage": usage})

    @staticmethod
    def event(kind, **data):
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **data})}\n\n"

    def reply(self, kind, text):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextmanager
def model():
    """Serves while the body runs; gives the port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answerer)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
