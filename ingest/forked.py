"""A process that has imported the reader and forks a child for each document: `python -m ingest.forked FD`.

FD is a socket. Each request is the arguments of `ingest.extract` as JSON, with three descriptors for the child's
standard input, output and error; the answers are the child's number, and at its end its exit code and peak memory.
Two small papers of its own are read first: what is made at first use is then there in every child.
"""

import gc
import json
import os
import socket
import sys
import traceback

from crawler.codec import Codec
from ingest.extract import main as extract
from ingest.reading import Wishes, read_document
from ingest.sample import sample_pdfs

LONGEST = 1 << 16
"""Bytes of a request."""

WISHES = Wishes(max_pages=1, max_text_bytes=1 << 16, draw=None, draw_pages=None, thorough=True)


def serve(asked: socket.socket) -> None:
    """Fork a child for each request, one at a time, until there are no more."""
    codec = Codec()
    for pdf in sample_pdfs():
        codec.dumps(read_document(pdf, WISHES))
    gc.collect()
    gc.freeze()
    while True:
        request, descriptors, _, _ = socket.recv_fds(asked, LONGEST, 3)
        if not request:
            return
        pid = os.fork()
        if pid == 0:
            _be_child(asked, descriptors, json.loads(request), codec)
        for descriptor in descriptors:
            os.close(descriptor)
        asked.sendall(f"{pid}\n".encode())
        _, status, usage = os.wait4(pid, 0)
        asked.sendall(f"{os.waitstatus_to_exitcode(status)} {usage.ru_maxrss << 10}\n".encode())


def _be_child(asked: socket.socket, descriptors: list[int], arguments: list[str], codec: Codec) -> None:
    """Read one document and end; nothing of the process that forked it is gone back to."""
    code = 1
    try:
        os.setsid()
        asked.close()
        for target, descriptor in enumerate(descriptors):
            os.dup2(descriptor, target)
            os.close(descriptor)
        extract(arguments, codec)
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    except BaseException:  # noqa: BLE001 - as a program ends: with what went wrong on stderr
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as given:
        serve(given)
