"""Writes and reads safetensors files: what this project's networks need of the format, and no more.

A file is 8 bytes of header length, a JSON header, then the numbers.
Written are F16 and, for BN's batch counters, I64.
"""

import json
import struct
from pathlib import Path

import torch

DTYPES = {"F16": torch.float16, "F32": torch.float32, "I64": torch.int64}


def write(path, state, metadata):
    """Writes a state_dict, floating-point tensors rounded to F16; metadata maps str to str."""
    stored = {}
    for name, tensor in state.items():
        tensor = tensor.detach().cpu().contiguous()
        if tensor.is_floating_point():
            tensor = tensor.half()
            if not torch.isfinite(tensor).all():
                raise ValueError(f"{name} has numbers that F16 cannot hold")
        stored[name] = tensor
    # Wide numbers first, so that every tensor is aligned to its own numbers.
    order = sorted(stored, key=lambda name: -stored[name].element_size())
    header, chunks, position = {"__metadata__": metadata}, [], 0
    for name in order:
        tensor = stored[name]
        chunk = tensor.numpy().tobytes()
        dtype = next(key for key, value in DTYPES.items() if value == tensor.dtype)
        offsets = [position, position + len(chunk)]
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": offsets}
        chunks.append(chunk)
        position += len(chunk)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    Path(path).write_bytes(struct.pack("<Q", len(text)) + text + b"".join(chunks))


def read(path):
    """(state_dict with floating-point tensors in float32, metadata) of a file."""
    content = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    state = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        if end > len(content):
            raise ValueError(f"{path} is cut short: {name} ends at byte {end} of {len(content)}")
        dtype = DTYPES[entry["dtype"]]
        if begin == end:
            tensor = torch.empty(0, dtype=dtype)
        else:
            tensor = torch.frombuffer(bytearray(content[begin:end]), dtype=dtype)
        tensor = tensor.reshape(entry["shape"])
        state[name] = tensor.float() if tensor.is_floating_point() else tensor
    return state, metadata
