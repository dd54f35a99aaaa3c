"""From linear colours to a finished picture: layers, blur, grain, tone, and the file.

What this file is: what comes after rendering. What it is not: rendering; that is raymarch.py.
"""

import numpy as np
from PIL import Image, ImageDraw

from .raymarch import F32

SUPERSAMPLING = 2


def pixels(width, height):
    """x and y of the pixel centres, [height,width] each, in units of the picture's height, centre (0,0), y up."""
    x = (np.arange(width, dtype=F32) + 0.5 - width / 2) / height
    y = -(np.arange(height, dtype=F32) + 0.5 - height / 2) / height
    return np.meshgrid(x, y)


def plane(a, b):
    """Two coordinates [H,W] as points [H,W,2] to ask noise at."""
    return np.stack([a, b], -1).astype(F32)


def over(back, front, alpha=None):
    """`front` [H,W,3 or 4] over `back` [H,W,3]; `alpha` [H,W] multiplies the front's own."""
    cover = front[..., 3:4] if front.shape[-1] == 4 else np.ones_like(front[..., :1])
    if alpha is not None:
        cover = cover * alpha[..., None]
    return back * (1 - cover) + front[..., :3] * cover


def blur(image, radius):
    """Gaussian blur of a linear image [H,W,C], radius in pixels; its border is extended."""
    bands = []
    for band in np.moveaxis(image, -1, 0):
        pad = int(radius * 3) + 1
        # PIL's Gaussian works on 8 bits; boxes by running sums keep the precision.
        values = np.pad(band, pad, mode="edge").astype(np.float64)
        for _ in range(3):
            values = box(box(values, radius).T, radius).T
        bands.append(values[pad:-pad, pad:-pad])
    return np.stack(bands, -1).astype(F32)


def box(values, radius):
    """Moving average along the last axis; three of them make nearly a Gaussian of deviation `radius`."""
    half = max(1, int(round(radius)))
    padded = np.pad(values, ((0, 0), (half + 1, half)), mode="edge").cumsum(1)
    return (padded[:, 2 * half + 1 :] - padded[:, : -2 * half - 1]) / (2 * half + 1)


def mask(width, height, draw):
    """Antialiased coverage [height,width] of what `draw(ImageDraw, scale)` paints in white at 3 times the size."""
    canvas = Image.new("L", (width * 3, height * 3), 0)
    draw(ImageDraw.Draw(canvas), height * 3)
    return np.asarray(canvas.resize((width, height), Image.BOX), F32) / 255


def finish(linear, seed, exposure=1.0, vignette=0.25, grain=0.012):
    """Linear [H,W,3] to a PIL image of half its size: vignette, filmic shoulder, sRGB, a little grain."""
    height, width = linear.shape[:2]
    x, y = pixels(width, height)
    image = linear * exposure * (1 - vignette * (x * x + y * y))[..., None]
    image = image * 0.62
    image = np.clip(image * (2.51 * image + 0.03) / (image * (2.43 * image + 0.59) + 0.14), 0, 1)
    image = np.where(image < 0.0031308, image * 12.92, 1.055 * image ** (1 / 2.4) - 0.055)
    n = SUPERSAMPLING
    image = image[: height // n * n, : width // n * n].reshape(height // n, n, width // n, n, 3).mean((1, 3))
    image = image + np.random.default_rng(seed).normal(0, grain, image.shape[:2])[..., None]
    return Image.fromarray((np.clip(image, 0, 1) * 255 + 0.5).astype(np.uint8))
