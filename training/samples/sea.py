"""By the sea: a starfish on sand, a sailing boat with its mirror image.

What this file is: the two scenes. What it is not: the sky (backdrops.py) or the renderer (raymarch.py).
"""

import numpy as np

from .backdrops import cloudy_sky
from .picture import blur, finish, mask, over, pixels, plane
from .raymarch import F32, Camera, Light, capsule, fbm, mix, noise, render, smooth_union, smoothstep, vector


def starfish(size):
    angles = 0.35 + 2 * np.pi * np.arange(5) / 5 + np.array([0.05, -0.09, 0.1, -0.04, 0.06])
    lengths = (1.4, 1.28, 1.42, 1.32, 1.36)

    def arms(p):
        d = np.full(len(p), 1e3, F32)
        for angle, length in zip(angles, lengths):
            a, b = vector(0, 0.16, 0), vector(length * np.cos(angle), 0.07, length * np.sin(angle))
            bend = 0.09 * np.sin(angle * 7) * np.clip(p @ (b / length), 0, 2)[:, None] ** 2
            bent = p + vector(-np.sin(angle), 0, np.cos(angle)) * bend
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
    waves = fbm(plane(x / (away + 0.02) * 0.9, 2.2 / (away + 0.03)), 5, 9)
    ripples = fbm(plane(x / (away + 0.02) * 3, 7 / (away + 0.03)), 4, 19)
    crest = smoothstep(0.35, 0.75, 0.6 * waves + 0.4 * ripples)[..., None]
    sea = mix(vector(0.012, 0.06, 0.15), vector(0.12, 0.27, 0.42), crest)
    sea = mix(sea, vector(0.3, 0.46, 0.62), np.exp(-away * 14)[..., None] * 0.6)
    sea = sea + smoothstep(0.66, 0.8, ripples)[..., None] * 0.3 * np.exp(-away * 3)[..., None]
    hills = 0.035 * fbm(plane(x * 7, 0 * y), 5, 3) * smoothstep(0.45, -0.5, x)
    coast = smoothstep(0.003, -0.003, y - horizon - hills)
    scene = over(sky, np.broadcast_to(vector(0.1, 0.16, 0.2), sky.shape), coast)
    scene = over(scene, sea, smoothstep(0.001, -0.001, y - horizon))

    def shape(points):
        corners = [(px + 0.5 * width / height, 0.5 - py) for px, py in points]
        return mask(width, height, lambda pen, s: pen.polygon([(px * s, py * s) for px, py in corners], fill=255))

    def curve(a, b, belly, count=16):
        """From a to b with a bulge to the side, as the wind fills a sail."""
        t = np.linspace(0, 1, count)
        bulge = belly * t * (1 - t) * 4
        across = mix(a[0], b[0], t) + (b[1] - a[1]) * bulge
        return list(zip(across, mix(a[1], b[1], t) + (a[0] - b[0]) * bulge))

    head, clew, tack = (0.03, 0.36), (0.275, -0.185), (0.045, -0.15)
    bow, stern = (0.33, -0.2), (-0.27, -0.205)
    main_sail = curve((0.02, 0.43), (-0.235, -0.165), -0.09) + curve((-0.235, -0.165), (0.012, -0.155), 0.03)
    jib = curve(head, clew, 0.05) + curve(clew, tack, -0.06) + curve(tack, head, 0.09)
    hull = curve(stern, bow, 0.035) + curve(bow, (0.2, -0.275), 0.03) + curve((0.2, -0.275), (-0.22, -0.27), 0.02)
    mast = [(0.016, -0.2), (0.016, 0.44), (0.024, 0.44), (0.024, -0.2)]
    boom = [(-0.24, -0.172), (-0.24, -0.163), (0.02, -0.157), (0.02, -0.166)]
    cabin = [(-0.11, -0.215), (-0.1, -0.183), (0.09, -0.183), (0.13, -0.215)]
    seams = 1 - 0.07 * smoothstep(0.93, 1.0, np.cos((y * 0.97 + x * 0.25) * 75))
    # A sail is lit where it faces the sun: its belly turns away from the mast to the leech.
    cloth = (seams * (1.0 + 1.3 * x + 0.35 * y))[..., None]
    light_cloth = vector(1.25, 1.2, 1.1) * cloth
    dim_cloth = vector(1.0, 1.0, 1.05) * (cloth + 0.1 - 2.2 * x[..., None])

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
    row = (0.5 - (2 * line - y) - 0.02 * (waves - 0.5)) * height
    column = np.arange(width)[None] + (waves - 0.5) * 0.12 * height * smoothstep(0, -0.2, y - line)
    rows, columns = np.clip(row.astype(int), 0, height - 1), np.clip(column.astype(int), 0, width - 1)
    mirrored = blank[rows, columns]
    seen = (mirrored.max(-1) > 0) * smoothstep(line + 0.002, line - 0.004, y) * (0.5 - 0.6 * np.clip(line - y, 0, 1))
    scene = over(scene, np.clip(mirrored, 0, 2) * 0.75, blur(seen[..., None].astype(F32), height * 0.004)[..., 0])
    scene = boat(scene)
    foam = smoothstep(0.012, 0.0, np.abs(y - line - 0.006 * (ripples - 0.5)))
    foam = foam * smoothstep(0.34, 0.2, np.abs(x)) * smoothstep(0.35, 0.7, ripples)
    return finish(over(scene, np.ones_like(scene), foam * 0.8), 12)
