"""Renders the app's sample pictures, public/samples/*.webp, from formulas and seeds alone.

    python3 training/render_samples.py [--out public/samples] [--only lemons,cup] [--small]

What this file is: the list of pictures and the command. What it is not: the scenes; those are in samples/. No photo
and no texture taken from one goes in; numpy and PIL are all it needs. The same seed gives the same picture.
"""

import argparse
import time
from pathlib import Path

from samples import flowers, food, objects, sea, sign
from samples.picture import SUPERSAMPLING

SCENES = {
    "lemons": (food.lemons, (320, 320)),
    "tomatoes": (food.tomatoes, (320, 320)),
    "soccer-ball": (objects.soccer_ball, (320, 320)),
    "cup": (objects.cup, (320, 320)),
    "stop-sign": (sign.stop_sign, (320, 320)),
    "knot": (objects.knot, (320, 320)),
    "daisy": (flowers.daisy, (320, 320)),
    "sunflower": (flowers.sunflower, (320, 320)),
    "starfish": (sea.starfish, (320, 320)),
    "sailing-boat": (sea.sailing_boat, (400, 300)),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--out", default=Path(__file__).parents[1] / "public" / "samples", type=Path)
    parser.add_argument("--only", help="names, separated by commas; all by default")
    parser.add_argument("--small", action="store_true", help="a quarter of the pixels, for trying things out")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else list(SCENES)
    unknown = [name for name in names if name not in SCENES]
    if unknown:
        parser.error(f"no scene is named {', '.join(unknown)}; there are {', '.join(SCENES)}")
    options.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        started = time.time()
        scene, (width, height) = SCENES[name]
        scale = SUPERSAMPLING if not options.small else SUPERSAMPLING / 2
        image = scene((int(width * scale), int(height * scale)))
        target = options.out / f"{name}.webp"
        image.save(target, "WEBP", quality=80, method=6)
        seconds = time.time() - started
        print(f"{target.name}: {image.width} x {image.height}, {target.stat().st_size} bytes, {seconds:.0f} s")


if __name__ == "__main__":
    main()
