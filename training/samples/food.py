"""Fruit in crates, as a market shows it: many alike, seen from above at a slant.

What this file is: the scenes of lemons and tomatoes. What it is not: the renderer (raymarch.py).
"""

import numpy as np

from .picture import finish
from .raymarch import F32, Camera, Light, ellipsoid, fbm, hashed, mix, noise, render, smooth_union, smoothstep, vector


class Heap:
    """Endless layers of alike fruit on a jittered lattice; each point asks the nine cells around it."""

    def __init__(self, shape, spacing, layers, jitter, seed):
        self.shape, self.spacing, self.layers, self.jitter, self.seed = shape, spacing, layers, jitter, seed

    def nearest(self, p):
        """Distance [N], random number of the fruit [N], and the point in its own axes [N,3]."""
        best = np.full(len(p), 1e3, F32)
        number = np.zeros(len(p), F32)
        local = np.zeros_like(p)
        for layer, (height, shift) in enumerate(self.layers):
            base = np.floor(p[:, [0, 2]] / self.spacing - shift).astype(np.int64)
            for dx in (-1, 0, 1):
                for dz in (-1, 0, 1):
                    cell = base + np.array([dx, dz])
                    r = [hashed(cell, self.seed + 97 * layer + 7 * k) for k in range(5)]
                    centre = np.stack(
                        [
                            (cell[:, 0] + 0.5 + shift + (r[0] - 0.5) * self.jitter) * self.spacing,
                            height + (r[2] - 0.5) * self.jitter * self.spacing,
                            (cell[:, 1] + 0.5 + shift + (r[1] - 0.5) * self.jitter) * self.spacing,
                        ],
                        -1,
                    )
                    q = p - centre
                    near = np.linalg.norm(q, axis=-1) - 1.5
                    todo = np.flatnonzero(near < best)
                    if not len(todo):
                        continue
                    turned = turn(q[todo], r[3][todo] * 6.283, (r[4][todo] - 0.5) * 1.6)
                    d = self.shape(turned)
                    closer = d < best[todo]
                    at = todo[closer]
                    best[at], number[at], local[at] = d[closer], r[4][at], turned[closer]
        return best, number, local


def turn(q, yaw, tilt):
    """Points turned about y by yaw [N] and then about z by tilt [N]."""
    c, s = np.cos(yaw), np.sin(yaw)
    x, z = c * q[:, 0] + s * q[:, 2], c * q[:, 2] - s * q[:, 0]
    c, s = np.cos(tilt), np.sin(tilt)
    return np.stack([c * x + s * q[:, 1], c * q[:, 1] - s * x, z], -1).astype(F32)


def market(size, heap, skin, seed, eye, target, view, exposure=1.0):
    """A heap between the boards of a wooden crate, under the lamps of a shop."""
    left, right, back = -7.4, 7.4, -8.4

    def boards(p):
        side = np.minimum(np.abs(p[:, 0] - left), np.abs(p[:, 0] - right)) - 0.22
        wall = np.minimum(np.maximum(side, back - p[:, 2]), np.abs(p[:, 2] - back) - 0.22)
        return np.maximum(wall, p[:, 1] - 1.5)

    def distance(p):
        outside = np.maximum(np.maximum(left - p[:, 0], p[:, 0] - right), back - p[:, 2])
        fruit = np.maximum(heap.nearest(p)[0], outside)
        return np.minimum(np.minimum(fruit, boards(p)), p[:, 1] + 2.0)

    def material(p, normal):
        _, number, local = heap.nearest(p)
        colour, gloss = skin(local, number)
        grain = fbm(p * vector(1.5, 14, 1.5), 4, seed)[:, None]
        wood = vector(0.42, 0.25, 0.12) * (0.45 + 0.9 * grain)
        other = boards(p) < 0.02
        floor = p[:, 1] < -1.9
        colour = np.where(other[:, None], wood, np.where(floor[:, None], vector(0.03, 0.03, 0.03), colour))
        return colour, np.where(other | floor, 0.02, gloss), 38.0, 0

    light = Light((-0.35, 1, 0.35), (1.5, 1.4, 1.2), (0.42, 0.41, 0.38), (0.12, 0.1, 0.07), 0.3)
    image = render(size, Camera(eye, target, view), distance, material, light, 40, 0.9, 0.004, 0.8)
    return finish(image[..., :3], seed, exposure)


def lemons(size):
    def shape(q):
        tips = np.stack([np.abs(q[:, 0]) - 1.22, q[:, 1], q[:, 2]], -1)
        return smooth_union(ellipsoid(q, vector(1.27, 0.95, 0.95)), np.linalg.norm(tips, axis=-1) - 0.17, 0.3)

    def skin(q, number):
        mottled = fbm(q * 2.2 + number[:, None] * 50, 4, 3)[:, None]
        pores = noise(q * 16, 5)[:, None]
        colour = mix(vector(0.82, 0.4, 0.008), vector(0.88, 0.52, 0.02), mottled)
        green = smoothstep(0.8, 1.0, number)[:, None] * smoothstep(0.4, 0.7, mottled)
        tip = smoothstep(1.15, 1.4, np.abs(q[:, :1]))
        colour = mix(colour, vector(0.5, 0.52, 0.05), np.maximum(green * 0.25, tip * 0.4))
        return colour * (0.82 + 0.18 * pores), 0.16 * (0.5 + pores[:, 0])

    heap = Heap(shape, 2.05, ((-0.5, 0.5), (0.75, 0.0)), 0.4, 11)
    return market(size, heap, skin, 1, (0.6, 17, 11), (0.1, 0, -0.6), 0.76, 1.15)


def tomatoes(size):
    def lobes(q):
        return 0.05 * np.cos(5 * np.arctan2(q[:, 2], q[:, 0])) * smoothstep(0.0, 0.8, np.hypot(q[:, 0], q[:, 2]))

    def shape(q):
        dimple = 0.22 * np.exp(-6 * (q[:, 0] ** 2 + q[:, 2] ** 2)) * (q[:, 1] > 0)
        body = ellipsoid(q, vector(1.17, 0.98, 1.17)) + dimple * 0.6 - lobes(q) * 0.4
        return body * 0.85

    def skin(q, number):
        mottled = fbm(q * 1.5 + number[:, None] * 50, 3, 3)[:, None]
        colour = mix(vector(0.62, 0.025, 0.012), vector(0.75, 0.07, 0.02), mottled * 0.6 + 0.4 * number[:, None])
        radius, angle = np.hypot(q[:, 0], q[:, 2]), np.arctan2(q[:, 2], q[:, 0])
        star = (radius < 0.12 + 0.42 * np.abs(np.cos(2.5 * angle + number * 9)) ** 3) & (q[:, 1] > 0)
        return np.where(star[:, None], vector(0.1, 0.2, 0.03), colour), np.where(star, 0.02, 0.55)

    heap = Heap(shape, 2.15, ((-0.5, 0.5), (0.75, 0.0)), 0.35, 31)
    return market(size, heap, skin, 3, (0.6, 15.5, 11), (0, 0, -0.6), 0.72)
