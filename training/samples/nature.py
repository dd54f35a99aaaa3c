"""Out of doors: flowers, a starfish on sand, a sailing boat; and the sky and grass that others stand in.

What this file is: the scenes of nature and their backdrops. What it is not: the renderer (raymarch.py).
"""

import numpy as np
from PIL import Image, ImageDraw

from .picture import blur, finish, mask, over, pixels
from .raymarch import F32, Camera, Light, capsule, fbm, mix, noise, render, smooth_union, smoothstep, vector


def cloudy_sky(x, y, seed, low=(0.5, 0.66, 0.85), high=(0.09, 0.24, 0.58)):
    """Linear sky [H,W,3]; clouds are flatter towards the horizon."""
    depth = 1 / (0.35 + np.clip(y + 0.5, 0, 2))
    field = fbm(np.stack([x * depth * 2.2, depth * 5 + y], -1).astype(F32), 6, seed)
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
    for foot in feet:
        near = 0.25 + 1.2 * np.clip(-0.05 - foot, 0, 1)
        x = random.uniform(-0.6, 0.6) * width / height
        tall, lean = random.uniform(0.04, 0.1) * near, random.normal(0, 0.035) * near
        wide = random.uniform(0.002, 0.0055) * near
        green = np.array([0.09, 0.24, 0.03]) * random.uniform(0.35, 1.5) + np.array([0.06, 0.03, 0]) * random.uniform(0, 1)
        tone = tuple(int(v) for v in np.clip(green, 0, 1) ** (1 / 2.2) * 255)
        curve = [(-wide, 0), (lean * 0.4 - wide * 0.7, tall * 0.6), (lean, tall), (lean * 0.4 + wide * 0.7, tall * 0.6), (wide, 0)]
        pen.polygon([((x + dx) * height + width / 2, height / 2 - (foot + dy) * height) for dx, dy in curve], fill=tone)
    return (np.asarray(canvas, F32) / 255) ** 2.2


def garden(size, seed, dark, bright):
    """A green background far out of focus, with round spots of light."""
    width, height = size
    x, y = pixels(width, height)
    field = fbm(np.stack([x * 3.5, y * 3.5], -1).astype(F32), 4, seed)[..., None]
    scene = mix(vector(*dark), vector(*bright), smoothstep(0.25, 0.75, field) * (0.6 + 0.5 * y[..., None]))
    random = np.random.default_rng(seed)
    for _ in range(26):
        cx, cy, r = random.uniform(-0.7, 0.7), random.uniform(-0.5, 0.5), random.uniform(0.02, 0.06)
        spot = smoothstep(r, r * 0.85, np.hypot(x - cx, y - cy))[..., None]
        scene = scene + spot * np.array(bright, F32) * random.uniform(0.1, 0.6)
    return blur(scene, height * 0.018)


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
    scene = over(scene, np.broadcast_to(tone(np.array(0.5, F32)) * 0.3, scene.shape), smoothstep(radius, radius * 0.96, r))
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
    edge = y + 0.12 - 0.05 * noise(np.stack([x * 8, 0 * y], -1).astype(F32), 4)
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


def starfish(size):
    angles = 0.35 + 2 * np.pi * np.arange(5) / 5 + np.array([0.05, -0.09, 0.1, -0.04, 0.06])
    lengths = (1.4, 1.28, 1.42, 1.32, 1.36)

    def arms(p):
        d = np.full(len(p), 1e3, F32)
        for angle, length in zip(angles, lengths):
            a, b = vector(0, 0.16, 0), vector(length * np.cos(angle), 0.07, length * np.sin(angle))
            bent = p + vector(-np.sin(angle), 0, np.cos(angle)) * (0.09 * np.sin(angle * 7) * np.clip(p @ (b / length), 0, 2)[:, None] ** 2)
            d = smooth_union(d, capsule(bent * vector(1, 1.25, 1), a, b, 0.31, 0.1), 0.26)
        return d * 0.8

    def knobs(p):
        return noise(p * 26, 3) ** 2

    def sand(p):
        waves = 0.05 * np.sin(p[:, 0] * 2.2 + 2.5 * p[:, 2] + 3 * noise(p[:, [0, 2]], 8))
        return p[:, 1] + 0.05 - waves * 0.6 - 0.03 * fbm(p[:, [0, 2]] * 6, 4, 2)

    def distance(p):
        star = arms(p)
        near = np.flatnonzero(star < 0.12)
        star[near] -= 0.022 * knobs(p[near])
        return np.minimum(star, sand(p) * 0.8)

    def material(p, normal):
        star = arms(p) < sand(p) * 0.8 + 0.05
        star &= arms(p) < 0.06
        skin = mix(vector(0.5, 0.08, 0.02), vector(0.85, 0.25, 0.07), (knobs(p) * 1.8).clip(0, 1)[:, None])
        skin = skin * (0.75 + 0.5 * fbm(p * 3, 3, 6)[:, None])
        grains = noise(p * 70, 4)[:, None] * 0.6 + fbm(p * 18, 3, 5)[:, None] * 0.5
        beach = vector(0.56, 0.47, 0.34) * (0.55 + 0.6 * grains)
        return np.where(star[:, None], skin, beach), np.where(star, 0.12, 0.02), 20.0, 0

    light = Light((-0.7, 0.85, -0.3), (2.3, 2.15, 1.85), (0.4, 0.48, 0.6), (0.25, 0.2, 0.14), 0.08)
    image = render(size, Camera((0.05, 5.2, 2.4), (0, 0, 0.02), 0.56), distance, material, light, 40, 0.35, 0.004)
    return finish(image[..., :3], 11, 0.9)


def sailing_boat(size):
    width, height = size
    x, y = pixels(width, height)
    horizon = -0.2
    sky = cloudy_sky(x, y - 0.1, 42)
    away = np.clip(horizon - y, 0.002, 1)
    waves = fbm(np.stack([x / (away + 0.02) * 0.9, 2.2 / (away + 0.03)], -1).astype(F32), 5, 9)
    ripples = fbm(np.stack([x / (away + 0.02) * 3, 7 / (away + 0.03)], -1).astype(F32), 4, 19)
    crest = smoothstep(0.35, 0.75, 0.6 * waves + 0.4 * ripples)[..., None]
    sea = mix(vector(0.012, 0.06, 0.15), vector(0.12, 0.27, 0.42), crest)
    sea = mix(sea, vector(0.3, 0.46, 0.62), np.exp(-away * 14)[..., None] * 0.6)
    sea = sea + smoothstep(0.66, 0.8, ripples)[..., None] * 0.3 * np.exp(-away * 3)[..., None]
    coast = smoothstep(0.003, -0.003, y - horizon - 0.035 * fbm(np.stack([x * 7, 0 * y], -1).astype(F32), 5, 3) * smoothstep(0.45, -0.5, x))
    scene = over(sky, np.broadcast_to(vector(0.1, 0.16, 0.2), sky.shape), coast)
    scene = over(scene, sea, smoothstep(0.001, -0.001, y - horizon))

    def shape(points):
        return mask(width, height, lambda pen, s: pen.polygon([((px + 0.5 * width / height) * s, (0.5 - py) * s) for px, py in points], fill=255))

    def curve(a, b, belly, count=16):
        """From a to b with a bulge to the side, as the wind fills a sail."""
        t = np.linspace(0, 1, count)
        nx, ny = b[1] - a[1], a[0] - b[0]
        return [(mix(a[0], b[0], s) + nx * belly * s * (1 - s) * 4, mix(a[1], b[1], s) + ny * belly * s * (1 - s) * 4) for s in t]

    top, foot = (0.02, 0.43), (0.02, -0.2)
    main_sail = curve(top, (-0.235, -0.165), -0.09) + curve((-0.235, -0.165), (0.012, -0.155), 0.03)
    jib = curve((0.03, 0.36), (0.275, -0.185), 0.05) + curve((0.275, -0.185), (0.045, -0.15), -0.06) + curve((0.045, -0.15), (0.03, 0.36), 0.09)
    hull = curve((-0.27, -0.205), (0.33, -0.2), 0.035) + curve((0.33, -0.2), (0.2, -0.275), 0.03) + curve((0.2, -0.275), (-0.22, -0.27), 0.02)
    mast = [(0.016, -0.2), (0.016, 0.44), (0.024, 0.44), (0.024, -0.2)]
    boom = [(-0.24, -0.172), (-0.24, -0.163), (0.02, -0.157), (0.02, -0.166)]
    cabin = [(-0.11, -0.215), (-0.1, -0.183), (0.09, -0.183), (0.13, -0.215)]
    seams = 1 - 0.07 * smoothstep(0.93, 1.0, np.cos((y * 0.97 + x * 0.25) * 75))
    # A sail is lit where it faces the sun: its belly turns away from the mast to the leech.
    cloth = (seams * (1.0 + 1.3 * x + 0.35 * y))[..., None]
    light_cloth, dim_cloth = vector(1.25, 1.2, 1.1) * cloth, vector(1.0, 1.0, 1.05) * (cloth + 0.1 - 2.2 * x[..., None])

    def boat(scene):
        scene = over(scene, vector(0.1, 0.07, 0.04) * np.ones_like(scene), np.maximum(shape(mast), shape(boom)))
        scene = over(scene, dim_cloth, shape(jib))
        scene = over(scene, light_cloth, shape(main_sail))
        scene = over(scene, vector(0.55, 0.53, 0.5) * np.ones_like(scene), shape(cabin))
        paint = mix(vector(0.02, 0.03, 0.08), vector(0.75, 0.75, 0.74), smoothstep(-0.243, -0.239, y)[..., None])
        paint = np.where((np.abs(y + 0.241) < 0.006)[..., None], vector(0.5, 0.03, 0.03), paint)
        return over(scene, paint * (0.75 + 0.7 * (y[..., None] + 0.3)), shape(hull))

    # The mirror image: the boat turned over at the water line, shaken by the waves and drawn out downwards.
    line = -0.268
    blank = boat(np.full_like(scene, -1))
    rows = np.clip(((0.5 - (2 * line - y) - 0.02 * (waves - 0.5)) * height).astype(int), 0, height - 1)
    columns = np.clip((np.arange(width)[None] + (waves - 0.5) * 0.12 * height * smoothstep(0, -0.2, y - line)).astype(int), 0, width - 1)
    mirrored = blank[rows, columns]
    seen = (mirrored.max(-1) > 0) * smoothstep(line + 0.002, line - 0.004, y) * (0.5 - 0.6 * np.clip(line - y, 0, 1))
    scene = over(scene, np.clip(mirrored, 0, 2) * 0.75, blur(seen[..., None].astype(F32), height * 0.004)[..., 0])
    scene = boat(scene)
    foam = smoothstep(0.012, 0.0, np.abs(y - line - 0.006 * (ripples - 0.5))) * smoothstep(0.34, 0.2, np.abs(x)) * smoothstep(0.35, 0.7, ripples)
    return finish(over(scene, np.ones_like(scene), foam * 0.8), 12)
