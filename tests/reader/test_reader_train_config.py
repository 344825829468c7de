"""A configuration says all of a run; what it says wrongly is an error that names what is valid."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kg.reader.corpora import READERS
from kg.reader.train import __main__ as command
from kg.reader.train.config import Config, Corpus, read_config

SHIPPED = sorted((Path(__file__).parents[2] / "data" / "reader").glob("*.toml"))
CORPUS = '[[corpus]]\npath = "a.conllu"\n'
WRONG = {
    "head": ('name = "x"\n[losses]\npart = 1.0\n' + CORPUS, "unknown head part in .*; known: names, parts"),
    "norp": ('name = "x"\n' + CORPUS + 'norp = "some"\n', "norp = 'some'; known: labeled, other, unlabeled"),
    "without": ('name = "x"\n' + CORPUS + 'without = "GUM_"\n', "without is a list"),
    "unknown key": ('name = "x"\nepoch = 3\n' + CORPUS, "unknown key epoch; known: .*epochs"),
    "unknown key of a corpus": ('name = "x"\n' + CORPUS + "pass = 3\n", "unknown key pass; known: .*passes"),
    "unknown augmentation": (
        'name = "x"\naugment = {lower = 0.1, sideways = 0.1}\n' + CORPUS, "unknown augmentation sideways; known: lower",
    ),
    "no corpus": ('name = "x"\n', "no .*corpus.* to train on"),
    "only corpora that measure": ('name = "x"\n' + CORPUS + "dev = true\n", "no .*corpus.* to train on"),
    "no name": (CORPUS, "missing .*'name'"),
    "a corpus without a path": ('name = "x"\n[[corpus]]\npasses = 2\n', "missing .*'path'"),
    "no TOML": ("name = \n", "line 1"),
}  # fmt: skip


def written(folder: Path, text: str) -> Path:
    path = folder / "run.toml"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_a_shipped_configuration_is_read_and_means_something(path: Path) -> None:
    config = read_config(path)
    assert config.name == path.stem
    assert set(config.losses) <= {"names", "arcs", "labels", "parts", "tags", "starts"}
    for corpus in config.corpora:
        assert corpus.path.removesuffix(".gz").rpartition(".")[2] in READERS
        assert corpus.names in ("own", "gum", "gmb") and corpus.norp in ("labeled", "other", "unlabeled")
        assert not isinstance(corpus.without, str)
    trained = {corpus.path: corpus for corpus in config.corpora if not corpus.dev}
    for corpus in config.corpora:
        if corpus.dev and corpus.path in trained:
            assert 0 < corpus.held_out <= trained[corpus.path].held_out


def test_there_is_a_shipped_configuration() -> None:
    assert [path.name for path in SHIPPED] == ["kg-en-2.toml"]


def test_what_is_not_said_has_its_default(tmp_path: Path) -> None:
    assert read_config(written(tmp_path, 'name = "x"\n' + CORPUS)) == Config("x", (Corpus("a.conllu"),))
    corpus = Corpus("a.conllu")
    assert (corpus.passes, corpus.names, corpus.norp, corpus.held_out) == (1.0, "own", "unlabeled", 0)
    assert not corpus.running and not corpus.dev


def test_corpora_keep_their_order_and_values(tmp_path: Path) -> None:
    text = 'name = "x"\nepochs = 3\n[losses]\nparts = 0.5\n' + CORPUS + "passes = 0.5\n" + CORPUS + "dev = true\n"
    config = read_config(written(tmp_path, text))
    assert (config.epochs, config.losses) == (3, {"parts": 0.5})
    assert config.corpora == (Corpus("a.conllu", passes=0.5), Corpus("a.conllu", dev=True))


@pytest.mark.parametrize(("text", "message"), WRONG.values(), ids=WRONG.keys())
def test_an_error_says_what_is_valid(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_config(written(tmp_path, text))


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError):
        read_config(tmp_path / "missing.toml")


def test_the_encoder_must_be_the_one_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"weights")
    right = hashlib.sha256(b"weights").hexdigest()
    for checksum in ("", right):
        config = Config("x", (Corpus("a.conllu"),), encoder_sha256=checksum)
        assert command.checked_encoder(tmp_path, config) == tmp_path
    with pytest.raises(ValueError, match=r"model\.safetensors is not the model that encoder_sha256"):
        command.checked_encoder(tmp_path, Config("x", (), encoder_sha256=right[::-1]))


def test_without_an_installed_encoder_the_error_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "ENCODER_PACKAGE", "no_such_package")
    with pytest.raises(ValueError, match="--encoder, or pip install"):
        command.installed_encoder()
