"""The ledger keeps what was read, whole, and says clearly when it cannot."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.identifiers import claim_id
from kg.model import Claim, Document, Entity, Evidence, Extraction, Mention
from kg.store import LEDGER, Ledger, locked
from kg.store.schema import VERSION

ROOT = Path(__file__).parents[2]
TEXT = "Israel sold drones 🛩 to Azerbaijan. Baku thanked Yair Lapid."


def extraction(id: str = "news/a1.txt", *, title: str | None = None, text: str = TEXT, names: int = 1) -> Extraction:
    document = Document(id, text, f"sha of {text}", title=title, published="2022-11-21")
    entities = (
        Entity("country/AZE", "Country", "Azerbaijan", ("Republic of Azerbaijan",), ("Baku",), "AZE", "Q227"),
        Entity("country/ISR", "Country", "Israel", iso3="ISR"),
        *(Entity(f"person/yair-{n}", "Person", f"Yair {n}") for n in range(names)),
    )
    mentions = (
        Mention(0, 0, 6, text[0:6], "Country", "country/ISR"),
        Mention(1, 24, 34, text[24:34], "Country", "country/AZE"),
        Mention(2, 36, 40, "a text that is no slice", "Country", "country/AZE", antecedent=1),
    )
    evidence = Evidence(id, 0, 35, text[0:35], (0, 6), (24, 34), ((7, 11), (12, 18)), 0, 1)
    said = ("country/ISR", "sells-arms-to", "country/AZE")
    claim = Claim(
        claim_id(*said, "asserted", None), *said, "affirmed", "factual", "current", "event", None, 0.93,
        "person/yair-0", "sells-arms-to:sold", evidence,
    )  # fmt: skip
    other = replace(claim, confidence=0.0, evidence=replace(evidence, sentence="no slice either"))
    return Extraction("kg-en-1", document, entities, mentions, (claim, other))


def test_what_is_put_comes_out_the_same_in_order_of_ids(tmp_path: Path) -> None:
    read = [extraction("b"), extraction("ä"), extraction("a", title="A title", names=3), extraction("🛩", text="")]
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put(read, "f1")
    with Ledger.open(tmp_path) as ledger:
        assert list(ledger.extractions()) == sorted(read, key=lambda item: item.document.id)
        assert ledger.ids() == sorted(item.document.id for item in read)
        assert list(ledger.documents()) == [item.document for item in ledger.extractions()]
        assert list(ledger.entities()) == [entity for item in ledger.extractions() for entity in item.entities]
        assert list(ledger.claims()) == [claim for item in ledger.extractions() for claim in item.claims]
        assert ledger.document("ä") == read[1].document


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3)), max_size=8), data=st.data())
def test_any_history_of_puts_and_removals_leaves_what_the_last_ones_left(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]], data: st.DataObject
) -> None:
    expected: dict[str, Extraction] = {}
    with Ledger.open(tmp_path_factory.mktemp("ledger"), create=True) as ledger:
        for id, names in steps:
            if data.draw(st.booleans()):
                assert ledger.remove([id]) == (expected.pop(id, None) is not None)
            expected[id] = extraction(id, names=names)
            ledger.put([expected[id]], "f1")
        assert list(ledger.extractions()) == [expected[id] for id in sorted(expected)]
        rows = ledger._connection.execute("SELECT count(*) FROM claims").fetchone()[0]
        assert rows == sum(len(item.claims) for item in expected.values())


@pytest.mark.parametrize(
    ("change", "unchanged"),
    [
        ({}, True),
        ({"title": "Another"}, False),
        ({"text": TEXT + " "}, False),
        ({"sha256": "another"}, False),
        ({"published": None}, False),
        ({"publisher": ""}, False),
        ({"id": "news/a2.txt"}, False),
    ],
)
def test_a_document_is_known_only_with_the_same_content_and_metadata(
    tmp_path: Path, change: dict[str, str | None], unchanged: bool
) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([extraction()], "f1")
        assert ledger.has(replace(extraction().document, **change), "f1") is unchanged  # type: ignore[arg-type]
        assert not ledger.has(extraction().document, "f2")


def test_documents_read_by_something_else_are_outdated(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([extraction("b"), extraction("a")], "f1")
        ledger.put([extraction("c")], "f2")
        assert ledger.outdated("f2") == ["a", "b"]


def test_removing_withdraws_all_that_was_read_and_counts_what_was_there(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([extraction("a"), extraction("b")], "f1")
        assert ledger.remove(["a", "missing"]) == 1
        assert ledger.remove([]) == 0
        assert list(ledger.extractions()) == [extraction("b")]
        tables = ("entities", "mentions", "claims")
        counts = [ledger._connection.execute(f"SELECT count(DISTINCT document) FROM {t}").fetchone()[0] for t in tables]
        assert counts == [1, 1, 1]


def test_a_batch_that_fails_is_not_stored_in_part(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([extraction("a")], "f1")
        with pytest.raises(StoreError, match="surrogates"):
            ledger.put([extraction("a", names=3), extraction("b", text="\ud800" + TEXT)], "f2")
        assert list(ledger.extractions()) == [extraction("a")]


def test_settings_stay(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.configure(reader="one", relations="[]")
        ledger.configure(reader="two")
    with Ledger.open(tmp_path) as ledger:
        assert (ledger.setting("reader"), ledger.setting("relations"), ledger.setting("other")) == ("two", "[]", None)


def test_runs_hold_what_depends_on_the_clock_and_the_machine(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        run = ledger.start_run(started="2024-01-01", version="0.1.0", python="3.11", fingerprint="f1")
        ledger.finish_run(run, finished="2024-01-02", summary="{}")
        found = ledger._connection.execute("SELECT started, finished, version, summary FROM runs").fetchall()
    assert found == [("2024-01-01", "2024-01-02", "0.1.0", "{}")]


def test_after_closing_the_ledger_is_one_file(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([extraction()], "f1")
        assert ledger._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ledger._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert [path.name for path in tmp_path.iterdir()] == [LEDGER]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root writes anywhere")
def test_a_ledger_in_a_folder_that_cannot_be_written_is_still_read(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as ledger:
        ledger.put([extraction()], "f1")
    tmp_path.chmod(0o500)
    try:
        with Ledger.open(tmp_path) as ledger:
            assert ledger.ids() == ["news/a1.txt"]
    finally:
        tmp_path.chmod(0o700)


def test_a_ledger_is_read_while_another_process_writes_it(tmp_path: Path) -> None:
    with Ledger.open(tmp_path, create=True) as writer:
        writer.put([extraction("a")], "f1")
        with Ledger.open(tmp_path) as reader:
            ids = iter(reader.documents())
            writer.put([extraction("b")], "f1")
            assert next(ids).id == "a"
            assert reader.ids() in (["a"], ["a", "b"])


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def newer(path: Path) -> None:
    Ledger.open(path.parent, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    connection.close()


def damaged(path: Path) -> None:
    with Ledger.open(path.parent, create=True) as ledger:
        ledger.put([extraction(str(n)) for n in range(50)], "f1")
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(16) * ((len(data) - 4096) // 16)
    path.write_bytes(data)


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (foreign, "not a ledger of kg"),
        (newer, f"version {VERSION + 1}"),
        (damaged, "delete it and build again"),
        (lambda path: path.write_bytes(b"x" * 5000), "not a database; delete it and build again"),
        (lambda path: path.mkdir(), "no ledger.sqlite there|unable to open"),
    ],
)
def test_a_file_that_is_no_good_ledger_is_refused_with_what_to_do(
    tmp_path: Path, spoil: object, message: str, create: bool
) -> None:
    spoil(tmp_path / LEDGER)  # type: ignore[operator]
    with pytest.raises(StoreError, match=message), Ledger.open(tmp_path, create=create) as ledger:
        list(ledger.extractions())


def test_a_folder_without_a_ledger_is_refused_for_reading_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="expected a folder that `kg build -o` wrote"):
        Ledger.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


WRITER = """
    import sys
    from pathlib import Path
    sys.path.insert(0, sys.argv[2])
    from test_ledger import extraction
    from kg.store import Ledger, locked
    with locked(Path(sys.argv[1])), Ledger.open(sys.argv[1], create=True) as ledger:
        for n in range(10**6):
            ledger.put([extraction(f"{n:06}-{m}") for m in range(3)], "f1")
            print(n, flush=True)
"""


def writer(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(folder), str(Path(__file__).parent)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    process.stdout.readline()
    return process


def test_a_killed_writer_leaves_whole_batches_and_a_free_lock(tmp_path: Path) -> None:
    process = writer(tmp_path)
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    printed = process.communicate()[0].splitlines()
    with locked(tmp_path), Ledger.open(tmp_path, create=True) as ledger:
        ids = ledger.ids()
        assert len(ids) % 3 == 0
        assert len(ids) >= 3 * (len(printed) + 1)
        assert list(ledger.extractions()) == [extraction(id) for id in ids]


def test_a_second_writer_is_told_that_the_folder_is_in_use(tmp_path: Path) -> None:
    process = writer(tmp_path)
    try:
        with pytest.raises(StoreError, match="another kg is writing there"), locked(tmp_path):
            pytest.fail("two writers in one folder")
    finally:
        process.kill()
        process.communicate()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot write there"), locked(tmp_path / "file" / "out"):
        pytest.fail("locked what is no folder")
