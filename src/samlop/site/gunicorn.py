"""How gunicorn serves the program (``samlop web``); sizes come from the environment, see docs/operations.md."""

from __future__ import annotations

import gc
from typing import Any

from samlop.site import logs
from samlop.site.environment import flag, number, text

wsgi_app = "samlop.site.wsgi:application"
bind = [text("SAMLOP_BIND", "127.0.0.1:8000")]
workers = number("SAMLOP_WEB_WORKERS", 2)
threads = number("SAMLOP_WEB_THREADS", 2)  # pages are work more than waiting: more threads only wait for each other
worker_class = "gthread"
preload_app = True  # one copy of the code in memory, and a fault in the settings stops the start, not the first request
timeout = 60
graceful_timeout = 20
max_requests = 5000  # a leak in a library never gets to grow for weeks
max_requests_jitter = 500
proc_name = "samlop-web"
control_socket_disable = True
accesslog = None  # the program writes its own line per request: without query strings, with a request id
logconfig_dict = logs.config(json=not flag("SAMLOP_DEMO"), level="INFO")


def pre_fork(_server: Any, _worker: Any) -> None:
    """What is loaded before the workers start lives as long as they do; the collector need not look through it."""
    gc.freeze()


def post_fork(_server: Any, _worker: Any) -> None:
    """A page makes tens of thousands of short-lived objects; look for rings among them more seldom than by default."""
    gc.set_threshold(50_000, 20, 100)
