"""Trains the four exported networks a second time, together: each also learns from what the four say on average.

    python3 training/refine.py --data DATASET [--from public/models] [--runs training/runs] [--epochs 14]

Starts from the F16 weights of train.py's runs. Half of the loss is that of train.py, half the cross entropy to the
mean softmax of the four averaged networks on the very same batch. Stops and resumes at any epoch; the last epoch
leaves runs/<fusion>.pt for export.py. Test is never read here.
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

PEAK = 0.06
REFINEMENT = {
    "refinement": "second training of the four together from the first one's F16 weights, same photos and augmentation",
    "refinementLoss": "half cross entropy with labels, half with the mean softmax of the four averaged networks",
    "refinementLearningRate": f"linear warm-up over 5 % of the steps to {PEAK}, then cosine to 0",
    "refinementSizes": "64 px, 80 px in the last third of the epochs",
}


def learning_rate(step, steps):
    warm = 0.05 * steps
    if step < warm:
        return PEAK * (step + 1) / warm
    return PEAK * (1 + math.cos(math.pi * (step - warm) / (steps - warm))) / 2


def optimiser_of(network):
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 5e-4}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.SGD(groups, lr=PEAK, momentum=0.9, nesterov=True)


def save(value, path):
    torch.save(value, path.with_suffix(".tmp"))
    path.with_suffix(".tmp").replace(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder with classes.json, train.zip, val.zip")
    parser.add_argument("--from", dest="source", default="public/models", help="folder of the exported weights")
    parser.add_argument("--runs", default="training/runs")
    parser.add_argument("--epochs", type=int, default=14)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(RECIPE["seed"])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    runs = Path(args.runs)
    runs.mkdir(parents=True, exist_ok=True)
    checkpoint = runs / "refine.pt"

    canvases, sizes, labels = data.training_set(args.data, runs / "train-photos.pt")
    val_images, val_labels, _ = data.evaluation_set(args.data, "val", evaluation.SIZE)
    val_images, val_labels = val_images.to(device), val_labels.to(device)
    draw_weight = (1 / torch.bincount(labels).float().sqrt())[labels]

    networks, averages, optimisers = {}, {}, {}
    for fusion in FUSIONS:
        name = evaluation.text_form(fusion).partition("@")[0]
        network, _ = evaluation.load_network(Path(args.source) / f"{name}-everyday61.safetensors")
        networks[fusion] = network.to(device, memory_format=torch.channels_last)
        averages[fusion] = copy.deepcopy(networks[fusion]).eval()
        optimisers[fusion] = optimiser_of(networks[fusion])

    first_epoch = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu", weights_only=False)
        if saved["epochs"] != args.epochs:
            raise SystemExit(f"{checkpoint} was begun for {saved['epochs']} epochs, not {args.epochs}")
        for fusion in FUSIONS:
            networks[fusion].load_state_dict(saved["networks"][fusion])
            averages[fusion].load_state_dict(saved["averages"][fusion])
            optimisers[fusion].load_state_dict(saved["optimisers"][fusion])
        torch.set_rng_state(saved["rng"])
        first_epoch = saved["epoch"]

    batch = RECIPE["batch"]
    steps_per_epoch = len(labels) // batch
    steps = args.epochs * steps_per_epoch
    for epoch in range(first_epoch, args.epochs):
        started = time.time()
        for network in networks.values():
            network.train()
        size = 64 if epoch < args.epochs * 2 / 3 else 80
        order = torch.multinomial(draw_weight, steps_per_epoch * batch, replacement=True)
        total = dict.fromkeys(FUSIONS, 0.0)
        for index in range(steps_per_epoch):
            rate = learning_rate(epoch * steps_per_epoch + index, steps)
            chosen = order[index * batch : (index + 1) * batch]
            images = data.augment(canvases[chosen].to(device), sizes[chosen], size, 0.25)
            target = labels[chosen].to(device)
            other, weight = target, 1.0
            if epoch < 0.8 * args.epochs:
                images, other, weight = mix(images, target)
            images = images.contiguous(memory_format=torch.channels_last)
            with torch.no_grad(), torch.autocast(device, torch.bfloat16):
                taught = sum(mean(images).float().softmax(1) for mean in averages.values()) / len(FUSIONS)
            for fusion, network in networks.items():
                for group in optimisers[fusion].param_groups:
                    group["lr"] = rate
                with torch.autocast(device, torch.bfloat16):
                    logits = network(images)
                logits = logits.float()
                loss = weight * F.cross_entropy(logits, target, label_smoothing=0.1)
                if weight < 1:
                    loss = loss + (1 - weight) * F.cross_entropy(logits, other, label_smoothing=0.1)
                loss = (loss + F.cross_entropy(logits, taught)) / 2
                optimisers[fusion].zero_grad(set_to_none=True)
                loss.backward()
                optimisers[fusion].step()
                with torch.no_grad():
                    average(averages[fusion], network)
                total[fusion] += loss.item()
        place = {"epoch": epoch + 1, "epochs": args.epochs}
        state = {
            **place,
            "networks": {fusion: network.state_dict() for fusion, network in networks.items()},
            "averages": {fusion: network.state_dict() for fusion, network in averages.items()},
            "optimisers": {fusion: optimiser.state_dict() for fusion, optimiser in optimisers.items()},
            "rng": torch.get_rng_state(),
        }
        save(state, checkpoint)
        line = {**place, "seconds": round(time.time() - started, 1)}
        line["loss"] = {fusion: round(sum_ / steps_per_epoch, 4) for fusion, sum_ in total.items()}
        if (epoch + 1) % 4 == 0 or epoch + 1 == args.epochs:
            line["valAveraged"] = {
                fusion: round(accuracy(network, val_images, val_labels), 4) for fusion, network in averages.items()
            }
        print(json.dumps(line), flush=True)

    epochs = f"{args.epochs} after train.py’s"
    for fusion in FUSIONS:
        run = {
            "fusion": fusion,
            "epoch": args.epochs,
            "epochs": args.epochs,
            "averaged": averages[fusion].state_dict(),
            "torch": str(torch.__version__),
            "recipe": {**RECIPE, **REFINEMENT, "refinementEpochs": epochs},
        }
        save(run, runs / f"{fusion}.pt")


if __name__ == "__main__":
    main()
