"""The same jobs in PyTorch, as a good PyTorch user would write them: batched GEMMs, a sort of all kinks, autograd, SGD.

Reads the network and the images from a file that `onestep attack --save` wrote, times one job several times and prints
one line of JSON: {"job", "threads", "seconds": [...], "norms": [...]}.

    python3 torch_peer.py JOB FILE --threads 1 --repeats 5
    JOB: flips | published-search | sgd-step
"""

import argparse
import json
import struct
import time

import numpy
import torch


def read_safetensors(path):
    """The tensors of a safetensors file: an 8-byte length, a JSON header, then the raw data."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        types = {"F32": numpy.float32, "I32": numpy.int32}
        tensors = {}
        for name, entry in header.items():
            if name == "__metadata__":
                continue
            begin, end = entry["data_offsets"]
            file.seek(8 + length + begin)
            raw = numpy.frombuffer(file.read(end - begin), dtype=types[entry["dtype"]])
            tensors[name] = torch.from_numpy(raw.reshape(entry["shape"]).copy())
        return tensors


def score(weights, signs, inputs):
    return torch.relu(inputs @ weights.T) @ signs / weights.shape[0] ** 0.5


def flip_norms(weights, signs, inputs, chunk):
    """||delta|| of the exact single gradient step of every input, by sorting all kinks of its ray."""
    norms = []
    scale = weights.shape[0] ** -0.5
    for x in inputs.split(chunk):
        p = x @ weights.T
        active = p > 0
        f = (p.clamp(min=0) @ signs) * scale
        gradient = (active * signs) @ weights * scale
        gradient_norm = gradient.norm(dim=1, keepdim=True)
        side = torch.sign(f).unsqueeze(1)
        q = (gradient * (-side / gradient_norm)) @ weights.T

        # h(t) = side * f(x + t u): value and slope at 0, and every kink adds its weight to the slope.
        slope = (active * q) @ signs * scale * side.squeeze(1)
        t = -p / q
        t = torch.where((t > 0) & (q != 0), t, torch.full_like(t, float("inf")))
        order = torch.argsort(t, dim=1)
        times = torch.gather(t, 1, order)
        bends = torch.gather(side * signs * q.abs() * scale, 1, order)
        finite = torch.isfinite(times)
        bends = torch.where(finite, bends, torch.zeros_like(bends)).double()
        known = torch.where(finite, times, torch.zeros_like(times)).double()
        slopes = torch.cumsum(bends, 1) + slope.double().unsqueeze(1)
        values = f.abs().double().unsqueeze(1) + slope.double().unsqueeze(1) * known
        values = values + torch.cumsum(bends, 1) * known - torch.cumsum(bends * known, 1)
        values = torch.where(finite, values, torch.full_like(values, -1.0))

        # The first kink at which h is negative; the zero lies on the piece before it.
        first = torch.argmax((values < 0).to(torch.uint8), dim=1)
        row = torch.arange(len(x))
        before = (first - 1).clamp(min=0)
        value = torch.where(first > 0, values[row, before], f.abs().double())
        start = torch.where(first > 0, known[row, before], torch.zeros_like(value))
        rate = torch.where(first > 0, slopes[row, before], slope.double())
        norms.append(start - value / rate)
    return torch.cat(norms)


def published_search(weights, signs, inputs, step=0.001, most=5000):
    """The published way: one image at a time, steps of 0.001 along the gradient direction until the label changes."""
    norms = []
    for x in inputs:
        x = x.clone().requires_grad_(True)
        f = score(weights, signs, x.unsqueeze(0))[0]
        f.backward()
        direction = -torch.sign(f.detach()) * x.grad / x.grad.norm()
        with torch.no_grad():
            for k in range(1, most + 1):
                if torch.sign(score(weights, signs, (x + k * step * direction).unsqueeze(0))[0]) != torch.sign(f):
                    break
        norms.append(k * step)
    return torch.tensor(norms)


def sgd_steps(initial, signs, inputs, labels, radius, repeats, project):
    """Seconds a step of SGD on the logistic loss of 64 examples, with autograd, and with the projection if asked for."""
    weights = initial.clone().requires_grad_(True)
    optimizer = torch.optim.SGD([weights], lr=1.0)
    seconds = []
    for repeat in range(repeats + 2):
        rows = slice(64 * (repeat % 8), 64 * (repeat % 8) + 64)
        start = time.perf_counter()
        optimizer.zero_grad()
        loss = torch.nn.functional.softplus(-labels[rows] * score(weights, signs, inputs[rows])).mean()
        loss.backward()
        optimizer.step()
        if project:
            with torch.no_grad():
                deviation = weights - initial
                norm = deviation.norm(dim=1, keepdim=True)
                weights.copy_(initial + deviation * (radius / norm).clamp(max=1))
        seconds.append(time.perf_counter() - start)
    return seconds[2:]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=["flips", "published-search", "sgd-step", "sgd-step-without-projection"])
    parser.add_argument("file")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--dense", action="store_true", help="random inputs without zeros instead of the images")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    tensors = read_safetensors(arguments.file)
    weights, signs, inputs, labels = tensors["W"], tensors["a"], tensors["x"], tensors["y"]
    if arguments.dense:
        generator = torch.Generator().manual_seed(1)
        inputs = torch.randn(inputs.shape, generator=generator)
        inputs = inputs / inputs.norm(dim=1, keepdim=True)

    seconds, norms = [], []
    if arguments.job.startswith("sgd-step"):
        radius = 10 / weights.shape[0] ** 0.5
        seconds = sgd_steps(tensors["W0"], signs, inputs, labels, radius, arguments.repeats, not arguments.job.endswith("projection"))
    else:
        # Chunks that keep the m-wide intermediates within a few hundred MB.
        chunk = max(16, min(512, 4_000_000 // weights.shape[0]))
        for _ in range(arguments.repeats):
            start = time.perf_counter()
            with torch.no_grad() if arguments.job == "flips" else torch.enable_grad():
                norms = flip_norms(weights, signs, inputs, chunk) if arguments.job == "flips" else published_search(weights, signs, inputs[:20])
            seconds.append(time.perf_counter() - start)
        norms = [float(n) for n in norms]
    print(json.dumps({"job": arguments.job, "threads": arguments.threads, "seconds": seconds, "norms": norms}))


if __name__ == "__main__":
    main()
