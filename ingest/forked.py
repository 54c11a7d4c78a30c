"""A process that has imported the reader and forks a child for each document: `python -m ingest.forked FD`.

FD is a socket. Each request is the arguments of `ingest.extract` as JSON, with three descriptors for the child's
standard input, output and error; the answers are the child's number, and at its end its exit code and peak memory.
"""

import gc
import hashlib
import json
import os
import socket
import sys
import traceback

import ingest.pages.letters
import ingest.pages.tabled  # noqa: F401 - what a child needs is here before it is forked
from crawler.codec import Codec
from crawler.records import Sha256
from ingest.danish.vocabulary import load_vocabulary
from ingest.extract import main as extract
from ingest.reading import failed

LONGEST = 1 << 16
"""Bytes of a request."""


def serve(asked: socket.socket) -> None:
    """Fork a child for each request, one at a time, until there are no more."""
    codec = Codec()
    # Whatever is made at first use is made before the fork.
    codec.dumps(failed(Sha256(hashlib.sha256().hexdigest()), 0, "empty", ""))
    load_vocabulary()
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
