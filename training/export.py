"""Exports a finished run: F16 weights and their model card, measured on the weights as they are in the file.

    python3 training/export.py first --data DATASET [--runs training/runs] [--out public/models]

The file is read back into PyTorch before anything is measured. Calibration is fitted on val. Test is evaluated once
per network: exporting the same weights again keeps the numbers that their card has. `--rehearse` tries everything on
an unfinished run without reading test and without writing a card.
"""

import argparse
import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import torch

import calibration
import data
import evaluation
import weights_file
from network import FUSIONS
from sources import CREDIT_FILES, SOURCES
from train import RECIPE

TITLES = {
    "plain": "DenseNet, small",
    "standard": "CSPDenseNet standard, small",
    "first": "CSPDenseNet fusion first, small",
    "last": "CSPDenseNet fusion last, small",
}
SELF_CHECK = {
    "formula": "input[i] = scale * ((multiplier * i + increment) mod modulus) / modulus + offset, "
    "i = 0, 1, … row-major over [3, size, size]; goes into the network without normalisation",
    "multiplier": 40503,
    "increment": 12345,
    "modulus": 65521,
    "scale": 4,
    "offset": -2,
}


def self_check_logits(network, size):
    """Logits of the self-check's input, computed in float32 on the CPU."""
    index = torch.arange(3 * size * size, dtype=torch.int64)
    residue = (SELF_CHECK["multiplier"] * index + SELF_CHECK["increment"]) % SELF_CHECK["modulus"]
    values = SELF_CHECK["scale"] * residue.double() / SELF_CHECK["modulus"] + SELF_CHECK["offset"]
    with torch.no_grad():
        logits = network(values.float().view(1, 3, size, size))[0]
    return [float(f"{logit:.8g}") for logit in logits.tolist()]


def load_run(path):
    """(checkpoint, devices it was trained on); it is our own file, so it may hold more than tensors."""
    places = set()

    def on_cpu(storage, place):
        places.add(place.split(":")[0])
        return storage

    return torch.load(path, map_location=on_cpu, weights_only=False), places


def photo_count(folder, split):
    with zipfile.ZipFile(Path(folder) / f"{split}.zip") as archive:
        return sum(name.endswith(".webp") for name in archive.namelist())


def test_accuracy(network, size, args, card_path, digest):
    """Accuracy on test: from the card if it is of these very weights, else measured, this once."""
    if card_path.exists():
        card = json.loads(card_path.read_text())
        if card["sha256"] == digest:
            print("test accuracy kept from the card of the same weights")
            return {key: card["accuracy"][key] for key in ("overall", "top5", "perSource")}
    images, labels, sources = data.evaluation_set(args.data, "test", size)
    return evaluation.accuracy(evaluation.logits_of(network, images), labels, sources)


def update_index(folder):
    """index.json: the cards in the folder, in the order of the paper's Figure 3."""
    cards = []
    for path in folder.glob("*.json"):
        if path.name != "index.json":
            cards.append((json.loads(path.read_text())["network"], path.name))
    order = [evaluation.text_form(fusion) for fusion in FUSIONS]
    cards.sort(key=lambda card: order.index(card[0]) if card[0] in order else len(order))
    write_json(folder / "index.json", [name for _, name in cards])


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("fusion", choices=FUSIONS)
    parser.add_argument("--data", required=True, help="folder with classes.json, val.zip, test.zip and credits")
    parser.add_argument("--runs", default="training/runs")
    parser.add_argument("--out", default="public/models")
    parser.add_argument("--rehearse", action="store_true", help="no test, no card; unfinished runs too")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    run, places = load_run(Path(args.runs) / f"{args.fusion}.pt")
    if run["epoch"] < run["epochs"] and not args.rehearse:
        raise SystemExit(f"the run is at epoch {run['epoch']} of {run['epochs']}; export it when it is finished")

    text, size = evaluation.text_form(args.fusion), evaluation.SIZE
    name = f"{text.partition('@')[0]}-everyday61"
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    weights_path, card_path = out / f"{name}.safetensors", out / f"{name}.json"
    weights_file.write(weights_path, run["averaged"], {"network": text, "dataset": "everyday61"})
    content = weights_path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()

    network, _ = evaluation.load_network(weights_path)
    images, labels, sources = data.evaluation_set(args.data, "val", size)
    logits = evaluation.logits_of(network, images)
    validation = evaluation.accuracy(logits, labels, sources)
    temperature = calibration.fit_temperature(logits, labels)
    threshold = calibration.fit_threshold(logits, labels, temperature)
    errors = [calibration.calibration_error(logits, labels, t) for t in (1, temperature)]
    print(f"val {json.dumps(validation)}")
    print(f"temperature {temperature}, threshold {threshold}, calibration error on val {errors[0]} -> {errors[1]}")
    check = self_check_logits(network, size)
    if args.rehearse:
        print(f"self-check {check[:4]} …; rehearsal: no card written")
        return

    for file in CREDIT_FILES:
        (out / "credits").mkdir(exist_ok=True)
        shutil.copyfile(Path(args.data) / file, out / "credits" / file)
    card = {
        "format": 1,
        "network": text,
        "title": TITLES[args.fusion],
        "file": weights_path.name,
        "bytes": len(content),
        "sha256": digest,
        "classes": data.class_list(args.data),
        "preprocessing": {
            "size": size,
            "resizeShorterSide": data.resized_side(size),
            "mean": data.MEAN,
            "std": data.STD,
        },
        "licence": "CC BY 4.0, with the credits of the photos’ sources",
        "dataset": {
            "name": "everyday61",
            "photos": {split: photo_count(args.data, split) for split in ("train", "val", "test")},
            "sources": SOURCES,
        },
        "recipe": {
            **RECIPE,
            "epochs": run["epochs"],
            "exported": "averaged weights of the last epoch, rounded to F16",
            "torch": str(run["torch"]),
            "device": " and ".join(sorted(places)),
        },
        "accuracy": {
            "split": "test",
            **test_accuracy(network, size, args, card_path, digest),
            "validation": validation["overall"],
        },
        "calibration": {
            "temperature": temperature,
            "threshold": threshold,
            "fittedOn": "val",
            "rule": calibration.RULE,
        },
        "selfCheck": {**SELF_CHECK, "logits": check},
    }
    write_json(card_path, card)
    update_index(out)
    print(f"{card_path}: test {json.dumps(card['accuracy']['overall'])}, {len(content)} bytes")


if __name__ == "__main__":
    main()
