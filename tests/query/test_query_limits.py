"""The limits of a query: its depth, time, rows and memory; and the child that runs it, which reaches nothing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError
from kg.query import QuerySession
from kg.relations import load

ROOT = Path(kg.__file__).parents[1]

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


@pytest.mark.parametrize("depth", [50, 3000, 100_000])
def test_deep_nesting_gives_an_answer_or_an_error_and_the_session_goes_on(session, depth):
    left, right = "(" * depth, ")" * depth
    groups = f"ASK {'{' * depth}{'}' * depth}"
    for query in (f"ASK {{ FILTER({left}1{right}) }}", f"ASK {{ ?s {left}a{right} ?o }}", groups):
        try:
            assert session.run(query).boolean is True
        except QueryError:
            assert depth > 50
    assert session.run("ASK {}").boolean


def test_a_query_past_its_time_is_stopped_and_the_next_one_runs(session):
    start = time.monotonic()
    with pytest.raises(QueryError, match=r"time limit of 0\.5 s"):
        session.run(CROSS, timeout_s=0.5)
    assert time.monotonic() - start < 2
    assert session.run("ASK {}").boolean


def test_no_child_outlives_its_session(small_graph):
    with QuerySession(small_graph, load()) as session:
        session.run("ASK {}")
        process = session._process
    assert process.poll() is not None


def test_too_many_rows_are_an_error_and_never_a_shorter_table(session):
    count = session.run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows[0][0]
    assert len(session.run("SELECT * { ?s ?p ?o }", max_rows=count).rows) == count
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(QueryError, match=f"more than {count - 1} rows; add a LIMIT"):
            session.run(query, max_rows=count - 1)


def test_the_confined_child_opens_no_socket_and_no_file_and_its_memory_is_bounded():
    pytest.importorskip("resource", reason="the platform has no resource limits")
    script = """
import socket
from kg.query.worker import confine
confine(memory=64 << 20)
for attempt in (socket.socket, lambda: open("/etc/hosts"), lambda: bytearray(256 << 20)):
    try:
        attempt()
    except (OSError, MemoryError) as error:
        print(type(error).__name__)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == ["OSError", "OSError", "MemoryError"]


def test_even_past_the_guard_no_endpoint_is_asked(endpoint):
    pytest.importorskip("resource", reason="the platform has no resource limits")
    port, asked = endpoint
    before = len(asked)
    script = """
import sys, pyoxigraph
from kg.query.worker import confine
confine()
try:
    print(list(pyoxigraph.Store().query(sys.argv[1])))
except OSError:
    print("failed")
"""
    query = f"SELECT * {{ SERVICE <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}"
    command = [sys.executable, "-c", script, query]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60, check=True)
    assert done.stdout == "failed\n"
    assert len(asked) == before
