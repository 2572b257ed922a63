"""Read by every Python that has this folder in its PYTHONPATH: whoever asks for the network is refused, and written down in the file that
NETWORK_ASKED_FOR names."""
from __future__ import annotations

import os
import sys
from pathlib import Path

ASKING = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr",
          "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect")


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook. Sockets of the system's own (a path as address) are no network."""
    log = os.environ.get("NETWORK_ASKED_FOR")
    if not log or event not in ASKING or (event.startswith("socket.") and isinstance(arguments[-1], str | bytes)
                                          and event in ("socket.connect", "socket.bind", "socket.sendto")):
        return
    with Path(log).open("a", encoding="utf-8") as file:
        file.write(f"{event} {arguments}\n")
    raise OSError(f"the network is taken away: {event} {arguments}")


sys.addaudithook(refuse)
