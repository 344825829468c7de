"""A small graph and a session that queries it; and a server that notes whatever is asked of it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from kg.model import Claim, Document, Edge, Entity, Evidence, Graph
from kg.query import QuerySession
from kg.relations import load


@pytest.fixture(scope="session")
def small_graph() -> Graph:
    """Two sales, a border, a name that would run as a formula and one that would paint a terminal red."""
    text = "Israel sold drones to Azerbaijan."
    document = Document("news/a1.txt", text, "", published="2022-11-21")
    at = Evidence("news/a1.txt", 0, len(text), text, (0, 6), (22, 32), ((7, 11),), 0, 1)
    said = ("affirmed", "factual", "current", "event", None, 0.9, None, "sold", at)
    ties = [
        ("claim/1", "country/ISR", "sells-arms-to", "country/AZE"),
        ("claim/2", "organization/evil", "sells-arms-to", "country/AZE"),
        ("claim/3", "country/AZE", "borders", "country/ISR"),
    ]
    edges = tuple(Edge(*tie, "asserted", None, 0.9, 1, False, (Claim(*tie, *said),)) for tie in ties)
    entities = [
        Entity("country/AZE", "Country", "Azerbaijan", iso3="AZE"),
        Entity("country/ISR", "Country", "Israel", iso3="ISR"),
        Entity("organization/evil", "Organization", "=cmd\x1b[31m\n北京"),
    ]
    return Graph({document.id: document}, {entity.id: entity for entity in entities}, edges, "kg-en-1")


@pytest.fixture(scope="module")
def session(small_graph: Graph) -> Iterator[QuerySession]:
    """A session over the small graph."""
    with QuerySession(small_graph, load()) as session:
        yield session


@pytest.fixture(scope="module")
def endpoint() -> Iterator[tuple[int, list[bytes]]]:
    """The port of a server on this machine, and what was ever asked of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    asked.append(connection.recv(100))
                    connection.close()

        threading.Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], asked
