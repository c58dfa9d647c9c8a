"""`python -m tests.services.clamd HOW WHERE`: a small server that speaks clamd's INSTREAM, as told.

WHERE is ``tcp`` or the path of a Unix socket. It prints where it listens, and then, for each file, how
many bytes came. HOW is one of: scan (finds the test virus), error, limit, silent, drip, hangup.
"""

import socketserver
import struct
import sys
import threading
import time

VIRUS = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
LIMIT = 1000


class Handler(socketserver.BaseRequestHandler):
    """Answers one connection."""

    def handle(self) -> None:
        """Read the command and the file, and answer as told."""
        how = sys.argv[1]
        assert self._exactly(10) == b"zINSTREAM\0"
        if how == "hangup":
            return
        content = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(size)
            if how == "limit" and len(content) > LIMIT:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        sys.stdout.write(f"{len(content)}\n")
        sys.stdout.flush()
        self._answer(how, content)

    def _answer(self, how: str, content: bytes) -> None:
        if how == "silent":
            time.sleep(60)
        elif how == "drip":
            for _time in range(100):
                self.request.sendall(b".")
                time.sleep(0.1)
        elif how == "error":
            self.request.sendall(b"stream: Can't allocate memory ERROR\0")
        elif VIRUS in content:
            self.request.sendall(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
        else:
            self.request.sendall(b"stream: OK\0")

    def _exactly(self, size: int) -> bytes:
        received = b""
        while len(received) < size:
            part = self.request.recv(size - len(received))
            assert part, "The client hung up."
            received += part
        return received


def main() -> None:
    """Listen until somebody ends this, for two minutes at most."""
    server: socketserver.BaseServer
    if sys.argv[2] == "tcp":
        server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        said = f"tcp://127.0.0.1:{server.server_address[1]!s}"
    else:
        server = socketserver.ThreadingUnixStreamServer(sys.argv[2], Handler)
        said = f"unix://{sys.argv[2]}"
    end = threading.Timer(120, server.shutdown)
    end.daemon = True
    end.start()
    sys.stdout.write(f"{said}\n")
    sys.stdout.flush()
    server.serve_forever(poll_interval=0.05)


if __name__ == "__main__":
    main()
