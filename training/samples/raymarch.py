"""A small ray marcher over signed distance fields, in numpy.

What this file is: noise, distance functions, camera, marching, soft shadows, ambient occlusion and shading. What it
is not: any scene; those are in the files beside it. Points are float32 [N,3], y is up, colours are linear RGB.
"""

import numpy as np

F32 = np.float32


def vector(*values):
    return np.array(values, F32)


def unit(v):
    return v / np.maximum(np.linalg.norm(v, axis=-1, keepdims=True), 1e-9)


def mix(a, b, t):
    return a + (b - a) * t


def smoothstep(low, high, x):
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def smooth_union(a, b, k):
    """Polynomial smooth minimum: the two surfaces melt together over a width of k."""
    h = np.maximum(k - np.abs(a - b), 0) / k
    return np.minimum(a, b) - h * h * k / 4


def hashed(cells, seed=0):
    """Integer cells [...,D] to pseudo-random numbers in [0,1); the same on every machine."""
    h = np.full(cells.shape[:-1], (seed * 2654435761 + 12345) & 0xFFFFFFFF, np.uint32)
    for axis in range(cells.shape[-1]):
        h ^= cells[..., axis].astype(np.int64).astype(np.uint32)
        h *= np.uint32(0x85EBCA6B)
        h ^= h >> np.uint32(13)
        h *= np.uint32(0xC2B2AE35)
        h ^= h >> np.uint32(16)
    return (h >> np.uint32(8)).astype(F32) / F32(1 << 24)


def noise(p, seed=0):
    """Value noise in [0,1] at points [...,D], one feature a unit."""
    cell = np.floor(p)
    t = p - cell
    t = t * t * (3 - 2 * t)
    cell = cell.astype(np.int64)
    dims = p.shape[-1]
    total = np.zeros(p.shape[:-1], F32)
    for corner in range(1 << dims):
        offset = np.array([(corner >> axis) & 1 for axis in range(dims)])
        weight = np.prod(np.where(offset, t, 1 - t), axis=-1)
        total += weight * hashed(cell + offset, seed)
    return total


def fbm(p, octaves=4, seed=0):
    """Noise summed over octaves, in [0,1]."""
    total, weight, scale = 0, 0.5, 1.0
    for octave in range(octaves):
        total = total + weight * noise(p * F32(scale), seed + octave)
        weight, scale = weight / 2, scale * 2.03
    return total / (1 - 0.5**octaves)


def ellipsoid(p, radii):
    """First-order distance to an ellipsoid around the origin."""
    k0 = np.linalg.norm(p / radii, axis=-1)
    k1 = np.linalg.norm(p / (radii * radii), axis=-1)
    return k0 * (k0 - 1) / np.maximum(k1, 1e-6)


def capsule(p, a, b, ra, rb):
    """Segment a..b with a radius that goes from ra to rb."""
    ab = b - a
    t = np.clip(((p - a) @ ab) / (ab @ ab), 0, 1)
    return np.linalg.norm(p - a - t[:, None] * ab, axis=-1) - mix(ra, rb, t)


def smooth_line(points, between=12):
    """A polyline [(radius, y), ...] as a Catmull-Rom curve through its points, y made to ascend."""
    q = np.array(points, np.float64)
    q = np.concatenate([2 * q[:1] - q[1:2], q, 2 * q[-1:] - q[-2:-1]])
    t = np.linspace(0, 1, between, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(q, q[1:], q[2:], q[3:]):
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    line = np.concatenate(parts + [q[-2:-1]])
    return np.stack([line[:, 0], np.maximum.accumulate(line[:, 1]) + np.arange(len(line)) * 1e-5], -1)


def profile(p, points):
    """Solid of revolution about y inside the polyline `points` [(radius, y), ...], y ascending; a lower bound."""
    r = np.hypot(p[:, 0], p[:, 2])
    heights, radii = np.array([q[1] for q in points], F32), np.array([q[0] for q in points], F32)
    steepest = np.max(np.abs(np.diff(radii) / np.diff(heights)))
    side = (r - np.interp(p[:, 1], heights, radii)) / np.sqrt(1 + min(steepest, 3.0) ** 2)
    return np.maximum(side, np.maximum(heights[0] - p[:, 1], p[:, 1] - heights[-1])).astype(F32)


class Camera:
    """A pinhole at `eye` that looks at `target`; `view` is the picture's height over its distance."""

    def __init__(self, eye, target, view):
        self.eye, self.view = vector(*eye), view
        self.forward = unit(vector(*target) - self.eye)
        self.right = unit(np.cross(self.forward, vector(0, 1, 0)))
        self.up = np.cross(self.right, self.forward)

    def rays(self, width, height):
        """Directions [width*height,3] in rows from the top."""
        x = (np.arange(width, dtype=F32) + 0.5 - width / 2) / height * self.view
        y = -(np.arange(height, dtype=F32) + 0.5 - height / 2) / height * self.view
        x, y = np.meshgrid(x, y)
        flat = self.forward + x.reshape(-1, 1) * self.right + y.reshape(-1, 1) * self.up
        return unit(flat).astype(F32)


def march(distance, origin, rays, far, steps=110, step=0.9):
    """Distances along the rays [N], inf where nothing was hit before `far`."""
    travelled = np.zeros(len(rays), F32)
    result = np.full(len(rays), np.inf, F32)
    active = np.arange(len(rays))
    for _ in range(steps):
        d = distance(origin + travelled[active, None] * rays[active])
        travelled[active] += d * F32(step)
        hit = d < 0.0008 * (1 + travelled[active])
        result[active[hit]] = travelled[active[hit]]
        active = active[~hit & (travelled[active] < far)]
        if not len(active):
            break
    return result


def normals(distance, points, epsilon):
    total = np.zeros_like(points)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        corner = vector(*corner)
        total += corner * distance(points + corner * F32(epsilon))[:, None]
    return unit(total)


def soft_shadow(distance, points, towards, softness, reach, steps=30):
    """1 in the light, 0 in the umbra; `softness` is the size of the light."""
    light = np.ones(len(points), F32)
    t = np.full(len(points), 0.02, F32)
    for _ in range(steps):
        d = distance(points + t[:, None] * towards)
        light = np.minimum(light, np.clip(0.5 + 0.5 * d / (softness * t), 0, 1))
        t += np.clip(d, 0.02, 0.25)
        if np.all((t > reach) | (light < 0.01)):
            break
    return light * light * (3 - 2 * light)


def occlusion(distance, points, normal, size):
    """1 in the open, towards 0 in creases, looking `size` far."""
    total = np.zeros(len(points), F32)
    for index in range(1, 6):
        h = F32(size * index / 5)
        total += (h - distance(points + h * normal)) / h * 0.5**index
    return np.clip(1 - 1.1 * total, 0, 1)


class Light:
    """A large light in direction `towards` and a sky; colours are linear and may exceed 1."""

    def __init__(self, towards, sun=(2.4, 2.3, 2.1), sky=(0.55, 0.6, 0.7), ground=(0.25, 0.22, 0.2), softness=0.12):
        self.towards = unit(vector(*towards))
        self.sun, self.sky, self.ground = vector(*sun), vector(*sky), vector(*ground)
        self.softness = softness


def render(size, camera, distance, material, light, far=20, crease=0.4, epsilon=0.002, step=0.9):
    """Linear RGBA [height,width,4], not premultiplied.

    `distance(points)` gives [N]; `material(points, normals)` gives colour [N,3], gloss [N or scalar], shine exponent,
    and light of its own [N,3] or 0.
    """
    width, height = size
    rays = camera.rays(width, height)
    t = march(distance, camera.eye, rays, far, step=step)
    hit = np.isfinite(t)
    points, rays_hit = camera.eye + t[hit, None] * rays[hit], rays[hit]
    normal = normals(distance, points, epsilon)
    colour, gloss, shine, own = material(points, normal)
    facing = np.clip(normal @ light.towards, 0, 1)
    lit = soft_shadow(distance, points + normal * 0.01, light.towards, light.softness, 6)
    shade = occlusion(distance, points, normal, crease)[:, None]
    up = (0.5 + 0.5 * normal[:, 1])[:, None]
    incoming = (facing * lit)[:, None] * light.sun + shade * mix(light.ground, light.sky, up)
    half = unit(light.towards - rays_hit)
    glint = np.clip(np.sum(normal * half, -1), 0, 1) ** shine * lit * gloss
    rim = np.clip(1 + np.sum(normal * rays_hit, -1), 0, 1) ** 4 * gloss * 0.35
    result = np.zeros((len(rays), 4), F32)
    result[hit, :3] = colour * incoming + glint[:, None] * light.sun + rim[:, None] * shade * light.sky + own
    result[hit, 3] = 1
    return result.reshape(height, width, 4)
