"""Evaluates an exported network on a split, with the page's own preprocessing; prints JSON.

    python3 training/evaluate.py public/models/cspdensenet-first-everyday61.safetensors --data DATASET [--split val]

The test split is for shipped networks, once each, by export.py; everything else is judged on val.
"""

import argparse
import json

import torch

import data
import evaluation


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="an exported .safetensors file")
    parser.add_argument("--data", required=True, help="folder with classes.json and <split>.zip")
    parser.add_argument("--split", default="val", choices=("train", "val", "test"))
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()

    torch.set_num_threads(args.threads)
    network, size = evaluation.load_network(args.file)
    images, labels, sources = data.evaluation_set(args.data, args.split, size)
    result = evaluation.accuracy(evaluation.logits_of(network, images), labels, sources)
    print(json.dumps({"file": args.file, "split": args.split, **result}, indent=2))


if __name__ == "__main__":
    main()
