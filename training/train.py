"""Trains the four small networks on everyday61, all together; stops and resumes at any epoch.

    python3 training/train.py --data DATASET [--runs training/runs] [--epochs 76]

One recipe, one seed and the same batches for all four. They learn from the labels and from what all four, averaged
over their last steps, say of the same pictures. Everything is chosen on the validation photos; test is never read here.
Works on a CPU (bfloat16 where it has it) or a GPU, with torch 1.13 and 2.x. On small pictures a second core helps a
network little, so each process works on some of the networks with one core.
"""

import argparse
import copy
import json
import math
import os
import tempfile
import time
from pathlib import Path

import torch
import torch.distributed
import torch.multiprocessing
import torch.nn.functional as F

import data
from network import FUSIONS, CspDenseNet

RECIPE = {
    "optimiser": "SGD, Nesterov momentum 0.9, weight decay 5e-4 on convolution and linear weights",
    "batch": 64,
    "peakLearningRate": 0.2,
    "schedule": "linear warm-up over 5 epochs, constant, cosine to 0 over the last 38",
    "labelSmoothing": 0.1,
    "teacher": "the four networks are trained together on the same batches; from the 11th epoch half of the loss is "
    "the cross-entropy with the mean prediction of the four averaged networks",
    "sampling": "inverse square root of class size, with replacement",
    "augmentation": "random resized crop (area 0.25 to 1), flip, brightness, contrast and saturation jitter 0.4",
    "mixing": "mixup (alpha 0.2) or CutMix (alpha 1), each on a quarter of the batches until the last 14 epochs",
    "trainingSizes": "48 px in the first 20 epochs, 80 px in the last 8, 64 px between",
    "weightAveraging": "exponential, decay 0.998 a step",
    "seed": 61,
}
SMOOTHING = RECIPE["labelSmoothing"]
DECAY = 0.998
TEACHER_FROM = 10
LEAST_EPOCHS = 50
# glibc gives large blocks back to the system and fetches them anew at every step, at the price of half the time.
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": str(10**11),
    "MALLOC_TOP_PAD_": str(10**8),
}


def learning_rate(epoch, epochs):
    """The rate at a point in time, in epochs with fractions."""
    if epoch < 5:
        return RECIPE["peakLearningRate"] * (epoch + 0.01) / 5
    falling = max(0.0, epoch - (epochs - 38)) / 38
    return RECIPE["peakLearningRate"] * (1 + math.cos(math.pi * falling)) / 2


def training_size(epoch, epochs):
    """Side of the training crops, in pixels."""
    return 48 if epoch < 20 else 80 if epoch >= epochs - 8 else 64


def mix(images, targets):
    """mixup or CutMix with the batch in another order: images and the shares of the classes."""
    draw = torch.rand(()).item()
    if draw >= 0.5:
        return images, targets
    order = torch.randperm(len(images))
    if draw < 0.25:
        weight = torch.distributions.Beta(0.2, 0.2).sample().item()
        images = images * weight + images[order] * (1 - weight)
    else:
        size = images.shape[-1]
        side = int(size * math.sqrt(1 - torch.rand(()).item()))
        top, left = (int(torch.randint(0, size - side + 1, ())) for _ in range(2))
        images = images.clone()
        images[:, :, top : top + side, left : left + side] = images[order, :, top : top + side, left : left + side]
        weight = 1 - side * side / (size * size)
    return images, targets * weight + targets[order] * (1 - weight)


def accuracy(network, images, labels):
    """Top-1 share on evaluation images."""
    network.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(images), 100):
            logits = network(data.normalise(images[start : start + 100]))
            right += (logits.argmax(1) == labels[start : start + 100]).sum().item()
    return right / len(images)


class Learner:
    """One of the networks with its average and its optimiser."""

    PARTS = ("network", "averaged", "optimiser")

    def __init__(self, fusion, device):
        self.device = device
        self.network = CspDenseNet(fusion).to(device, memory_format=torch.channels_last)
        self.averaged = copy.deepcopy(self.network).eval()
        decayed = [p for p in self.network.parameters() if p.ndim > 1]
        others = [p for p in self.network.parameters() if p.ndim <= 1]
        groups = [{"params": decayed, "weight_decay": 5e-4}, {"params": others, "weight_decay": 0.0}]
        self.optimiser = torch.optim.SGD(groups, lr=0.1, momentum=0.9, nesterov=True)
        self.logits = None

    def predict(self, images, teach):
        """Keeps the network's logits for `learn`; with `teach`, gives what the averaged network says [N,classes]."""
        with torch.autocast(self.device, torch.bfloat16):
            self.logits = self.network(images)
            if not teach:
                return None
            with torch.no_grad():
                return self.averaged(images).float().softmax(1)

    def learn(self, targets, rate):
        """One step towards `targets` [N,classes], shares of classes; the mean cross-entropy before it."""
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        loss = -(targets * self.logits.float().log_softmax(1)).sum(1).mean()
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.optimiser.step()
        means, values = [], []
        for mean, value in zip(self.averaged.state_dict().values(), self.network.state_dict().values()):
            if mean.is_floating_point():
                means.append(mean)
                values.append(value)
            else:
                mean.copy_(value)
        torch._foreach_mul_(means, DECAY)
        torch._foreach_add_(means, values, alpha=1 - DECAY)
        return loss.item()

    def state(self):
        return {part: getattr(self, part).state_dict() for part in self.PARTS}

    def restore(self, state):
        for part in self.PARTS:
            getattr(self, part).load_state_dict(state[part])


def work(rank, args, meeting):
    """Trains every `args.processes`-th network, in step with the other processes."""
    torch.set_num_threads(1)
    torch.distributed.init_process_group("gloo", init_method=meeting, rank=rank, world_size=args.processes)
    torch.manual_seed(RECIPE["seed"])
    device = "cuda" if torch.cuda.is_available() else "cpu"
    runs = Path(args.runs)

    canvases, sizes, labels = data.training_set(args.data, runs / "train-photos.pt")
    val_images, val_labels, _ = data.evaluation_set(args.data, "val", 96)
    val_images, val_labels = val_images.to(device), val_labels.to(device)
    classes = len(data.class_list(args.data))
    draw_weight = (1 / torch.bincount(labels).float().sqrt())[labels]
    every = {fusion: Learner(fusion, device) for fusion in FUSIONS}
    learners = {fusion: every[fusion] for fusion in FUSIONS[rank :: args.processes]}

    first_epoch = 0
    for fusion, learner in learners.items():
        checkpoint = runs / f"{fusion}.pt"
        if checkpoint.exists():
            saved = torch.load(checkpoint, map_location="cpu", weights_only=False)
            if saved["epochs"] != args.epochs:
                raise SystemExit(f"{checkpoint} was begun for {saved['epochs']} epochs, not {args.epochs}")
            learner.restore(saved)
            torch.set_rng_state(saved["rng"])
            first_epoch = saved["epoch"]
    begins = torch.tensor([first_epoch, -first_epoch])
    torch.distributed.all_reduce(begins, torch.distributed.ReduceOp.MAX)
    if begins.sum() != 0:
        raise SystemExit(f"the checkpoints in {runs} are not of one epoch; delete them all to begin anew")

    batch = RECIPE["batch"]
    steps = len(labels) // batch
    for epoch in range(first_epoch, args.epochs):
        started = time.time()
        for learner in learners.values():
            learner.network.train()
        size = training_size(epoch, args.epochs)
        total = dict.fromkeys(learners, 0.0)
        for index, chosen in enumerate(torch.multinomial(draw_weight, steps * batch, replacement=True).split(batch)):
            images = data.augment(canvases[chosen].to(device), sizes[chosen], size, 0.25)
            targets = F.one_hot(labels[chosen], classes).float().to(device)
            if epoch < args.epochs - 14:
                images, targets = mix(images, targets)
            images = images.contiguous(memory_format=torch.channels_last)
            targets = targets * (1 - SMOOTHING) + SMOOTHING / classes
            said = [learner.predict(images, epoch >= TEACHER_FROM) for learner in learners.values()]
            if epoch >= TEACHER_FROM:
                mean = torch.stack(said).sum(0).cpu() / len(FUSIONS)
                torch.distributed.all_reduce(mean)
                targets = (targets + mean.to(device)) / 2
            for fusion, learner in learners.items():
                total[fusion] += learner.learn(targets, learning_rate(epoch + index / steps, args.epochs)) / steps
        for fusion, learner in learners.items():
            state = {
                "fusion": fusion,
                "epoch": epoch + 1,
                "epochs": args.epochs,
                **learner.state(),
                "rng": torch.get_rng_state(),
                "torch": str(torch.__version__),
            }
            torch.save(state, runs / f"{fusion}.tmp")
        torch.distributed.barrier()
        for fusion, learner in learners.items():
            (runs / f"{fusion}.tmp").replace(runs / f"{fusion}.pt")
            line = {"epoch": epoch + 1, "fusion": fusion, "loss": round(total[fusion], 4)}
            if (epoch + 1) % 5 == 0 or epoch + 1 == args.epochs:
                line["val"] = round(accuracy(learner.averaged, val_images, val_labels), 4)
            print(json.dumps({**line, "seconds": round(time.time() - started, 1)}), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True, help="folder with classes.json, train.zip, val.zip")
    parser.add_argument("--runs", default="training/runs")
    parser.add_argument("--epochs", type=int, default=76, help=f"at least {LEAST_EPOCHS}")
    parser.add_argument("--processes", type=int, choices=(1, 2, 4), default=2, help="as many as there are cores")
    args = parser.parse_args()
    if args.epochs < LEAST_EPOCHS:
        parser.error(f"--epochs is {args.epochs}; the schedule needs at least {LEAST_EPOCHS}")
    runs = Path(args.runs)
    runs.mkdir(parents=True, exist_ok=True)
    data.training_set(args.data, runs / "train-photos.pt")
    os.environ.update({name: os.environ.get(name, value) for name, value in ENVIRONMENT.items()})
    with tempfile.TemporaryDirectory() as folder:
        torch.multiprocessing.spawn(work, (args, f"file://{folder}/meeting"), nprocs=args.processes)


if __name__ == "__main__":
    main()
