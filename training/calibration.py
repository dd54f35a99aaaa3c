"""Temperature and threshold of a network's probabilities, both from its logits on the validation photos."""

import math

import torch
import torch.nn.functional as F

KEPT = 0.95
RULE = (
    "temperature: lowest negative log-likelihood on the validation photos; "
    "threshold: the 5th percentile of the best class's calibrated probability among the validation photos "
    "that the network names correctly, so that 95 % of its right answers stand out"
)


def fit_temperature(logits, labels):
    """The temperature in 0.05 … 20 with the lowest negative log-likelihood, by golden-section search on its log."""
    logits = logits.double()

    def loss(log_temperature):
        return F.cross_entropy(logits / math.exp(log_temperature), labels).item()

    low, high = math.log(0.05), math.log(20)
    ratio = (math.sqrt(5) - 1) / 2
    while high - low > 1e-5:
        a, b = high - ratio * (high - low), low + ratio * (high - low)
        low, high = (low, b) if loss(a) < loss(b) else (a, high)
    return round(math.exp((low + high) / 2), 4)


def fit_threshold(logits, labels, temperature):
    """The best class's probability that KEPT of the correctly named photos reach."""
    best = (logits.double() / temperature).softmax(1).max(1)
    right = best.values[best.indices == labels]
    return round(torch.quantile(right, 1 - KEPT).item(), 4)


def calibration_error(logits, labels, temperature, bins=15):
    """Expected calibration error: |accuracy − confidence| averaged over bins of equal width."""
    best = (logits.double() / temperature).softmax(1).max(1)
    right = (best.indices == labels).double()
    which = (best.values * bins).long().clamp(max=bins - 1)
    error = 0.0
    for index in which.unique():
        chosen = which == index
        error += chosen.double().mean() * (right[chosen].mean() - best.values[chosen].mean()).abs()
    return round(float(error), 4)
