"""Makes the reference values and the small files that src/image's tests compare with.

python3 training/make_image_fixtures.py        (Pillow, numpy, torchvision; AVIF also needs ImageMagick's convert)

Every picture is a formula, the same here and in src/image/fixtures/formulaPicture.ts, so that no large file has to be kept.
expected.json: what Pillow and torchvision make of them. files.json: tiny files of each format, base64.
"""

import base64
import io
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import numpy
from PIL import Image
from torchvision import transforms

FOLDER = Path(__file__).resolve().parent.parent / "src" / "image" / "fixtures"
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)

# name, width, height, input size, shorter side (None: round(size / 0.875)), with alpha
CASES = [
    ("landscape", 640, 427, 32, None, False),
    ("portrait", 300, 451, 32, None, False),
    ("square", 200, 200, 32, None, False),
    ("odd", 101, 67, 32, None, False),
    ("shorter side already right", 37, 58, 32, None, False),
    ("already the input", 32, 32, 32, 32, False),
    ("enlarged", 20, 23, 32, None, False),
    ("no margin", 123, 77, 32, 32, False),
    ("crop offset at a half", 90, 64, 31, 64, False),
    ("1×1", 1, 1, 32, None, False),
    ("2×3", 2, 3, 32, None, False),
    ("5×1", 5, 1, 32, None, False),
    ("1×3000", 1, 3000, 32, None, False),
    ("2500×3", 2500, 3, 32, None, False),
    ("huge", 4000, 3000, 32, None, False),
    ("huge portrait", 2999, 4001, 32, None, False),
    ("alpha", 150, 131, 32, None, True),
    ("alpha enlarged", 7, 9, 32, None, True),
    ("input of 96", 333, 250, 96, None, False),
]


def formula(width, height, alpha):
    """uint8 [height,width,4]: a slope, noise, and hard edges; alpha runs through every level."""
    y, x = numpy.mgrid[0:height, 0:width].astype(numpy.uint32)
    noise = x * numpy.uint32(73856093) ^ y * numpy.uint32(19349663)
    noise = (noise ^ noise >> numpy.uint32(13)) * numpy.uint32(0x5BD1E995)
    red = x * 3 + y * 5
    green = noise >> numpy.uint32(24)
    blue = numpy.where((x // 7 + y // 5) % 2 == 1, 255, 0)
    opacity = x * 11 + y * 7 if alpha else numpy.full_like(x, 255)
    return numpy.stack([red & 255, green, blue, opacity & 255], axis=2).astype(numpy.uint8)


def over_white(rgba):
    """PIL RGBA to RGB over white. Both of Pillow's ways to do it agree."""
    white = Image.new("RGBA", rgba.size, "white")
    composited = Image.alpha_composite(white, rgba).convert("RGB")
    pasted = Image.new("RGB", rgba.size, "white")
    pasted.paste(rgba.convert("RGB"), mask=rgba.getchannel("A"))
    assert composited.tobytes() == pasted.tobytes()
    return composited


def base64_of(data):
    return base64.b64encode(data).decode()


def expected_case(name, width, height, size, shorter, alpha):
    picture = over_white(Image.fromarray(formula(width, height, alpha), "RGBA"))
    side = shorter or round(size / 0.875)
    cut = transforms.Compose([transforms.Resize(side), transforms.CenterCrop(size)])(picture)
    assert cut.size == (size, size)
    case = {"name": name, "width": width, "height": height, "size": size, "alpha": alpha}
    if shorter:
        case["resizeShorterSide"] = shorter
    case["rgb"] = base64_of(cut.tobytes())
    if name == "odd":
        values = transforms.Normalize(MEAN, STD)(transforms.ToTensor()(cut))
        case["valuesCHW"] = base64_of(values.numpy().astype("<f4").tobytes())
    return case


def saved(image, format, **options):
    stream = io.BytesIO()
    image.save(stream, format, **options)
    return stream.getvalue()


def files():
    """name → (width, height as stored, bytes)."""
    rgba = Image.fromarray(formula(24, 16, True), "RGBA")
    smooth = Image.fromarray(formula(24, 16, False)[:, :, [0, 0, 2]], "RGB")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter: shown 16 wide, 24 high
    # A thumbnail inside the EXIF block, with an end-of-image marker of its own.
    thumbnail = b"Exif\0\0" + b"MM\0*\0\0\0\x08\0\0\0\0\0\0" + saved(smooth.resize((4, 4)), "JPEG")
    frames = [smooth.quantize(8), smooth.rotate(180).quantize(8)]
    result = {
        "baseline.jpg": saved(smooth, "JPEG", quality=90),
        "orientation6.jpg": saved(smooth, "JPEG", quality=90, exif=exif),
        "progressive.jpg": saved(smooth, "JPEG", quality=90, progressive=True),
        "thumbnail.jpg": saved(smooth, "JPEG", quality=90, exif=thumbnail),
        "alpha.png": saved(rgba, "PNG"),
        "palette.png": saved(smooth.quantize(8), "PNG"),
        "lossy.webp": saved(smooth, "WEBP", quality=80),
        "lossless.webp": saved(smooth, "WEBP", lossless=True),
        "extended.webp": saved(rgba, "WEBP", quality=80),
        "two-frames.gif": saved(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        "plain.bmp": saved(smooth, "BMP"),
    }
    if shutil.which("convert"):
        with tempfile.TemporaryDirectory() as folder:
            source, target = Path(folder) / "a.png", Path(folder) / "a.avif"
            smooth.save(source)
            subprocess.run(["convert", source, "-quality", "90", target], check=True)
            result["still.avif"] = target.read_bytes()
    return {name: {"width": 24, "height": 16, "base64": base64_of(data)} for name, data in result.items()}


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in ("expected.json", [expected_case(*case) for case in CASES]), ("files.json", files()):
        text = json.dumps(content, ensure_ascii=False, indent=2)
        (FOLDER / name).write_text(text + "\n")
        print(f"{name}: {len(text)} bytes")


if __name__ == "__main__":
    main()
