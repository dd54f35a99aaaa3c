"""The photos of everyday61 as tensors: decoded once and cached, augmented a batch at a time.

A dataset folder holds classes.json and train.zip, val.zip, test.zip with <class id>/<source>-<number>.webp.
Evaluation follows torchvision and PIL: shorter side to resized_side(size), bilinear with antialiasing, centre crop.
"""

import io
import json
import math
import zipfile
from pathlib import Path

import torch
import torch.nn.functional as F
from PIL import Image

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)
CANVAS = 144


def class_list(data):
    """[{id, name}] in the order of the labels."""
    return json.loads((Path(data) / "classes.json").read_text())


def photos(data, split):
    """Yields (label, source, RGB image) for each photo of a split, in the order of their names."""
    label = {entry["id"]: index for index, entry in enumerate(class_list(data))}
    with zipfile.ZipFile(Path(data) / f"{split}.zip") as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".webp"))
        for name in names:
            class_id, file = name.split("/")[-2:]
            image = Image.open(io.BytesIO(archive.read(name))).convert("RGB")
            yield label[class_id], file.rsplit("-", 1)[0], image


def as_bytes(image):
    """A PIL image as a uint8 tensor [3,H,W]."""
    flat = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8)
    return flat.view(image.height, image.width, 3).permute(2, 0, 1)


def resized_side(size):
    """What evaluation resizes the shorter side to before the crop: 104 for 96, better than 110 on the validation photos."""
    return round(size * 13 / 12)


def resize_and_crop(image, size):
    """Evaluation's resize and centre crop of a PIL image, as torchvision's Resize and CenterCrop do it."""
    target = resized_side(size)
    width, height = image.size
    if width <= height:
        scaled = (target, int(target * height / width))
    else:
        scaled = (int(target * width / height), target)
    image = image.resize(scaled, Image.BILINEAR)
    left, top = round((scaled[0] - size) / 2), round((scaled[1] - size) / 2)
    return image.crop((left, top, left + size, top + size))


def evaluation_set(data, split, size):
    """(uint8 [N,3,size,size], labels [N], sources) of a split, resized and cropped."""
    labels, sources, images = [], [], []
    for label, source, image in photos(data, split):
        labels.append(label)
        sources.append(source)
        images.append(as_bytes(resize_and_crop(image, size)))
    return torch.stack(images), torch.tensor(labels), sources


def training_set(data, cache):
    """(uint8 [N,3,CANVAS,CANVAS] padded at the right and bottom, sizes [N,2] as height and width, labels [N])."""
    cache = Path(cache)
    if cache.exists():
        return torch.load(cache)
    canvases, sizes, labels = [], [], []
    for label, _, image in photos(data, "train"):
        canvas = torch.zeros(3, CANVAS, CANVAS, dtype=torch.uint8)
        canvas[:, : image.height, : image.width] = as_bytes(image)
        canvases.append(canvas)
        sizes.append((image.height, image.width))
        labels.append(label)
    result = torch.stack(canvases), torch.tensor(sizes), torch.tensor(labels)
    cache.parent.mkdir(parents=True, exist_ok=True)
    torch.save(result, cache)
    return result


def normalise(images):
    """uint8 or [0,255] float images [N,3,H,W] to the networks' input."""
    mean = torch.tensor(MEAN, device=images.device).view(1, 3, 1, 1) * 255
    std = torch.tensor(STD, device=images.device).view(1, 3, 1, 1) * 255
    return (images.float() - mean) / std


def uniform(count, low, high):
    return torch.rand(count) * (high - low) + low


def augment(canvases, sizes, size, least_area):
    """Random resized crop to `size`, flip and colour jitter of a batch; uint8 in, normalised float out."""
    count = len(canvases)
    height, width = sizes[:, 0].float(), sizes[:, 1].float()
    area = height * width * uniform(count, least_area, 1)
    ratio = torch.exp(uniform(count, math.log(3 / 4), math.log(4 / 3)))
    crop_w = torch.minimum(torch.sqrt(area * ratio), width)
    crop_h = torch.minimum(torch.sqrt(area / ratio), height)
    left = torch.rand(count) * (width - crop_w)
    top = torch.rand(count) * (height - crop_h)
    flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0] = flip * crop_w / CANVAS
    theta[:, 0, 2] = (2 * left + crop_w) / CANVAS - 1
    theta[:, 1, 1] = crop_h / CANVAS
    theta[:, 1, 2] = (2 * top + crop_h) / CANVAS - 1
    device = canvases.device
    grid = F.affine_grid(theta.to(device), (count, 3, size, size), align_corners=False)
    images = F.grid_sample(canvases.float(), grid, padding_mode="border", align_corners=False)

    def factor():
        return uniform(count, 0.6, 1.4).view(-1, 1, 1, 1).to(device)

    images = images * factor()
    images = (images - images.mean((1, 2, 3), keepdim=True)) * factor() + images.mean((1, 2, 3), keepdim=True)
    grey = images.mean(1, keepdim=True)
    images = grey + (images - grey) * factor()
    return normalise(images.clamp(0, 255))
