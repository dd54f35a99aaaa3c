"""Trains the four exported networks on, all together; stops and resumes at any epoch.

    python3 training/refine.py --data DATASET [--models public/models] [--runs training/runs] [--epochs 16]

A second cycle after train.py, one recipe for all four: every batch goes through all of them, and each learns half from
the labels and half from the mean of what the averaged weights of all four say. So their errors are less independent
than those of networks trained alone, which the model cards tell. Writes the checkpoints that export.py reads.
Everything is chosen on the validation photos; test is never read here.
"""

import argparse
import copy
import json
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F

import data
import evaluation
from network import FUSIONS
from train import RECIPE, accuracy, average, mix

PEAK_LEARNING_RATE = 0.1
SECOND_CYCLE = {
    "secondCycle": "from the averaged weights of the first, rounded to F16; optimiser afresh",
    "secondCycleTargets": "half the labels, half the mean prediction of the averaged weights of all four networks",
    "secondCyclePeakLearningRate": PEAK_LEARNING_RATE,
    "secondCycleSchedule": "linear warm-up over 5 % of the steps, then cosine to 0",
    "secondCycleTrainingSizes": "64 px, 80 px in the last 35 % of the epochs",
    "secondCycleMixing": "as in the first, to the end",
}


def learning_rate(step, steps):
    warm = 0.05 * steps
    if step < warm:
        return PEAK_LEARNING_RATE * (step + 1) / warm
    return PEAK_LEARNING_RATE * (1 + math.cos(math.pi * (step - warm) / (steps - warm))) / 2


def exported(folder, fusion):
    """The exported network of a fusion, to be trained."""
    name = evaluation.text_form(fusion).partition("@")[0]
    network, _ = evaluation.load_network(Path(folder) / f"{name}-everyday61.safetensors")
    return network


def optimiser_of(network):
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 5e-4}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.SGD(groups, lr=0.1, momentum=0.9, nesterov=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder with classes.json, train.zip, val.zip")
    parser.add_argument("--models", default="public/models", help="the exported networks to start from")
    parser.add_argument("--runs", default="training/runs")
    parser.add_argument("--epochs", type=int, default=16)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(RECIPE["seed"])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    runs = Path(args.runs)
    runs.mkdir(parents=True, exist_ok=True)
    checkpoint = runs / "refine.pt"

    canvases, sizes, labels = data.training_set(args.data, runs / "train-photos.pt")
    val_images, val_labels, _ = data.evaluation_set(args.data, "val", 96)
    val_images, val_labels = val_images.to(device), val_labels.to(device)
    draw_weight = (1 / torch.bincount(labels).float().sqrt())[labels]

    networks = {f: exported(args.models, f).to(device, memory_format=torch.channels_last) for f in FUSIONS}
    averaged = {f: copy.deepcopy(network).eval() for f, network in networks.items()}
    optimisers = {f: optimiser_of(network) for f, network in networks.items()}

    first_epoch = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu", weights_only=False)
        if saved["epochs"] != args.epochs:
            raise SystemExit(f"{checkpoint} was begun for {saved['epochs']} epochs, not {args.epochs}")
        for f in FUSIONS:
            networks[f].load_state_dict(saved["networks"][f])
            averaged[f].load_state_dict(saved["averaged"][f])
            optimisers[f].load_state_dict(saved["optimisers"][f])
        torch.set_rng_state(saved["rng"])
        first_epoch = saved["epoch"]

    batch = RECIPE["batch"]
    steps_per_epoch = len(labels) // batch
    steps = args.epochs * steps_per_epoch
    for epoch in range(first_epoch, args.epochs):
        started = time.time()
        size = 64 if epoch < 0.65 * args.epochs else 80
        order = torch.multinomial(draw_weight, steps_per_epoch * batch, replacement=True)
        total = dict.fromkeys(FUSIONS, 0.0)
        for network in networks.values():
            network.train()
        for index in range(steps_per_epoch):
            rate = learning_rate(epoch * steps_per_epoch + index, steps)
            chosen = order[index * batch : (index + 1) * batch]
            images = data.augment(canvases[chosen].to(device), sizes[chosen], size, 0.25)
            target = labels[chosen].to(device)
            images, other, weight = mix(images, target)
            images = images.contiguous(memory_format=torch.channels_last)
            with torch.no_grad(), torch.autocast(device, torch.bfloat16):
                taught = sum(averaged[f](images).float().softmax(1) for f in FUSIONS) / len(FUSIONS)
            for f in FUSIONS:
                for group in optimisers[f].param_groups:
                    group["lr"] = rate
                with torch.autocast(device, torch.bfloat16):
                    logits = networks[f](images)
                logits = logits.float()
                loss = weight * F.cross_entropy(logits, target, label_smoothing=0.1)
                if weight < 1:
                    loss = loss + (1 - weight) * F.cross_entropy(logits, other, label_smoothing=0.1)
                loss = 0.5 * loss + 0.5 * F.cross_entropy(logits, taught)
                optimisers[f].zero_grad(set_to_none=True)
                loss.backward()
                optimisers[f].step()
                total[f] += loss.item()
                with torch.no_grad():
                    average(averaged[f], networks[f])
        state = {
            "epoch": epoch + 1,
            "epochs": args.epochs,
            "networks": {f: network.state_dict() for f, network in networks.items()},
            "averaged": {f: network.state_dict() for f, network in averaged.items()},
            "optimisers": {f: optimiser.state_dict() for f, optimiser in optimisers.items()},
            "rng": torch.get_rng_state(),
        }
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)
        line = {"epoch": epoch + 1, "seconds": round(time.time() - started, 1)}
        line["loss"] = {f: round(total[f] / steps_per_epoch, 4) for f in FUSIONS}
        if (epoch + 1) % 4 == 0 or epoch + 1 == args.epochs:
            line["valAveraged"] = {f: round(accuracy(averaged[f], val_images, val_labels), 4) for f in FUSIONS}
        print(json.dumps(line), flush=True)

    for f in FUSIONS:
        run = {
            "fusion": f,
            "epoch": args.epochs,
            "epochs": args.epochs,
            "averaged": averaged[f].state_dict(),
            "torch": str(torch.__version__),
            "recipe": {**RECIPE, "epochs": 40, **SECOND_CYCLE, "secondCycleEpochs": args.epochs},
        }
        torch.save(run, runs / f"{f}.pt")


if __name__ == "__main__":
    main()
