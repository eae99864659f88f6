"""gunicorn's threaded worker, which gives a stalled request up instead of keeping a thread for it."""

import socket
import struct

from gunicorn.workers.gthread import TConn, ThreadWorker

# Between two pieces of a head, a body or an answer. A client that sends a byte now and then still holds a thread: a
# proxy that takes whole requests before it passes them on (deploy/) stands in front of an archive for everybody.
SECONDS_BETWEEN_BYTES = 10


class ImpatientWorker(ThreadWorker):
    """Let the kernel end reads and writes that do not move: gunicorn has no setting for it."""

    def enqueue_req(self, conn: TConn) -> None:
        limit = struct.pack("ll", SECONDS_BETWEEN_BYTES, 0)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)
        super().enqueue_req(conn)
