"""The same jobs in PyTorch, as a good PyTorch user would write them: batched GEMMs, sorted kinks, autograd, SGD.

Reads the network and the images from a file that `onestep attack --save` wrote, times one job after an unmeasured
repetition and prints one line of JSON: {"job", "threads", "seconds": [...], "norms": [...]}.

    python3 torch_peer.py JOB FILE --threads 1 --repeats 1

The BLAS has threads of its own: set OPENBLAS_NUM_THREADS and OMP_NUM_THREADS to the same number.
"""

import argparse
import json
import struct
import time

import numpy
import torch

BATCH = 64


def read_safetensors(path, names):
    """Some tensors of a safetensors file: an 8-byte length, a JSON header, then the raw data."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        tensors = []
        for name in names:
            entry = header[name]
            begin, end = entry["data_offsets"]
            file.seek(8 + length + begin)
            raw = numpy.fromfile(file, dtype=numpy.float32, count=(end - begin) // 4)
            tensors.append(torch.from_numpy(raw.reshape(entry["shape"])))
        return tensors


def score(weights, signs, inputs):
    return torch.relu(inputs @ weights.T) @ signs / weights.shape[0] ** 0.5


def first_zeros(value, slope, times, bends):
    """The first zero of each row's piecewise linear function, and whether one was found: value > 0 and slope at 0, and
    at each of the sorted times the slope grows by its bend. Times that are infinite end the row."""
    ended = torch.isinf(times)
    times = times.masked_fill(ended, 0).double()
    slopes = torch.cat([slope, bends[:, :-1]], 1).double().cumsum_(1)
    values = torch.diff(times, dim=1, prepend=torch.zeros_like(value)).mul_(slopes).cumsum_(1).add_(value)
    negative = (values < 0).logical_or_(ended)
    first = negative.to(torch.uint8).argmax(1, keepdim=True)
    found = negative.gather(1, first)

    # The zero lies on the piece before the first kink at which the function is negative.
    before = (first - 1).clamp_(min=0)
    start = torch.where(first > 0, times.gather(1, before), torch.zeros_like(value))
    there = torch.where(first > 0, values.gather(1, before), value)
    return (start - there / slopes.gather(1, first)).squeeze(1), found.squeeze(1)


def flip_norms(weights, signs, inputs, chunk, rows, nearest):
    """||delta|| of the exact single gradient step of every input, from the sorted kinks of its ray.

    Products take `chunk` inputs at once, what follows `rows` of them, which stay in the cache. `nearest` is the part of
    the kinks that is sorted at first; where no zero lies among them, all are.
    """
    norms = []
    width = weights.shape[0]
    scale = width ** -0.5
    for x in inputs.split(chunk):
        p = x @ weights.T
        gradient = ((p > 0).float().mul_(signs) @ weights).mul_(scale)
        f = (torch.relu(p) @ signs).mul_(scale).unsqueeze(1)
        gradient_norm = gradient.norm(dim=1, keepdim=True)
        side = torch.sign(f)
        q = (gradient * (-side / gradient_norm)) @ weights.T

        # h(t) = side * f(x + t u): value |f| and slope -||gradient|| at 0, and every kink adds its bend to the slope.
        for i in range(0, len(x), rows):
            part = slice(i, i + rows)
            times = p[part].neg_().div_(q[part])
            times.masked_fill_((times > 0).logical_not_(), float("inf"))
            bends = q[part].abs_().mul_(signs).mul_(side[part] * scale)
            value, slope = f[part].abs().double(), -gradient_norm[part]
            if nearest < 1:
                near, order = torch.topk(times, int(nearest * width), dim=1, largest=False)
                zeros, found = first_zeros(value, slope, near, bends.gather(1, order))
                if not found.all():
                    rest = ~found
                    near, order = torch.sort(times[rest], dim=1)
                    zeros[rest], _ = first_zeros(value[rest], slope[rest], near, bends[rest].gather(1, order))
            else:
                times, order = torch.sort(times, dim=1)
                zeros, _ = first_zeros(value, slope, times, bends.gather(1, order))
            norms.append(zeros)
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


class Ball:
    """Moves the rows that are farther than `radius` from where they began back onto the boundary."""

    def __init__(self, weights, radius):
        self.initial = weights.clone()
        self.radius = radius
        self.block = 256
        self.offset = torch.empty_like(weights[: self.block])

    @torch.no_grad()
    def project(self, weights):
        # Blocks of rows that stay in the cache; rows inside are only read.
        for first in range(0, len(weights), self.block):
            rows = weights[first : first + self.block]
            initial = self.initial[first : first + self.block]
            offset = torch.sub(rows, initial, out=self.offset[: len(rows)])
            factor = self.radius / torch.linalg.vector_norm(offset, dim=1, keepdim=True)
            if (factor < 1).any():
                torch.addcmul(initial, offset, factor.clamp_(max=1), out=rows)


def steps_with_autograd(weights, signs, batches, project):
    """One step of SGD on the logistic loss a batch, with autograd and torch.optim."""
    weights.requires_grad_(True)
    optimizer = torch.optim.SGD([weights], lr=1.0)
    for x, y in batches:
        optimizer.zero_grad(set_to_none=True)
        torch.nn.functional.softplus(-y * score(weights, signs, x)).mean().backward()
        optimizer.step()
        project(weights)
        yield


@torch.no_grad()
def steps_by_hand(weights, signs, batches, project):
    """The same steps with the gradient written out, so that one product updates the weights in place."""
    scale = weights.shape[0] ** -0.5
    for x, y in batches:
        p = x @ weights.T
        f = torch.relu(p) @ signs * scale
        pull = y * torch.sigmoid(-y * f) * (scale / len(y))
        weights.addmm_((p > 0).float().mul_(signs).mul_(pull.unsqueeze(1)).T, x)
        project(weights)
        yield


def attack_with_autograd(weights, signs, x, y, budget, count):
    """L2 PGD on a batch: `count` normalised steps of 2.5 budget / count, each followed by a projection onto the ball."""
    perturbed = x.clone()
    for _ in range(count):
        perturbed.requires_grad_(True)
        loss = torch.nn.functional.softplus(-y * score(weights, signs, perturbed)).sum()
        (gradient,) = torch.autograd.grad(loss, perturbed)
        perturbed = attack_step(x, perturbed.detach(), gradient, budget, count)
    return perturbed


def attack_by_hand(weights, signs, x, y, budget, count):
    """The same attack with the gradient's direction, -y times that of the score, written out."""
    perturbed = x
    against = -y.unsqueeze(1)
    for _ in range(count):
        gradient = (perturbed @ weights.T > 0).float().mul_(signs) @ weights
        perturbed = attack_step(x, perturbed, gradient.mul_(against), budget, count)
    return perturbed


@torch.no_grad()
def attack_step(x, perturbed, gradient, budget, count):
    step = 2.5 * budget / count / gradient.norm(dim=1, keepdim=True)
    delta = torch.addcmul(perturbed - x, gradient, step)
    return delta.mul_((budget / delta.norm(dim=1, keepdim=True)).clamp_(max=1)).add_(x)


def attacked(job, batches, weights, signs, budget=0.3, count=10):
    """The batches of adversarial training, attacked at the weights of the moment."""
    attack = torch.no_grad()(attack_by_hand) if job == "adversarial-by-hand" else attack_with_autograd
    for x, y in batches:
        yield attack(weights.detach(), signs, x, y, budget, count), y


def time_steps(job, weights, signs, inputs, labels, c0, steps):
    """Seconds of each step, from the initial weights on, two of them unmeasured."""
    whole = len(inputs) // BATCH * BATCH
    pairs = list(zip(inputs[:whole].split(BATCH), labels[:whole].split(BATCH)))
    batches = (pairs[i % len(pairs)] for i in range(steps + 2))
    ball = Ball(weights, c0 / weights.shape[0] ** 0.5)
    project = (lambda _: None) if job == "sgd-without-projection" else ball.project
    if job.startswith("adversarial"):
        batches = attacked(job, batches, weights, signs)
    take = steps_by_hand if job.endswith("by-hand") else steps_with_autograd
    seconds = []
    start = time.perf_counter()
    for _ in take(weights, signs, batches, project):
        end = time.perf_counter()
        seconds.append(end - start)
        start = end
    return seconds[2:]


def time_products(job, weights, inputs):
    """Seconds of the products that the job consists of: what the choice of BLAS kernels decides on."""
    x = inputs[: BATCH if job.startswith("products-sgd") else 256]
    seconds = []
    for _ in range(4):
        start = time.perf_counter()
        p = x @ weights.T
        if job == "products-sgd":
            weights.addmm_(p.T, x, alpha=0)
        seconds.append(time.perf_counter() - start)
    return seconds[1:]


def dense_like(inputs):
    """Random inputs of unit norm without zeros."""
    inputs = torch.randn(inputs.shape, generator=torch.Generator().manual_seed(1))
    return inputs / inputs.norm(dim=1, keepdim=True)


JOBS = [
    "flips",
    "flips-nearest-first",
    "published-search",
    "sgd",
    "sgd-by-hand",
    "sgd-without-projection",
    "adversarial",
    "adversarial-by-hand",
    "products-flips",
    "products-sgd",
]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("job", choices=JOBS)
    parser.add_argument("file")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=1, help="runs of the search, or steps of SGD")
    parser.add_argument("--c0", type=float, default=10, help="radius of the ball around each row, times sqrt(width)")
    parser.add_argument("--dense", action="store_true", help="random inputs without zeros instead of the images")
    parser.add_argument("--chunk", type=int, help="inputs a product")
    parser.add_argument("--rows", type=int, help="inputs whose kinks are sorted at once")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    weights, signs, inputs, labels = read_safetensors(arguments.file, ["W0", "a", "x", "y"])
    if arguments.dense:
        inputs = dense_like(inputs)

    job, width = arguments.job, weights.shape[0]
    seconds, norms = [], torch.tensor([])
    if job.startswith("products"):
        seconds = time_products(job, weights, inputs)
    elif job.startswith(("sgd", "adversarial")):
        seconds = time_steps(job, weights, signs, inputs, labels, arguments.c0, arguments.repeats)
    else:
        if job == "published-search":
            inputs = inputs[:20]
            search = lambda x: published_search(weights, signs, x)
        else:
            # Intermediates of a few hundred MB for the products and of a few MB behind them.
            chunk = arguments.chunk or max(16, min(512, 50_000_000 // width))
            rows = arguments.rows or max(1, 1_600_000 // width)
            nearest = 0.1 if job == "flips-nearest-first" else 1
            search = torch.no_grad()(lambda x: flip_norms(weights, signs, x, chunk, rows, nearest))
        search(inputs[: 20 if job == "published-search" else 64])
        for _ in range(arguments.repeats):
            start = time.perf_counter()
            norms = search(inputs)
            seconds.append(time.perf_counter() - start)
    print(json.dumps({"job": job, "threads": arguments.threads, "seconds": seconds, "norms": norms.tolist()}))


if __name__ == "__main__":
    main()
