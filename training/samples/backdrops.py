"""What other things stand before: sky, grass, a garden out of focus.

What this file is: backdrops as linear images [H,W,3]. What it is not: any scene's subject.
"""

import numpy as np
from PIL import Image, ImageDraw

from .picture import blur, pixels, plane
from .raymarch import F32, fbm, mix, smoothstep, vector


def cloudy_sky(x, y, seed, low=(0.5, 0.66, 0.85), high=(0.09, 0.24, 0.58)):
    """Linear sky [H,W,3]; clouds are flatter towards the horizon."""
    depth = 1 / (0.35 + np.clip(y + 0.5, 0, 2))
    field = fbm(plane(x * depth * 2.2, depth * 5 + y), 6, seed)
    cover = smoothstep(0.46, 0.75, field)[..., None]
    blue = mix(vector(*low), vector(*high), np.clip(y + 0.5, 0, 1)[..., None])
    return mix(blue, mix(vector(0.6, 0.63, 0.7), vector(1.15, 1.13, 1.1), cover), cover * 0.9)


def grass_blades(scene, seed, horizon, until):
    """Blades painted from back to front with feet from `horizon` down to `until` (units of the height, y up)."""
    height, width = scene.shape[:2]
    random = np.random.default_rng(seed)
    feet = np.sort(random.uniform(until, horizon, 2600))[::-1]
    canvas = Image.fromarray((np.clip(scene, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8))
    pen = ImageDraw.Draw(canvas)
    mid = width / height / 2
    for foot in feet:
        near = 0.25 + 1.2 * np.clip(-0.05 - foot, 0, 1)
        x = random.uniform(-0.6, 0.6) * width / height
        tall, lean = random.uniform(0.04, 0.1) * near, random.normal(0, 0.035) * near
        wide = random.uniform(0.002, 0.0055) * near
        green = np.array([0.09, 0.24, 0.03]) * random.uniform(0.35, 1.5)
        green = green + np.array([0.06, 0.03, 0]) * random.uniform(0, 1)
        tone = tuple(int(v) for v in np.clip(green, 0, 1) ** (1 / 2.2) * 255)
        bend, thin = lean * 0.4, wide * 0.7
        curve = [(-wide, 0), (bend - thin, tall * 0.6), (lean, tall), (bend + thin, tall * 0.6), (wide, 0)]
        pen.polygon([((x + dx + mid) * height, (0.5 - foot - dy) * height) for dx, dy in curve], fill=tone)
    return (np.asarray(canvas, F32) / 255) ** 2.2


def garden(size, seed, dark, bright):
    """A green background far out of focus, with round spots of light."""
    width, height = size
    x, y = pixels(width, height)
    field = fbm(plane(x * 3.5, y * 3.5), 4, seed)[..., None]
    scene = mix(vector(*dark), vector(*bright), smoothstep(0.25, 0.75, field) * (0.6 + 0.5 * y[..., None]))
    random = np.random.default_rng(seed)
    for _ in range(26):
        cx, cy, r = random.uniform(-0.7, 0.7), random.uniform(-0.5, 0.5), random.uniform(0.02, 0.06)
        spot = smoothstep(r, r * 0.85, np.hypot(x - cx, y - cy))[..., None]
        scene = scene + spot * np.array(bright, F32) * random.uniform(0.1, 0.6)
    return blur(scene, height * 0.018)
