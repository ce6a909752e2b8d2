"""How names and weights are stored in arrays, without pickles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray


def pack_names(names: Iterable[str]) -> NDArray[np.uint8]:
    """Give names, none of which has a line break, as an array of bytes."""
    return np.frombuffer("\n".join(names).encode(), np.uint8)


def unpack_names(packed: NDArray[Any]) -> list[str]:
    """Give back the names of :func:`pack_names`."""
    return packed.tobytes().decode().split("\n")


def pack_weights(weights: Mapping[str, float]) -> dict[str, NDArray[Any]]:
    """Give a table of weights as plain arrays, rounded to a byte each."""
    scale = max(map(abs, weights.values()), default=1.0) / 127
    return {
        "names": pack_names(weights),
        "weights": np.round(np.fromiter(weights.values(), np.float64, len(weights)) / scale).astype(np.int8),
        "scale": np.array(scale),
    }


def unpack_weights(arrays: Mapping[str, NDArray[Any]]) -> dict[str, float]:
    """Give back the table of :func:`pack_weights`."""
    weights = (arrays["weights"].astype(np.float64) * float(arrays["scale"])).tolist()
    return dict(zip(unpack_names(arrays["names"]), weights, strict=True))
