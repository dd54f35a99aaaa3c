"""Flowers, painted petal by petal: a daisy and a sunflower.

What this file is: petals, florets and the two scenes. What it is not: their backdrops (backdrops.py).
"""

import numpy as np

from .backdrops import cloudy_sky, garden
from .picture import blur, finish, over, pixels, plane
from .raymarch import F32, mix, noise, smoothstep, vector


def petal_ring(scene, count, inner, outer, width, tone, point, seed, tilt=1.0, centre=(0, 0)):
    """One ring of petals painted over `scene`: each with ribs, a shaded fold and a shadow on what lies below."""
    height, wide = scene.shape[:2]
    x, y = pixels(wide, height)
    x, y = x - centre[0], (y - centre[1]) / tilt
    random = np.random.default_rng(seed)
    for index in random.permutation(count):
        angle = 2 * np.pi * (index + random.uniform(-0.25, 0.25)) / count + 0.3
        length, w = (outer - inner) * random.uniform(0.9, 1.08), width * random.uniform(0.88, 1.12)
        bend = random.normal(0, 0.12)
        u = (x * np.cos(angle) + y * np.sin(angle) - inner) / length
        v = (y * np.cos(angle) - x * np.sin(angle)) - bend * length * np.clip(u, 0, 1) ** 2
        inside = np.clip(u, 0, 1)
        half = w * (inside ** 0.6) * np.clip(1 - inside ** point, 0, 1) ** 0.55 * 1.25 + 1e-4
        edge = np.where((u > 0) & (u < 1), half - np.abs(v), -1)
        if not np.any(edge > 0):
            continue
        shadow = smoothstep(-0.016, 0.008, half - np.abs(v)) * smoothstep(0.0, 0.2, u) * smoothstep(1.02, 0.9, u)
        scene = scene * (1 - 0.4 * shadow)[..., None]
        across = v / half
        ribs = 1 - 0.07 * np.cos(across * 9) ** 2
        shape = 0.72 + 0.28 * np.sqrt(np.clip(1 - across**2, 0, 1)) + 0.13 * across * np.sin(angle + 1)
        facing = 0.92 + 0.16 * np.cos(angle - 2.1)
        depth = smoothstep(-0.05, 0.5, u) * 0.45 + 0.55
        colour = tone(inside) * (ribs * shape * facing * depth * random.uniform(0.88, 1.06))[..., None]
        scene = over(scene, colour, smoothstep(0, 1.6 / height, edge))
    return scene


def florets(scene, radius, count, tone, seed, tilt=1.0, dome=0.5):
    """A flower's disc: florets along Fermat's spiral, each a small lit ball."""
    height, wide = scene.shape[:2]
    x, y = pixels(wide, height)
    y = y / tilt
    r = np.hypot(x, y)
    scene = over(scene, scene * 0.45, smoothstep(radius * 1.25, radius * 0.95, np.hypot(x - 0.006, y + 0.012)))
    gaps = np.broadcast_to(tone(np.array(0.5, F32)) * 0.3, scene.shape)
    scene = over(scene, gaps, smoothstep(radius, radius * 0.96, r))
    for k in range(count):
        s = np.sqrt((k + 0.5) / count)
        a = k * 2.39996
        cx, cy = radius * 0.97 * s * np.cos(a), radius * 0.97 * s * np.sin(a)
        size = radius * 1.05 / np.sqrt(count)
        x0, x1 = (int((cx + d) * height + wide / 2) for d in (-size * 1.5, size * 1.5))
        y0, y1 = (int(height / 2 - (cy + d) * tilt * height) for d in (size * 1.5, -size * 1.5))
        view = np.s_[max(y0, 0) : y1 + 1, max(x0, 0) : x1 + 1]
        dx, dy = (x[view] - cx) / size, (y[view] - cy) / size
        d = np.hypot(dx, dy)
        light = np.clip(0.75 - 0.35 * dx + 0.45 * dy, 0.2, 1.5) * (0.8 + dome * 0.3 * (np.sin(a) - np.cos(a)) * s)
        colour = tone(np.array(s, F32)) * light[..., None]
        scene[view] = over(scene[view], colour, smoothstep(1.0, 0.75, d))
    return scene


def daisy(size):
    scene = garden(size, 5, (0.006, 0.03, 0.006), (0.1, 0.24, 0.04))
    width, height = size
    x, y = pixels(width, height)
    stem = np.abs(x - 0.04 * (y + 0.5) ** 2 + 0.01) - 0.013
    scene = over(scene, vector(0.06, 0.16, 0.025) * (1 - 20 * x[..., None]), smoothstep(0.004, -0.004, stem) * (y < 0))

    def white(u):
        return mix(vector(0.62, 0.66, 0.5), vector(0.86, 0.86, 0.88), smoothstep(0.0, 0.35, u)[..., None])

    def yellow(s):
        return mix(vector(0.95, 0.5, 0.02), vector(0.85, 0.36, 0.01), s[..., None])

    scene = petal_ring(scene, 17, 0.05, 0.425, 0.05, lambda u: white(u) * 0.8, 7, 1, 0.95)
    scene = petal_ring(scene, 16, 0.05, 0.41, 0.05, white, 7, 2, 0.95)
    return finish(florets(scene, 0.115, 240, yellow, 3, 0.95), 9)


def sunflower(size):
    width, height = size
    x, y = pixels(width, height)
    field = garden(size, 15, (0.01, 0.035, 0.006), (0.12, 0.22, 0.04))
    edge = y + 0.12 - 0.05 * noise(plane(x * 8, 0 * y), 4)
    scene = over(blur(cloudy_sky(x, y, 15), height * 0.01), field, smoothstep(0.03, -0.03, edge))
    stem = np.abs(x + 0.02 * np.sin(6 * y)) - 0.02
    scene = over(scene, vector(0.05, 0.13, 0.02) * (1 - 16 * x[..., None]), smoothstep(0.004, -0.004, stem) * (y < 0))

    def leaf(u):
        return mix(vector(0.03, 0.1, 0.015), vector(0.08, 0.2, 0.03), u[..., None])

    def yellow(u):
        return mix(vector(0.7, 0.2, 0.003), vector(0.92, 0.48, 0.008), smoothstep(0.0, 0.6, u)[..., None])

    def brown(s):
        inner = mix(vector(0.1, 0.06, 0.012), vector(0.045, 0.018, 0.006), smoothstep(0.2, 0.6, s)[..., None])
        return mix(inner, vector(0.36, 0.15, 0.012), smoothstep(0.82, 1.0, s)[..., None])

    scene = petal_ring(scene, 13, 0.1, 0.46, 0.06, leaf, 2.2, 4)
    scene = petal_ring(scene, 23, 0.12, 0.46, 0.05, lambda u: yellow(u) * 0.75, 2.4, 5)
    scene = petal_ring(scene, 22, 0.12, 0.42, 0.05, yellow, 2.4, 6)
    return finish(florets(scene, 0.19, 460, brown, 7), 10)
