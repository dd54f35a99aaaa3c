"""What export.py and evaluate.py share: exported networks, their logits, and accuracy with its interval."""

import math
import re

import torch

import data
import weights_file
from network import CspDenseNet

GROWTH, BLOCKS, STEM, CLASSES, SIZE = 16, (4, 8, 12, 8), 32, 61, 96


def text_form(fusion):
    """The text form of one of the trained networks, as src/network/text.ts writes it."""
    name = "densenet" if fusion == "plain" else f"cspdensenet-{fusion}"
    blocks = "-".join(str(layers) for layers in BLOCKS)
    return f"{name}@growth={GROWTH},blocks={blocks},stem={STEM},classes={CLASSES},size={SIZE}"


def load_network(path):
    """(network in eval mode, float32, on the CPU; its input size) from an exported file."""
    state, metadata = weights_file.read(path)
    name, _, options = metadata["network"].partition("@")
    option = dict(part.split("=") for part in options.split(","))
    network = CspDenseNet(
        "plain" if name == "densenet" else re.fullmatch(r"cspdensenet-(\w+)", name)[1],
        growth=int(option["growth"]),
        blocks=tuple(int(layers) for layers in option["blocks"].split("-")),
        stem=int(option["stem"]),
        classes=int(option["classes"]),
    )
    network.load_state_dict(state)
    return network.eval(), int(option["size"])


def logits_of(network, images):
    """float32 logits [N,classes] of uint8 images [N,3,H,W], a hundred at a time, on a GPU if there is one."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = network.to(device)
    with torch.no_grad():
        batches = [network(data.normalise(batch.to(device))).cpu() for batch in images.split(100)]
    network.to("cpu")
    return torch.cat(batches)


def wilson(right, count):
    """95 % Wilson score interval of a share."""
    z = 1.959964
    share = right / count
    centre = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return [round(max(0.0, centre - half), 4), round(min(1.0, centre + half), 4)]


def measured(right):
    """{count, top1, interval} of a bool tensor."""
    hits, count = int(right.sum()), len(right)
    return {"count": count, "top1": round(hits / count, 4), "interval": wilson(hits, count)}


def accuracy(logits, labels, sources):
    """{overall, top5, perSource} of a split."""
    right = logits.argmax(1) == labels
    in_five = (logits.topk(5, 1).indices == labels[:, None]).any(1)
    per_source = []
    for source in sorted(set(sources)):
        chosen = torch.tensor([one == source for one in sources])
        per_source.append({"source": source, **measured(right[chosen])})
    return {"overall": measured(right), "top5": round(in_five.float().mean().item(), 4), "perSource": per_source}
