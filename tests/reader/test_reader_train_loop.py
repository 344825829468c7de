"""Training is deterministic and resumable, learns what corpora say and nothing else, and exports what it trained."""

# ruff: noqa: E402

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="training needs the extra 'train'")
onnx = pytest.importorskip("onnx", reason="training needs the extra 'train'")
safetensors = pytest.importorskip("safetensors.torch", reason="training needs the extra 'train'")

from kg.reader import load
from kg.reader.model import Model
from kg.reader.train.__main__ import main
from kg.reader.train.config import Config, Corpus
from kg.reader.train.data import Prepared, dev_windows, prepare, sentences_of
from kg.reader.train.examples import ANY_NAME, BIO, Example, Inventory, concatenated
from kg.reader.train.export import OUTPUTS as EXPORTED
from kg.reader.train.export import export
from kg.reader.train.loop import CHECKPOINT, Trainer, averaged_weights, new_network
from kg.reader.train.losses import losses, within_sentences
from kg.reader.train.network import Network
from kg.reader.train.quantize import label_scorer, quantized
from kg.reader.wordpieces import WordPieces, pad

OUTPUTS = tuple(name for name in EXPORTED if name != "context")  # what the network's heads score
TOKENIZER = Path(__file__).parents[2] / "kg" / "reader" / "en" / "tokenizer.json"
WIDTH, INNER, LAYERS = 24, 32, 2
TREES = (
    "The/DET/DT/2/det ferry/NOUN/NN/3/nsubj left/VERB/VBD/0/root Ghent/PROPN/NNP/3/obj ./PUNCT/./3/punct",
    "Ada/PROPN/NNP/2/nsubj painted/VERB/VBD/0/root the/DET/DT/4/det mill/NOUN/NN/2/obj ./PUNCT/./2/punct",
    "Rain/NOUN/NN/2/nsubj fell/VERB/VBD/0/root on/ADP/IN/4/case Ghent/PROPN/NNP/2/obl ./PUNCT/./2/punct",
    "Sing/VERB/VB/0/root ,/PUNCT/,/3/punct Ada/PROPN/NNP/1/vocative !/PUNCT/./1/punct",
)
NAMED = ("Ada Moor sold Acme in Ghent .", "The ferry of Acme left Ghent .", "Rain fell on Ada Moor .")
KINDS = {"Ada Moor": "PERSON", "Acme": "ORG", "Ghent": "PLACE"}
CONFIG = """
name = "tiny"
epochs = 2
pieces = 60
longest = 20
dropout = 0.1
heads_rate = 1e-2
losses = {parts = 0.5}
augment = {lower = 0.1, dateline = 0.1}
[[corpus]]
path = "trees.conllu"
passes = 4
[[corpus]]
path = "names.jsonl"
passes = 4
norp = "labeled"
running = true
[[corpus]]
path = "trees.conllu"
dev = true
"""


@dataclass(slots=True)
class Run:
    """What a trainer is made of."""

    config: Config
    encoder: Path
    inventory: Inventory
    training: list[Prepared]
    dev: dict[str, list[Example]]

    def trainer(self, folder: Path, kind: type[Trainer] = Trainer) -> Trainer:
        folder.mkdir(parents=True, exist_ok=True)
        return kind(self.config, self.encoder, folder, self.inventory, self.training, self.dev)


class Interrupted(Trainer):
    """A run that is stopped as soon as its first epoch is saved."""

    def log(self, event: str, **values: Any) -> None:
        super().log(event, **values)
        if event == "scores":
            raise KeyboardInterrupt


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT model with random weights."""
    folder = tmp_path_factory.mktemp("encoder")
    random = torch.Generator().manual_seed(7)
    sizes = {"hidden_size": WIDTH, "intermediate_size": INNER, "num_hidden_layers": LAYERS}
    sizes |= {"num_attention_heads": 2, "vocab_size": 30522, "max_position_embeddings": 512}
    shapes = {f"embeddings.{kind}_embeddings": (size, WIDTH) for kind, size in (("word", 30522), ("position", 512))}
    shapes |= {"embeddings.token_type_embeddings": (2, WIDTH), "embeddings.LayerNorm": (WIDTH,)}
    for layer in (f"encoder.layer.{number}" for number in range(LAYERS)):
        shapes |= {f"{layer}.attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
        shapes |= {f"{layer}.attention.output.dense": (WIDTH, WIDTH), f"{layer}.intermediate.dense": (INNER, WIDTH)}
        shapes |= {f"{layer}.output.dense": (WIDTH, INNER), f"{layer}.output.LayerNorm": (WIDTH,)}
        shapes |= {f"{layer}.attention.output.LayerNorm": (WIDTH,)}
    weights = {}
    for name, shape in shapes.items():
        is_norm = name.endswith("LayerNorm")
        weights[f"bert.{name}.weight"] = torch.randn(shape, generator=random) * (0.1 if is_norm else 0.3) + is_norm
        if "embeddings." not in name or is_norm:
            weights[f"bert.{name}.bias"] = torch.randn(shape[0], generator=random) * 0.1
    safetensors.save_file(weights, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(sizes), "utf-8")
    shutil.copyfile(TOKENIZER, folder / "tokenizer.json")
    return folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``trees.conllu``, ``names.jsonl`` and ``run.toml``."""
    folder = tmp_path_factory.mktemp("data")
    blocks = []
    for number, sentence in enumerate(TREES):
        lines = ["# newpar"] * (number % 2 == 0) + [f"# sent_id = {number}"]
        for place, (form, part, tag, head, label) in enumerate((word.split("/") for word in sentence.split()), 1):
            lines.append("\t".join((str(place), form, form.lower(), part, tag, "_", head, label, "_", "_")))
        blocks.append("\n".join(lines))
    (folder / "trees.conllu").write_text("\n\n".join(blocks) + "\n", "utf-8")
    rows = []
    for text in NAMED:
        found = [(text.index(form), form, kind) for form, kind in KINDS.items() if form in text]
        entities = [{"start": start, "end": start + len(form), "type": kind} for start, form, kind in found]
        rows.append(json.dumps({"id": text, "text": text, "entities": entities}))
    (folder / "names.jsonl").write_text("\n".join(rows), "utf-8")
    (folder / "run.toml").write_text(CONFIG, "utf-8")
    return folder


@pytest.fixture(scope="module")
def run(encoder: Path, data: Path) -> Run:
    trees, names = Corpus("trees.conllu", passes=4), Corpus("names.jsonl", passes=4, norp="labeled")
    config = Config(
        "tiny",
        (trees, names),
        epochs=2,
        pieces=60,
        longest=20,
        heads_rate=1e-2,
        augment={"lower": 0.1, "dateline": 0.1},
    )
    found = {corpus: sentences_of(corpus, data) for corpus in (trees, names)}
    inventory = Inventory.of(sentence for part in found.values() for sentence in part)
    training = [prepare(corpus, sentences, inventory) for corpus, sentences in found.items()]
    return Run(config, encoder, inventory, training, {"own": dev_windows(training[0], config)})


@pytest.fixture(scope="module")
def trained(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a finished run."""
    folder = tmp_path_factory.mktemp("trained")
    run.trainer(folder).run()
    return folder


@pytest.fixture(scope="module")
def network(run: Run, trained: Path) -> Network:
    """The network that was trained, as it is used."""
    weights, inventory = averaged_weights(trained / CHECKPOINT)
    network = new_network(run.encoder, inventory)
    network.load_state_dict(weights)
    return network.eval()


@pytest.fixture(scope="module")
def readers(run: Run, trained: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The exported reader, in 32-bit floats and in eight-bit integers."""
    folder = tmp_path_factory.mktemp("readers")
    for name, plain in (("plain", True), ("small", False)):
        export("tiny", trained / CHECKPOINT, run.encoder, folder / name, plain=plain)
    return {name: folder / name for name in ("plain", "small")}


def weights_of(folder: Path) -> dict[str, Any]:
    return dict(averaged_weights(folder / CHECKPOINT)[0])


def same(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return a.keys() == b.keys() and all(torch.equal(value, b[name]) for name, value in a.items())


def events(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "log.jsonl").read_text("utf-8").splitlines()]


def outputs_of(network: Network, words: list[str]) -> dict[str, Any]:
    """The network's scores of one window, as arrays without the batch dimension."""
    pieces = WordPieces(TOKENIZER)(words)
    with torch.no_grad():
        found = network(**{name: torch.from_numpy(value) for name, value in pad([pieces]).items()})
    return {name: value[0] for name, value in zip(OUTPUTS, found, strict=True)}


def targets_of(**known: list[list[int]]) -> dict[str, Any]:
    """Targets of two windows of three words each, unknown but for ``known``."""
    unknown = {name: [[-1] * 3] * 2 for name in ("starts", "parts", "tags", "heads", "labels")}
    table = {**unknown, "names": [[ANY_NAME] * 3] * 2, "sentence": [[1] * 3] * 2, **known}
    return {name: torch.tensor(value) for name, value in table.items()}


def scores_of(network: Network) -> tuple[Any, ...]:
    """Random scores of two windows of three words, that gradients reach."""
    random = torch.Generator().manual_seed(3)
    sizes = [module.out_features for module in (network.names, network.parts, network.tags)]
    shapes = [*((2, 3, size) for size in sizes), (2, 3), (2, 3, 4), (2, 4, 129), (2, 3, 129)]
    return tuple(torch.randn(shape, generator=random, requires_grad=True) for shape in shapes)


def reached(scores: Any) -> Any:
    """Which words of which window a gradient came to."""
    return scores.grad.reshape(*scores.shape[:2], -1).any(-1).tolist()


def test_a_run_is_deterministic(run: Run, trained: Path, tmp_path: Path) -> None:
    run.trainer(tmp_path).run()
    assert same(weights_of(tmp_path), weights_of(trained))
    scores = [[event for event in events(folder) if event["event"] == "scores"] for folder in (tmp_path, trained)]
    assert scores[0] == scores[1] and [event["epoch"] for event in scores[0]] == [1, 2]


def test_a_run_that_was_stopped_ends_as_if_it_had_not_been(run: Run, trained: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run.trainer(tmp_path, Interrupted).run()
    assert not same(weights_of(tmp_path), weights_of(trained))
    resumed = run.trainer(tmp_path)
    assert resumed.epoch == 1
    resumed.run()
    assert same(weights_of(tmp_path), weights_of(trained))
    whole = torch.load(trained / CHECKPOINT, weights_only=True)
    assert same(resumed.network.state_dict(), whole["network"])
    assert [event["event"] for event in events(tmp_path)] == ["scores", "resumed", "scores"]


def test_a_finished_run_does_nothing(run: Run, trained: Path, tmp_path: Path) -> None:
    shutil.copy(trained / CHECKPOINT, tmp_path)
    before = (tmp_path / CHECKPOINT).read_bytes()
    run.trainer(tmp_path).run()
    assert (tmp_path / CHECKPOINT).read_bytes() == before
    assert [event["event"] for event in events(tmp_path)] == ["resumed"]


def test_another_seed_gives_other_weights(run: Run, trained: Path, tmp_path: Path) -> None:
    replace(run, config=replace(run.config, seed=2)).trainer(tmp_path).run()
    assert not same(weights_of(tmp_path), weights_of(trained))


def test_a_checkpoint_of_other_labels_is_refused(run: Run, trained: Path, tmp_path: Path) -> None:
    shutil.copy(trained / CHECKPOINT, tmp_path)
    other = replace(run.inventory, tags=[*run.inventory.tags, "ZZ"])
    with pytest.raises(ValueError, match=r"checkpoint\.pt was trained on other labels; choose another folder"):
        replace(run, inventory=other).trainer(tmp_path)


def test_training_learns_what_it_is_shown(run: Run, tmp_path: Path) -> None:
    corpora = [replace(prepared, corpus=replace(prepared.corpus, passes=60)) for prepared in run.training]
    rates = {"encoder_rate": 3e-3, "average": 0.9, "dropout": 0.0, "masked": 0.0}
    config = replace(run.config, epochs=1, pieces=20, longest=40, alone=0.2, augment={}, **rates)
    wholes = ([concatenated(paragraph) for paragraph in prepared.own] for prepared in corpora)
    dev = dict(zip(("trees", "names"), wholes, strict=True))
    replace(run, config=config, training=corpora, dev=dev).trainer(tmp_path).run()
    scores = events(tmp_path)[-1]
    assert min(scores["trees"][measure] for measure in ("UAS", "LAS", "UPOS", "tags", "starts")) > 95
    assert scores["names"]["names"] > 95


def test_the_averaged_network_leaves_the_live_one_alone(run: Run, tmp_path: Path) -> None:
    trainer = run.trainer(tmp_path)
    trainer.run()
    live = {name: value.clone() for name, value in trainer.network.state_dict().items()}
    averaged = trainer.averaged_network()
    assert same(trainer.network.state_dict(), live) and trainer.network.training and not averaged.training
    assert same(averaged.state_dict(), weights_of(tmp_path)) and not same(averaged.state_dict(), live)
    assert torch.equal(averaged.encoder.words.weight, trainer.network.encoder.words.weight)
    with torch.no_grad():
        averaged.arc_weight.zero_()
    assert same(trainer.network.state_dict(), live) and trainer.averaged["arc_weight"].any()


def test_word_embeddings_stay_as_they_were(run: Run, network: Network) -> None:
    fresh = new_network(run.encoder, run.inventory)
    assert torch.equal(fresh.encoder.words.weight, network.encoder.words.weight)
    assert not torch.equal(fresh.encoder.positions.weight, network.encoder.positions.weight)


def test_a_batch_of_names_teaches_no_other_head(run: Run) -> None:
    network = new_network(run.encoder, run.inventory)
    words = WordPieces(TOKENIZER)
    inputs = pad([words(["Ada", "met", "Acme"]), words(["Ghent", "is", "old"])])
    found = losses(
        network,
        network(**{name: torch.from_numpy(value) for name, value in inputs.items()}),
        targets_of(names=[[2, 1, 8]] * 2),
    )
    assert found.keys() == {"names"}
    found["names"].backward()
    for name, value in network.named_parameters():
        if not name.startswith("encoder."):
            assert (value.grad is not None and bool(value.grad.any())) == name.startswith("names.")


def test_the_loss_ignores_what_a_corpus_does_not_annotate(run: Run) -> None:
    network = new_network(run.encoder, run.inventory)
    outputs = scores_of(network)
    known = targets_of(
        parts=[[0, 1, -1], [-1] * 3],
        tags=[[-1] * 3, [0, 1, 2]],
        heads=[[2, 0, -1], [-1] * 3],
        labels=[[0, -1, -1], [1, -1, -1]],
        starts=[[1, 0, -1], [1, 1, 0]],
        names=[[1, ANY_NAME, 6], [ANY_NAME] * 3],
    )
    found = losses(network, outputs, known)
    assert list(found) == ["names", "parts", "tags", "starts", "arcs", "labels"]
    sum(found.values()).backward()
    names, parts, tags, starts, arcs, as_head, as_dependent = map(reached, outputs)
    nothing = [False] * 3
    assert names == [[True, False, True], nothing]
    assert parts == [[True, True, False], nothing]
    assert tags == [nothing, [True] * 3]
    assert starts == [[False, True, False], [False, True, True]]
    assert arcs == [[True, True, False], nothing]
    assert as_dependent == [[True, False, False], nothing]
    assert as_head == [[False, False, True, False], [False] * 4]


def test_a_name_costs_what_its_allowed_labels_lack_in_probability(run: Run) -> None:
    network = new_network(run.encoder, run.inventory)
    scores = scores_of(network)
    chances = scores[0].detach().softmax(-1)

    def loss(names: list[list[int]]) -> float | None:
        found = losses(network, scores, targets_of(names=names)).get("names")
        return None if found is None else float(found.detach())

    assert loss([[ANY_NAME] * 3] * 2) is None
    labels = torch.tensor([[0, 1, 2], [3, 4, 5]])
    expected = torch.nn.functional.cross_entropy(scores[0].flatten(0, 1), labels.flatten())
    assert loss((1 << labels).tolist()) == pytest.approx(float(expected.detach()), rel=1e-5)
    rest = [ANY_NAME] * 3
    assert loss([[0b11, 4, ANY_NAME], rest]) == pytest.approx(
        float(-(chances[0, 0, :2].sum().log() + chances[0, 1, 2].log()) / 2), rel=1e-5
    )
    assert loss([[ANY_NAME - 1, 4, ANY_NAME], rest]) == pytest.approx(
        float(-((1 - chances[0, 0, 0]).log() + chances[0, 1, 2].log()) / 2), rel=1e-5
    )


@given(st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), min_size=1, max_size=3))
def test_arcs_never_leave_a_sentence(lengths: list[list[int]]) -> None:
    width = max(map(sum, lengths))
    rows = [[n for n, size in enumerate(sizes, 1) for _ in range(size)] for sizes in lengths]
    sentence = torch.tensor([row + [-1] * (width - len(row)) for row in rows])
    arcs = torch.zeros(len(rows), width, width + 1)
    allowed = within_sentences(arcs, sentence) == 0
    for number, row in enumerate(rows):
        for word, own in enumerate(row):
            heads = {head for head in range(width + 1) if allowed[number, word, head]}
            assert heads == {0} | {n for n, other in enumerate(row, 1) if other == own and n != word + 1}


def test_the_exported_reader_scores_as_the_network_does(network: Network, readers: dict[str, Path]) -> None:
    import onnxruntime

    model = Model(readers["plain"])
    scorer = onnxruntime.InferenceSession(str(readers["plain"] / "labels.onnx"))
    assert model.name == "tiny"
    for text in (*NAMED, "Go", "The U.S.-led ferry 's crew -- 14 of them -- sang `` antidisestablishmentarianism '' !"):
        words = text.split()
        expected = outputs_of(network, words)
        found = model.scores(words)
        assert found.keys() == {*expected, "context"}
        for name, value in expected.items():
            np.testing.assert_allclose(found[name], value.numpy(), atol=1e-4, err_msg=name)
        heads = [n % (len(words) + 1) for n in range(len(words))]
        as_head, as_dependent = expected["as_head"][heads], expected["as_dependent"]
        (labels,) = scorer.run(None, {"head": as_head.numpy(), "dependent": as_dependent.numpy()})
        with torch.no_grad():
            np.testing.assert_allclose(labels, network.label_scores(as_head, as_dependent).numpy(), atol=1e-4)


def test_padding_changes_nothing_that_is_read(network: Network) -> None:
    words = WordPieces(TOKENIZER)
    inputs = pad([words(["Rain", "fell"]), words(["The", "ferry", "of", "Acme", "left", "Ghent"])])
    with torch.no_grad():
        together = network(**{name: torch.from_numpy(value) for name, value in inputs.items()})
    for name, whole in zip(OUTPUTS, together, strict=True):
        alone = outputs_of(network, ["Rain", "fell"])[name]
        cut = whole[0][tuple(slice(size) for size in alone.shape)]
        torch.testing.assert_close(cut, alone, atol=1e-5, rtol=1e-5)


def test_the_quantized_reader_agrees_closely(readers: dict[str, Path]) -> None:
    plain, small = (Model(folder) for folder in readers.values())
    assert (readers["small"] / "model.onnx").stat().st_size < (readers["plain"] / "model.onnx").stat().st_size
    found = [[model.scores(text.split()) for text in NAMED] for model in (plain, small)]
    for name in OUTPUTS:
        a, b = (np.concatenate([scores[name].ravel() for scores in part]) for part in found)
        assert np.corrcoef(a, b)[0, 1] > 0.99, name


def test_the_quantized_reader_reads_text(readers: dict[str, Path]) -> None:
    doc = load(str(readers["small"]))("Ada Moor left Ghent. Rain fell.")
    assert doc.text == "Ada Moor left Ghent. Rain fell."
    assert all(token.pos_ and token.tag_ and token.dep_ for token in doc)


def test_a_row_of_a_quantized_product_does_not_depend_on_other_rows() -> None:
    random = np.random.default_rng(1)
    weights = random.normal(size=(40, 12)).astype(np.float32)
    row = random.normal(size=(1, 40)).astype(np.float32)
    scales = np.array([1e4, 1e-4, 0, 1e7, 1]).reshape(5, 1)
    others = (random.normal(size=(5, 40)) * scales).astype(np.float32)
    alone = product_of(weights, row)
    np.testing.assert_array_equal(product_of(weights, np.concatenate([others[:3], row, others[3:]]))[3:4], alone)
    np.testing.assert_array_equal(product_of(weights, np.concatenate([others, row]))[5:], alone)
    exact = row @ weights
    assert np.abs(alone - exact).max() < 0.03 * np.abs(exact).max()
    np.testing.assert_array_equal(product_of(weights, np.zeros((2, 40), np.float32)), np.zeros((2, 12)))


def test_quantized_label_scores_do_not_depend_on_other_arcs() -> None:
    import onnxruntime

    random = np.random.default_rng(2)
    weights = random.normal(size=(9, 4 * 9)).astype(np.float32)
    dependent, head = (random.normal(size=(6, 9)).astype(np.float32) for _ in range(2))
    dependent[1:] *= 1e5
    model = onnxruntime.InferenceSession(quantized(label_scorer(weights)).SerializeToString())
    plain = onnxruntime.InferenceSession(label_scorer(weights).SerializeToString())
    (together,), (alone,) = (model.run(None, {"dependent": dependent[:n], "head": head[:n]}) for n in (6, 1))
    np.testing.assert_array_equal(together[:1], alone)
    (exact,) = plain.run(None, {"dependent": dependent, "head": head})
    np.testing.assert_allclose(exact, np.einsum("ns,srt,nt->nr", dependent, weights.reshape(9, 4, 9), head), rtol=1e-3)
    assert np.corrcoef(together[0], exact[0])[0, 1] > 0.99


def product_of(weights: Any, rows: Any) -> Any:
    """``rows`` times ``weights`` as a quantized model has it."""
    import onnxruntime

    helper = onnx.helper
    values = [helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["N", None]) for name in ("rows", "product")]
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["rows", "weights"], ["product"], name="multiply")],
        "product",
        values[:1],
        values[1:],
        [onnx.numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (product,) = onnxruntime.InferenceSession(quantized(model).SerializeToString()).run(None, {"rows": rows})
    return product


def test_weights_that_are_kept_stay_float() -> None:
    random = np.random.default_rng(1)
    weights = random.normal(size=(9, 4 * 9)).astype(np.float32)
    names = [node.op_type for node in quantized(label_scorer(weights), kept=["weights"]).graph.node]
    assert "MatMulIntegerToFloat" not in names


def test_the_command_says_what_is_wrong(
    encoder: Path, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "run.toml"
    arguments = [str(tmp_path / "out"), "--config", str(config), "--data", str(data), "--encoder", str(encoder)]
    monkeypatch.setattr(sys, "argv", ["train", *arguments])
    for text, message in (
        ('name = "x"', r"training: .*run\.toml: no \[\[corpus\]\] to train on"),
        ('name = "x"\nencoder_sha256 = "0"\n[[corpus]]\npath = "trees.conllu"', "training: .* is not the model"),
        ('name = "x"\n[[corpus]]\npath = "missing.conllu"', r"training: .*missing\.conllu"),
    ):
        config.write_text(text, "utf-8")
        with pytest.raises(SystemExit, match=message):
            main()
    assert not (tmp_path / "out" / CHECKPOINT).exists()


def test_the_command_trains_and_exports(encoder: Path, data: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg.reader.train", str(tmp_path / "out"), "--config", str(data / "run.toml")]
    command += ["--data", str(data), "--encoder", str(encoder)]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    logged = events(tmp_path / "out")
    assert [json.loads(line) for line in printed.splitlines()] == logged
    assert [event["event"] for event in logged] == ["corpus", "corpus", "corpus", "scores", "scores"]
    read = [(event["path"], event["dev"], event["sentences"]) for event in logged[:3]]
    assert read == [("trees.conllu", False, 4), ("names.jsonl", False, 3), ("trees.conllu", True, 4)]
    assert set(logged[3]["trees.conllu"]) >= {"UAS", "LAS", "UPOS", "tags", "starts"}
    found = {path.name for path in (tmp_path / "out" / "reader").iterdir()}
    assert found == {"labels.json", "tokenizer.json", "model.onnx", "labels.onnx"}
    doc = load(str(tmp_path / "out" / "reader"))("Ada painted Ghent.")
    assert [token.text for token in doc] == ["Ada", "painted", "Ghent", "."]
    assert set(BIO) == set(json.loads((tmp_path / "out" / "reader" / "labels.json").read_text("utf-8"))["names"])
