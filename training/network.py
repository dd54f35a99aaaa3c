"""DenseNet and CSPDenseNet in PyTorch, definition `paper`, for training.

What this file is: the four fusions of the CSPNet paper's Figure 3 with gamma = 1/2 and theta = 1/2, with the
parameter names of torchvision's DenseNet. What it is not: the app's own network description, which is
src/network/; `tests` there and the card's self-check hold the two together.
"""

from collections import OrderedDict

import torch
import torch.nn.functional as F
from torch import nn

FUSIONS = ("plain", "standard", "first", "last")


class Transition(nn.Sequential):
    """BN, ReLU, conv 1x1 that halves the channels (rounding down); with `pool`, average-pool 2x2 as well."""

    def __init__(self, channels, pool):
        super().__init__()
        self.out_channels = channels // 2
        self.add_module("norm", nn.BatchNorm2d(channels))
        self.add_module("relu", nn.ReLU(inplace=True))
        self.add_module("conv", nn.Conv2d(channels, self.out_channels, 1, bias=False))
        if pool:
            self.add_module("pool", nn.AvgPool2d(2, 2))


class DenseLayer(nn.Module):
    """BN, ReLU, conv 1x1 to bottleneck * growth, BN, ReLU, conv 3x3 to growth channels."""

    def __init__(self, channels, growth, bottleneck):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, bottleneck * growth, 1, bias=False)
        self.norm2 = nn.BatchNorm2d(bottleneck * growth)
        self.conv2 = nn.Conv2d(bottleneck * growth, growth, 3, padding=1, bias=False)

    def forward(self, x):
        x = self.conv1(F.relu(self.norm1(x), inplace=True))
        return self.conv2(F.relu(self.norm2(x), inplace=True))


class Stage(nn.Module):
    """The dense block of one stage with the paper's split and, where the fusion has one, its own transition."""

    def __init__(self, channels, layers, growth, bottleneck, fusion):
        super().__init__()
        self.part1 = 0 if fusion == "plain" else channels // 2
        part2 = channels - self.part1
        for index in range(layers):
            layer = DenseLayer(part2 + index * growth, growth, bottleneck)
            self.add_module(f"denselayer{index + 1}", layer)
        self.layers = layers
        dense = part2 + layers * growth
        self.transition = Transition(dense, pool=False) if fusion in ("standard", "last") else None
        self.out_channels = self.part1 + (self.transition.out_channels if self.transition else dense)

    def forward(self, x):
        dense = x[:, self.part1 :]
        for index in range(self.layers):
            dense = torch.cat((dense, getattr(self, f"denselayer{index + 1}")(dense)), 1)
        if self.transition is not None:
            dense = self.transition(dense)
        return torch.cat((x[:, : self.part1], dense), 1) if self.part1 else dense


class CspDenseNet(nn.Module):
    """Images [N,3,H,W] to logits [N,classes]; `fusion` is one of FUSIONS."""

    def __init__(self, fusion, growth=16, blocks=(4, 8, 12, 8), stem=32, classes=61, bottleneck=4):
        super().__init__()
        if fusion not in FUSIONS:
            raise ValueError(f"fusion is {fusion!r}; possible are {', '.join(FUSIONS)}")
        parts = OrderedDict(
            conv0=nn.Conv2d(3, stem, 7, stride=2, padding=3, bias=False),
            norm0=nn.BatchNorm2d(stem),
            relu0=nn.ReLU(inplace=True),
            pool0=nn.MaxPool2d(3, 2, 1),
        )
        channels = stem
        for index, layers in enumerate(blocks):
            stage = Stage(channels, layers, growth, bottleneck, fusion)
            parts[f"denseblock{index + 1}"] = stage
            channels = stage.out_channels
            if index == len(blocks) - 1:
                continue
            if fusion == "last":
                parts[f"pool{index + 1}"] = nn.AvgPool2d(2, 2)
            else:
                transition = Transition(channels, pool=True)
                parts[f"transition{index + 1}"] = transition
                channels = transition.out_channels
        parts["norm5"] = nn.BatchNorm2d(channels)
        self.features = nn.Sequential(parts)
        self.classifier = nn.Linear(channels, classes)
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                nn.init.kaiming_normal_(module.weight)
        nn.init.zeros_(self.classifier.bias)

    def forward(self, x):
        return self.classifier(F.relu(self.features(x)).mean((2, 3)))
