"""Made things: a soccer ball on grass, a cup, and a knot that no class is meant for.

What this file is: the three scenes. What it is not: the renderer (raymarch.py).
"""

import itertools

import numpy as np

from .backdrops import grass_blades
from .picture import blur, finish, over, pixels, plane
from .raymarch import (
    F32,
    Camera,
    Light,
    fbm,
    mix,
    noise,
    profile,
    render,
    smooth_line,
    smooth_union,
    smoothstep,
    unit,
    vector,
)

GOLDEN = (1 + 5**0.5) / 2


def icosahedron():
    """Unit vectors to its 12 vertices and to the middles of its 20 faces: pentagons and hexagons of a ball."""
    corners = [p for a, b in itertools.product((1, -1), (GOLDEN, -GOLDEN)) for p in ((0, a, b), (a, b, 0), (b, 0, a))]
    corners = unit(np.array(corners, F32))
    near = corners @ corners.T > 0.4
    faces = [
        corners[i] + corners[j] + corners[k]
        for i, j, k in itertools.combinations(range(12), 3)
        if near[i, j] and near[j, k] and near[i, k]
    ]
    return corners, unit(np.array(faces, F32))


def soccer_ball(size):
    width, height = size
    five, six = icosahedron()
    axis = unit(vector(0.3, 1, 0.2))
    side = unit(np.cross(axis, vector(0, 0.2, 1)))
    spin = np.stack([side, axis, np.cross(side, axis)]).astype(F32)

    def panels(p):
        """How close the nearest and second nearest panel are, and whether the nearest is a pentagon."""
        n = unit(p) @ spin.T
        # Distances of the two kinds of faces of a truncated icosahedron with edges of 1 from its middle.
        scores = np.concatenate([n @ five.T / 2.32744, n @ six.T / 2.26728], 1)
        order = np.sort(scores, 1)
        return (order[:, -1] - order[:, -2]) * 2.3, np.argmax(scores, 1) < 12

    def distance(p):
        seam, _ = panels(p)
        ball = np.linalg.norm(p, axis=-1) - 1 + 0.02 * np.exp(-((seam / 0.025) ** 2))
        return np.minimum(ball, p[:, 1] + 0.99)

    def material(p, normal):
        seam, black = panels(p)
        leather = 0.92 + 0.08 * noise(p * 40, 1)[:, None]
        colour = np.where(black[:, None], vector(0.012, 0.012, 0.014), vector(0.78, 0.78, 0.76)) * leather
        colour = colour * (0.25 + 0.75 * smoothstep(0.0, 0.03, seam))[:, None]
        dirt = 0.35 * smoothstep(-0.55, -1.0, p[:, 1] + 0.3 * fbm(p * 5, 3))
        colour = mix(colour, vector(0.1, 0.12, 0.03), dirt[:, None])
        ground = (p[:, 1] < -0.9) & (np.linalg.norm(p, axis=-1) > 1.03)
        turf = vector(0.035, 0.1, 0.012) * (0.5 + fbm(p[:, [0, 2]] * 9, 3)[:, None])
        return np.where(ground[:, None], turf, colour), np.where(ground, 0, 0.35), 30.0, 0

    light = Light((-0.55, 0.9, 0.65), (2.3, 2.2, 2.0), (0.5, 0.58, 0.7), (0.12, 0.2, 0.05), 0.08)
    camera = Camera((0, 0.35, 6.2), (0, -0.03, 0), 0.44)
    image = render(size, camera, distance, material, light, 60, 0.5)
    x, y = pixels(width, height)
    trees = fbm(plane(x * 6, y * 8), 4, 4)
    wood = mix(vector(0.02, 0.06, 0.015), vector(0.1, 0.2, 0.05), trees[..., None])
    wood = mix(wood, vector(0.75, 0.85, 0.95), smoothstep(0.3, 0.36, y + 0.12 * trees)[..., None])
    scene = over(blur(wood, height * 0.022), image)
    scene = grass_blades(scene, 7, horizon=-0.1, until=-0.37)
    # The ball again, over the blades behind it; then the blades before it.
    scene = over(scene, image, ball_mask(camera, size))
    return finish(grass_blades(scene, 8, horizon=-0.375, until=-0.62), 4)


def ball_mask(camera, size):
    """Where the unit ball around the origin stands, [H,W]."""
    rays = camera.rays(*size)
    closest = np.linalg.norm(np.cross(rays, camera.eye), axis=-1)
    return smoothstep(1.004, 0.996, closest).reshape(size[1], size[0])


def cup(size):
    outline = smooth_line([(0.42, -0.84), (0.44, -0.72), (0.7, -0.4), (0.85, 0.15), (0.92, 0.72)])
    hollow = smooth_line([(0.36, -0.62), (0.64, -0.34), (0.79, 0.15), (0.87, 0.8)])

    def body(p):
        return np.maximum(profile(p, outline), -profile(p, hollow)) - 0.012

    def handle(p):
        q = np.stack([(p[:, 0] - 0.86) / 1.0, (p[:, 1] - 0.14), p[:, 2]], -1)
        ring = np.hypot(np.hypot(q[:, 0] * 0.95, q[:, 1]) - 0.36, q[:, 2] * 0.8) - 0.075
        return np.maximum(ring, 0.72 + 0.16 * p[:, 1] - p[:, 0])

    def coffee(p):
        return np.maximum(np.abs(p[:, 1] - 0.4) - 0.03, np.hypot(p[:, 0], p[:, 2]) - 0.84)

    def saucer(p):
        r = np.hypot(p[:, 0], p[:, 2])
        height = -0.86 + 0.17 * smoothstep(0.5, 1.55, r)
        return np.maximum(np.abs(p[:, 1] - height) - 0.03, r - 1.5) * 0.8

    def distance(p):
        china = smooth_union(body(p), handle(p), 0.06)
        room = np.minimum(p[:, 1] + 0.92, p[:, 2] + 4)
        return np.minimum(np.minimum(china, saucer(p)), np.minimum(coffee(p), room)) * F32(0.9)

    def material(p, normal):
        r = np.hypot(p[:, 0], p[:, 2])
        china = mix(vector(0.78, 0.75, 0.68), vector(0.82, 0.8, 0.75), fbm(p * 2, 3)[:, None])
        outer = (normal[:, 0] * p[:, 0] + normal[:, 2] * p[:, 2] > 0) & (p[:, 1] > -0.7)
        band = outer & (np.abs(p[:, 1] - 0.52) < 0.06) & (r < 0.93)
        rim = (np.abs(r - 1.38) < 0.05) & (p[:, 1] < -0.6)
        china = np.where((band | rim)[:, None], vector(0.05, 0.1, 0.3), china)
        drink = (coffee(p) < 0.02) & (r < 0.85)
        colour = np.where(drink[:, None], vector(0.055, 0.022, 0.008), china)
        table = p[:, 1] < -0.9
        cloth = mix(vector(0.4, 0.2, 0.15), vector(0.5, 0.27, 0.2), fbm(p * 1.5, 4, 3)[:, None])
        cloth = np.where(p[:, 2:] < -3.9, vector(0.5, 0.47, 0.42), cloth)
        table |= p[:, 2] < -3.9
        return np.where(table[:, None], cloth, colour), np.where(table, 0.0, 0.5), np.where(table, 12.0, 60.0), 0

    light = Light((-0.7, 1, 0.35), (2.0, 1.9, 1.7), (0.5, 0.52, 0.56), (0.3, 0.22, 0.16), 0.25)
    image = render(size, Camera((0.5, 1.75, 5.6), (0.12, -0.14, 0), 0.56), distance, material, light, 60, 0.6)
    return finish(image[..., :3], 5, 0.95)


def knot(size):
    """A glazed knot over a checkered floor: belongs to none of the classes."""
    turns = np.linspace(0, 2 * np.pi, 421)[:-1]
    out = 1 + 0.42 * np.cos(3 * turns)
    line = np.stack([out * np.cos(2 * turns), 0.42 * np.sin(3 * turns), out * np.sin(2 * turns)], -1).astype(F32)

    def tube(p):
        """Distance to the knot's line and the turn of its nearest point."""
        best, where = np.full(len(p), 1e9, F32), np.zeros(len(p), np.int64)
        for index, point in enumerate(line):
            d = p - point
            d = np.einsum("ij,ij->i", d, d)
            closer = d < best
            best[closer], where[closer] = d[closer], index
        return np.sqrt(best), turns[where]

    def distance(p):
        bound = np.linalg.norm(p * vector(1, 1.6, 1), axis=-1) / 1.6 - 1.1
        d = np.minimum(bound + 0.1, p[:, 1] + 0.68)
        near = np.flatnonzero(bound < 0.05)
        d[near] = np.minimum(tube(p[near])[0] - 0.25, p[near, 1] + 0.68)
        return d

    def material(p, normal):
        to_line, turn = tube(p)
        floor = p[:, 1] + 0.68 < to_line - 0.25
        stripe = smoothstep(-0.15, 0.15, np.sin(18 * turn))[:, None]
        glaze = mix(vector(0.02, 0.3, 0.3), vector(0.6, 0.26, 0.03), stripe)
        check = (np.floor(p[:, 0] * 1.4) + np.floor(p[:, 2] * 1.4)) % 2
        tiles = np.where(check[:, None] > 0, vector(0.6, 0.58, 0.54), vector(0.09, 0.1, 0.13))
        return np.where(floor[:, None], tiles, glaze), np.where(floor, 0.08, 0.9), 60.0, 0

    light = Light((-0.6, 1, 0.3), (2.2, 2.1, 2.0), (0.5, 0.55, 0.65), (0.25, 0.25, 0.25), 0.15)
    image = render(size, Camera((0.3, 2.0, 5.0), (0, -0.2, 0), 0.68), distance, material, light, 40, 0.5, 0.02)
    backdrop = np.broadcast_to(vector(0.55, 0.6, 0.68), image.shape[:2] + (3,))
    return finish(over(backdrop, image), 8)
