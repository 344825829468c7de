"""The command line: what it prints where, and how it exits."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest

from kg.cli import app, run
from kg.graph import VIEWS
from kg.records import record_to_extraction

ROOT = Path(__file__).parents[1]
KG = [sys.executable, "-m", "kg"]
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}
COMMANDS = sorted(app.commands)

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources") / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Israel sold missiles to Azerbaijan, Yair Lapid said.")
    (folder / "b.txt").write_text("Armenia borders Azerbaijan.")
    return folder


@pytest.fixture(scope="module")
def built(news: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "out"
    assert run(["build", str(news), "-o", str(out), "--quiet"]) == 0
    return out


def kg(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [*KG, *map(str, arguments)]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=120, check=False, **options)  # type: ignore[call-overload,no-any-return]


def test_a_build_says_what_it_did_and_where_the_page_is(news: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["build", str(news), "-o", str(tmp_path / "out")]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert re.search(r"^documents +2  2 new$", shown.out, re.M)
    assert re.search(r"^entities +4  3 Country, 1 Person$", shown.out, re.M)
    assert re.search(r"^claims +2$", shown.out, re.M)
    assert re.search(r"^  sells-arms-to +1  1 asserted$", shown.out, re.M)
    assert shown.out.splitlines()[-1].split() == ["page", str(tmp_path / "out" / "graph.html")]
    assert all((tmp_path / "out" / name).is_file() for name in VIEWS)


def test_input_that_is_skipped_has_a_line_each_and_the_exit_code_says_so(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / "rows.jsonl"
    source.write_text('{"id": "one", "text": "Chad borders Niger."}\n{broken\n{"text": 3}\n')
    assert run(["build", str(source), "-o", str(tmp_path / "out")]) == 1
    shown = capsys.readouterr()
    assert [line.split(": ")[:2] for line in shown.err.splitlines()] == [
        ["kg", "skipped in/rows.jsonl:2"], ["kg", "skipped in/rows.jsonl:3"],
    ]  # fmt: skip
    assert re.search(r"^skipped +2  see above; everything else was written$", shown.out, re.M)
    assert "borders" in (tmp_path / "out" / "claims.jsonl").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_progress_is_shown_on_a_terminal_and_only_there(news: Path, tmp_path: Path) -> None:
    import pty

    terminal, inner = pty.openpty()
    command = [*KG, "build", str(news), "-o", str(tmp_path / "out")]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=inner)
    os.close(inner)
    drawn = b""
    with contextlib.suppress(OSError):  # Linux says so when the other end is closed
        while part := os.read(terminal, 1 << 16):
            drawn += part
    os.close(terminal)
    printed = process.communicate()[0]
    assert process.returncode == 0
    assert b"Loading the reader" in drawn
    assert b"Merging and writing" in drawn
    assert b"\x1b" not in printed


def test_a_quiet_build_prints_nothing(news: Path, built: Path, tmp_path: Path, capsys: Captured) -> None:
    out = shutil.copytree(built, tmp_path / "out")
    assert run(["build", str(news), "-o", str(out), "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_extract_prints_a_record_a_line_for_a_pipe(news: Path) -> None:
    done = kg("extract", news)
    assert (done.returncode, done.stderr) == (0, b"")
    read = [record_to_extraction(json.loads(line)) for line in done.stdout.decode().splitlines()]
    assert [item.document.id for item in read] == ["news/a.txt", "news/b.txt"]
    assert [claim.relation for item in read for claim in item.claims] == ["sells-arms-to", "borders"]


def test_extract_reads_standard_input_and_writes_a_file(tmp_path: Path) -> None:
    done = kg("extract", "-", "--out", tmp_path / "x.jsonl", input="Chad borders Niger – Lübeck 🛩.".encode())
    assert (done.returncode, done.stdout) == (0, b"")
    (line,) = (tmp_path / "x.jsonl").read_text("utf-8").splitlines()
    assert "Lübeck 🛩" in line


SELLERS = "SELECT ?seller ?buyer WHERE { ?seller kg:sellsArmsTo ?buyer }"


@pytest.mark.parametrize(
    ("format", "expected"),
    [
        ("table", "country:ISR"),
        ("csv", "seller,buyer"),
        ("tsv", "?seller\t?buyer"),
        ("json", '"vars":["seller","buyer"]'),
        ("xml", '<variable name="seller"/>'),
    ],
)
def test_a_query_is_answered_in_every_format(built: Path, capsys: Captured, format: str, expected: str) -> None:
    assert run(["query", str(built), SELLERS, "--format", format]) == 0
    shown = capsys.readouterr()
    assert expected in shown.out
    assert "country/ISR" in shown.out or "country:ISR" in shown.out


def test_a_query_may_come_from_a_file_and_give_triples(built: Path, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "q.rq").write_text("CONSTRUCT { ?s kg:borders ?o } WHERE { ?s kg:borders ?o }")
    assert run(["query", str(built), "-f", str(tmp_path / "q.rq"), "--format", "ttl"]) == 0
    assert "kg:borders" in capsys.readouterr().out


def test_export_writes_a_file_or_a_folder_or_standard_output(built: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["export", str(built), "--to", "turtle", "-o", str(tmp_path / "g.ttl")]) == 0
    assert (tmp_path / "g.ttl").read_bytes() == (built / "graph.ttl").read_bytes()
    assert run(["export", str(built), "--to", "csv", "-o", str(tmp_path / "tables")]) == 0
    assert (tmp_path / "tables" / "entities.csv").read_bytes() == (built / "entities.csv").read_bytes()
    assert capsys.readouterr().out.split() == [str(tmp_path / "g.ttl"), str(tmp_path / "tables")]
    done = kg("export", built, "--to", "turtle")
    assert (done.returncode, done.stdout) == (0, (built / "graph.ttl").read_bytes())


def test_show_opens_the_page_and_prints_its_path(built: Path, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    script = tmp_path / "browser.py"
    script.write_text(f"import sys, pathlib; pathlib.Path({str(opened)!r}).write_text(sys.argv[1])")
    environment = ENVIRONMENT | {"BROWSER": f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} %s"}
    command = [*KG, "show", str(built)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == f"{built / 'graph.html'}\n"
    assert opened.read_text() == (built / "graph.html").resolve().as_uri()


def test_show_can_only_print(built: Path, capsys: Captured) -> None:
    assert run(["show", "--print", str(built)]) == 0
    assert capsys.readouterr().out == f"{built / 'graph.html'}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["build", "missing.txt"], 1, "kg: missing.txt: no such file"),
        (["query", "missing", "ASK {}"], 1, "kg: missing: no ledger.sqlite there; expected a folder that `kg build"),
        (["query", "{built}", "SELECT"], 1, "kg: "),
        (["query", "{built}", "INSERT DATA { country:ISR kg:borders country:AZE }"], 1, "kg: "),
        (["query", "{built}"], 2, "give a QUERY, or a file"),
        (["query", "{built}", "ASK {}", "--format", "yaml"], 2, "'yaml' is not one of"),
        (["export", "{built}", "--to", "yaml"], 2, "'yaml' is no format; valid: csv, "),
        (["export", "{built}", "--to", "csv"], 2, "csv is a folder of files: name it with -o"),
        (["show", "missing"], 1, "kg: missing: no graph.html there"),
        (["build"], 2, "Missing argument 'SOURCES...'"),
        (["build", "x", "--threads", "0"], 2, "Invalid value for '--threads'"),
        (["build", "x", "--relations", "missing.toml"], 2, "'missing.toml' does not exist"),
        (["bild"], 2, "No such command 'bild'"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured,
    arguments: list[str], code: int, message: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run([argument.replace("{built}", str(built)) for argument in arguments]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert code == 2 or shown.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_is_missing_is_an_error_that_names_it(news: Path, tmp_path: Path, capsys: Captured) -> None:
    assert run(["build", str(news), "-o", str(tmp_path / "out"), "--reader", "no_such_pipeline"]) == 1
    assert "no_such_pipeline" in capsys.readouterr().err


def test_an_interrupt_ends_the_build_with_one_line_and_code_130(tmp_path: Path) -> None:
    rows = ({"id": f"{n}", "text": "Israel sold missiles to Azerbaijan. " * 40} for n in range(2000))
    (tmp_path / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)))
    command = [*KG, "build", str(tmp_path / "rows.jsonl"), "-o", str(tmp_path / "out")]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    journal = tmp_path / "out" / "ledger.sqlite-wal"
    deadline = time.monotonic() + 60
    while not (journal.exists() and journal.stat().st_size > 100_000) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    sent = time.monotonic()
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert output == ""
    assert errors.strip() == "kg: interrupted; what was read is kept, and the next build goes on from there"
    assert time.monotonic() - sent < 10  # 2 s on a machine that does nothing else


def test_a_reader_of_the_pipe_that_stops_is_no_error(built: Path) -> None:
    command = [*KG, "export", str(built), "--to", "html"]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(60) == 1
    process.stderr.close()


def test_help_answers_at_once() -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        assert kg("--help").returncode == 0
        times.append(time.perf_counter() - start)
    assert statistics.median(times) < 0.3 * 3  # 0.3 s on a machine that does nothing else


def test_help_and_the_bare_import_load_nothing_heavy() -> None:
    heavy = {
        "pandas",
        "spacy",
        "rdflib",
        "pyoxigraph",
        "networkx",
        "onnxruntime",
        "trafilatura",
        "pyvis",
        "rich",
        "sqlite3",
    }
    program = "import sys, kg, kg.cli; kg.cli.run(['build', '--help']); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    assert heavy.isdisjoint(done.stdout.splitlines()[-1].split())


def test_the_version_is_that_of_the_package(capsys: Captured) -> None:
    import kg as package

    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"kg {package.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_a_help_text(name: str, capsys: Captured) -> None:
    assert run([name, "--help"]) == 0
    assert "..." not in app.commands[name].get_short_help_str(limit=60)
    options = [option for option in app.commands[name].params if isinstance(option, click.Option)]
    assert all(option.help for option in options)
    shown = capsys.readouterr().out
    assert all(max(option.opts, key=len) in shown for option in options)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_in_the_readme(name: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert f"kg {name}" in readme
    options = [option for option in app.commands[name].params if isinstance(option, click.Option)]
    missing = [
        max(option.opts, key=len)
        for option in options
        if not any(opt in readme for opt in option.opts if opt[1] == "-")
    ]
    assert missing == []


def test_a_table_of_aliases_decides_who_is_who(news: Path, tmp_path: Path, capsys: Captured) -> None:
    table = tmp_path / "who.csv"
    table.write_text("action,name,into\nrename,Yair Lapid,Yair the Elder\n")
    out = tmp_path / "out"
    assert run(["build", str(news), "-o", str(out), "--aliases", str(table), "--quiet"]) == 0
    assert "person/yair-the-elder" in (out / "entities.csv").read_text()
    table.write_text("action,name\nmerg,Yair Lapid\n")
    assert run(["build", str(news), "-o", str(out), "--aliases", str(table), "--quiet"]) == 1
    expected = "kg: who.csv, line 2: action 'merg' is unknown; valid: merge, split, rename, qid\n"
    assert capsys.readouterr().err == expected


def test_an_entity_shows_its_members_and_the_rules_that_made_it(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Israeli Prime Minister Yair Lapid visited Cairo.")
    (tmp_path / "in" / "b.txt").write_text("Lapid leads Israel.")
    out = str(tmp_path / "out")
    assert run(["build", str(tmp_path / "in"), "-o", out, "--quiet"]) == 0
    assert run(["entity", out, "Lapid"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("person/yair-lapid  Yair Lapid\n  also Lapid\nmembers: 2\n")
    assert "by surname: the only one of this surname" in shown
    assert run(["entity", out, "person/yair-lapid", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["entity"]["id"] == "person/yair-lapid"
    assert run(["entity", out, "Lapide"]) == 1
    assert "no person or organization is called 'Lapide'; most alike: person/yair-lapid" in capsys.readouterr().err
