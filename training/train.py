"""Trains one of the four small networks on everyday61; stops and resumes at any epoch.

    python3 training/train.py first --data DATASET [--runs training/runs] [--epochs 40]

One recipe and one seed for all four. Everything is chosen on the validation photos; test is never read here.
Works on a CPU (bfloat16 where it has it) or a GPU, with torch 1.13 and 2.x.
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
from network import FUSIONS, CspDenseNet

RECIPE = {
    "optimiser": "SGD, Nesterov momentum 0.9, weight decay 5e-4 on convolution and linear weights",
    "batch": 64,
    "peakLearningRate": 0.2,
    "schedule": "linear warm-up over 15 % of the steps, then cosine to 0",
    "labelSmoothing": 0.1,
    "sampling": "inverse square root of class size, with replacement",
    "augmentation": "random resized crop (area 0.25 to 1), flip, brightness, contrast and saturation jitter 0.4",
    "mixing": "mixup (alpha 0.2) or CutMix (alpha 1), each on a quarter of the batches of the first 80 % of epochs",
    "trainingSizes": "64 px, 80 px in the last quarter of the epochs",
    "weightAveraging": "exponential, decay 0.998 a step",
    "seed": 61,
}
DECAY = 0.998


def learning_rate(step, steps):
    warm = 0.15 * steps
    if step < warm:
        return RECIPE["peakLearningRate"] * (step + 1) / warm
    return RECIPE["peakLearningRate"] * (1 + math.cos(math.pi * (step - warm) / (steps - warm))) / 2


def mix(images, labels):
    """mixup or CutMix with the batch in another order: images, the other labels, weight of the first labels."""
    draw = torch.rand(()).item()
    if draw >= 0.5:
        return images, labels, 1.0
    order = torch.randperm(len(images))
    if draw < 0.25:
        weight = torch.distributions.Beta(0.2, 0.2).sample().item()
        return images * weight + images[order] * (1 - weight), labels[order], weight
    size = images.shape[-1]
    side = int(size * math.sqrt(1 - torch.rand(()).item()))
    top, left = (int(torch.randint(0, size - side + 1, ())) for _ in range(2))
    images = images.clone()
    images[:, :, top : top + side, left : left + side] = images[order, :, top : top + side, left : left + side]
    return images, labels[order], 1 - side * side / (size * size)


def accuracy(network, images, labels):
    """Top-1 share on evaluation images."""
    network.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(images), 100):
            logits = network(data.normalise(images[start : start + 100]))
            right += (logits.argmax(1) == labels[start : start + 100]).sum().item()
    return right / len(images)


def average(target, source):
    for mean, value in zip(target.state_dict().values(), source.state_dict().values()):
        if mean.is_floating_point():
            mean.mul_(DECAY).add_(value, alpha=1 - DECAY)
        else:
            mean.copy_(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("fusion", choices=FUSIONS)
    parser.add_argument("--data", required=True, help="folder with classes.json, train.zip, val.zip")
    parser.add_argument("--runs", default="training/runs")
    parser.add_argument("--epochs", type=int, default=40)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    torch.manual_seed(RECIPE["seed"])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    runs = Path(args.runs)
    runs.mkdir(parents=True, exist_ok=True)
    checkpoint = runs / f"{args.fusion}.pt"

    canvases, sizes, labels = data.training_set(args.data, runs / "train-photos.pt")
    val_images, val_labels, _ = data.evaluation_set(args.data, "val", 96)
    val_images, val_labels = val_images.to(device), val_labels.to(device)
    per_class = torch.bincount(labels).float()
    draw_weight = (1 / per_class.sqrt())[labels]

    network = CspDenseNet(args.fusion).to(device, memory_format=torch.channels_last)
    averaged = copy.deepcopy(network)
    decayed = [p for p in network.parameters() if p.ndim > 1]
    others = [p for p in network.parameters() if p.ndim <= 1]
    groups = [{"params": decayed, "weight_decay": 5e-4}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.SGD(groups, lr=0.1, momentum=0.9, nesterov=True)

    first_epoch = 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu", weights_only=False)
        if saved["epochs"] != args.epochs:
            raise SystemExit(f"{checkpoint} was begun for {saved['epochs']} epochs, not {args.epochs}")
        network.load_state_dict(saved["network"])
        averaged.load_state_dict(saved["averaged"])
        optimiser.load_state_dict(saved["optimiser"])
        torch.set_rng_state(saved["rng"])
        first_epoch = saved["epoch"]

    batch = RECIPE["batch"]
    steps_per_epoch = len(labels) // batch
    steps = args.epochs * steps_per_epoch
    for epoch in range(first_epoch, args.epochs):
        started = time.time()
        network.train()
        size = 64 if epoch < 0.75 * args.epochs else 80
        order = torch.multinomial(draw_weight, steps_per_epoch * batch, replacement=True)
        total = 0.0
        for index in range(steps_per_epoch):
            step = epoch * steps_per_epoch + index
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(step, steps)
            chosen = order[index * batch : (index + 1) * batch]
            images = data.augment(canvases[chosen].to(device), sizes[chosen], size, 0.25)
            target = labels[chosen].to(device)
            other, weight = target, 1.0
            if epoch < 0.8 * args.epochs:
                images, other, weight = mix(images, target)
            images = images.contiguous(memory_format=torch.channels_last)
            with torch.autocast(device, torch.bfloat16):
                logits = network(images)
            logits = logits.float()
            loss = weight * F.cross_entropy(logits, target, label_smoothing=0.1)
            if weight < 1:
                loss = loss + (1 - weight) * F.cross_entropy(logits, other, label_smoothing=0.1)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            with torch.no_grad():
                average(averaged, network)
            total += loss.item()
        state = {
            "fusion": args.fusion,
            "epoch": epoch + 1,
            "epochs": args.epochs,
            "network": network.state_dict(),
            "averaged": averaged.state_dict(),
            "optimiser": optimiser.state_dict(),
            "rng": torch.get_rng_state(),
            "torch": str(torch.__version__),
        }
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)
        line = {"epoch": epoch + 1, "loss": round(total / steps_per_epoch, 4), "seconds": round(time.time() - started, 1)}
        if (epoch + 1) % 4 == 0 or epoch + 1 == args.epochs:
            line["val"] = round(accuracy(network, val_images, val_labels), 4)
            line["valAveraged"] = round(accuracy(averaged, val_images, val_labels), 4)
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
