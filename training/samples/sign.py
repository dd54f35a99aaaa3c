"""A stop sign under a cloudy sky, with letters drawn as lines.

What this file is: the letters and the scene. What it is not: the sky (backdrops.py).
"""

import numpy as np

from .backdrops import cloudy_sky
from .picture import blur, finish, mask, over, pixels, plane
from .raymarch import fbm, mix, noise, smoothstep, vector


def stroke(points, at, scale):
    """A polyline of a letter in cells of 1 by 1 as pixel coordinates."""
    return [(at[0] + x * scale[0], at[1] + y * scale[1]) for x, y in points]


def arc(x, y, rx, ry, start, end, count=14):
    turns = np.radians(np.linspace(start, end, count))
    return [(x + rx * np.cos(a), y + ry * np.sin(a)) for a in turns]


# Lines of the four letters, y down.
LETTERS = {
    "S": [arc(0.5, 0.27, 0.42, 0.27, -20, -270) + arc(0.5, 0.75, 0.42, 0.25, -90, 160)],
    "T": [[(0, 0), (1, 0)], [(0.5, 0), (0.5, 1)]],
    "O": [arc(0.5, 0.5, 0.44, 0.5, 0, 360, 32)],
    "P": [[(0.08, 1), (0.08, 0), (0.5, 0)] + arc(0.5, 0.28, 0.42, 0.28, -90, 90) + [(0.08, 0.56)]],
}


def stop_sign(size):
    width, height = size
    centre, radius = (0.5 * width / height, 0.475), 0.365

    def octagon(r):
        return [(centre[0] + r * np.cos(a), centre[1] + r * np.sin(a)) for a in np.radians(22.5 + 45 * np.arange(8))]

    def plate(r):
        return mask(width, height, lambda pen, s: pen.polygon([(x * s, y * s) for x, y in octagon(r)], fill=255))

    def letters(pen, s):
        cell, gap, tall, thick = 0.102, 0.05, 0.22, 0.04
        left = centre[0] - (4 * cell + 3 * gap) / 2
        for index, letter in enumerate("STOP"):
            for line in LETTERS[letter]:
                at = (left + index * (cell + gap), centre[1] - tall / 2)
                points = [(x * s, y * s) for x, y in stroke(line, at, (cell, tall))]
                pen.line(points, fill=255, width=int(thick * s), joint="curve")
                r = thick * s / 2 * 0.96
                for x, y in points[1:-1]:
                    pen.ellipse((x - r, y - r, x + r, y + r), fill=255)

    def post(pen, s):
        pen.rectangle(((centre[0] - 0.021) * s, 0.5 * s, (centre[0] + 0.021) * s, 1.1 * s), fill=255)

    x, y = pixels(width, height)
    sky = cloudy_sky(x, y, 12)
    leaves = fbm(plane(x * 9, y * 9), 5, 21)
    trees = mix(vector(0.01, 0.03, 0.008), vector(0.12, 0.2, 0.05), smoothstep(0.25, 0.75, leaves)[..., None])
    edge = y + 0.16 + 0.22 * (fbm(plane(x * 5, y * 2), 5, 22) - 0.5)
    scene = over(sky, blur(trees, height * 0.006), smoothstep(0.012, -0.012, edge))
    scene = blur(scene, height * 0.008)
    steel = mix(0.16, 0.42, smoothstep(-0.02, 0.006, x))[..., None] * vector(1, 1, 1.03)
    steel = steel * (0.8 + 0.2 * noise(plane(x * 90, y * 30), 2)[..., None])
    scene = over(scene, steel, mask(width, height, post))
    worn = fbm(plane(x * 4, y * 4), 5, 31)
    lit = (0.86 + 0.3 * worn + 0.35 * y - 0.12 * x)[..., None]
    red, white = vector(0.52, 0.018, 0.02), vector(0.8, 0.8, 0.78)
    scene = over(scene, white * lit * 0.5, plate(radius * 1.015))
    scene = over(scene, white * lit, plate(radius))
    scene = over(scene, red * lit, plate(radius * 0.945))
    scene = over(scene, white * lit, mask(width, height, letters))
    bolt = np.minimum(np.hypot(x, y - 0.2), np.hypot(x, y + 0.15))
    scene = over(scene, np.broadcast_to(vector(0.2, 0.16, 0.16), scene.shape), smoothstep(0.011, 0.008, bolt))
    return finish(scene, 7, 1.05)
