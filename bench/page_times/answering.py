"""Answers the addresses that come in, one a line, with a line each: milliseconds of processor time, status, bytes.

Run as a script beside the tree of files to measure, which may be that of another commit: `python answering.py TREE`. So
it needs nothing of this package.
"""

import hashlib
import io
import json
import os
import re
import sys
import time
from urllib.parse import unquote_to_bytes

# How long ago the index was updated: >3 分钟前</time>
AGE = re.compile(rb">[^<>]{1,40}</time>\xe3\x80\x82</p>")


def main() -> None:
    tree = sys.argv[1]
    os.chdir(tree)
    sys.path[0] = tree
    from config.wsgi import application

    for line in sys.stdin:
        path, _, query = line.strip().partition("?")
        environ = request(path, query)
        status: list[str] = []
        began = time.process_time()
        response = application(environ, lambda line, _headers, answered=status: answered.append(line))
        content = b"".join(response)
        response.close()
        spent = time.process_time() - began
        # White space apart, which templates leave here and there.
        mark = hashlib.sha256(b"".join(AGE.sub(b"", content).split())).hexdigest()
        print(json.dumps([spent * 1000, int(status[0].split()[0]), len(content), mark]), flush=True)


def request(path: str, query: str) -> dict[str, object]:
    """Return the environment that gunicorn passes for a GET."""
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "HTTP_ACCEPT": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "HTTP_ACCEPT_LANGUAGE": "zh-CN,zh;q=0.9",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        "wsgi.version": (1, 0),
    }


if __name__ == "__main__":
    main()
