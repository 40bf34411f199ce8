"""Runs the same jobs in PyTorch and in OneStep, alternately, and prints medians and ratios as a Markdown table.

Called by compare.sh, which installs PyTorch and builds our side. The last line of the page says whether both sides found
the same perturbations; the exit code is 1 where they did not.

    python3 compare.py FOLDER [--rounds 2] [--threads 1 2] [--quick] [--only TEXT]
    FOLDER: holds onestep-peer/ and m1000.safetensors, m10000.safetensors, m100000.safetensors
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))

# OpenBLAS 0.3.21 takes processors that came out after it for the oldest it knows, so its kernels are named for it.
KERNELS = ["", "Haswell", "SkylakeX"]


class Job:
    """What is compared: a width, our job and the peer's ways to do it, each under the name that the table shows."""

    def __init__(self, name, width, ours, theirs, repeats, products, options=(), extrapolate=None):
        self.name, self.width, self.ours, self.theirs, self.repeats = name, width, ours, theirs, repeats
        self.products, self.options, self.extrapolate = products, list(options), extrapolate


def jobs(width, quick):
    short = f"m = {width:,}"
    if width == 1000:
        ways = {"adversarial": "autograd, projection", "adversarial-by-hand": "gradients by hand, projection"}
        yield Job(f"Adversarial training step (PGD, 10 steps), MNIST, {short}", width, "adversarial", ways, (30, 30), "products-sgd")
        return
    few, many = (8, 30) if width > 10_000 else (30, 60)
    ways = {"sgd": "autograd, projection", "sgd-by-hand": "gradient by hand, projection", "sgd-without-projection": "autograd, no projection"}
    flips = {"flips": "sort of all kinks", "flips-nearest-first": "nearest tenth of the kinks first"}
    yield Job(f"Exact flips, {short}", width, "flips", flips, (1, 1), "products-flips")
    if width == 10_000:
        yield Job(f"Line search as published, {short}", width, None, {"published-search": "grid of 0.001, one image at a time"}, (1, 0), "products-sgd", extrapolate=20)
    yield Job(f"SGD step, MNIST, {short}", width, "sgd", ways, (few, many), "products-sgd")
    yield Job(f"SGD step, dense inputs, {short}", width, "sgd", {name: ways[name] for name in ["sgd", "sgd-by-hand"]}, (few, many), "products-sgd", ["--dense"])
    if not quick:
        yield Job(f"SGD step, MNIST, rows at the ball's boundary (C0 = 1), {short}", width, "sgd", {"sgd": ways["sgd"]}, (few, few), "products-sgd", ["--c0", "1"])


def run(command, threads, kernels):
    """The line of JSON that one side printed; null where it could not run, as with kernels that the processor has not."""
    environment = dict(os.environ, OPENBLAS_NUM_THREADS=str(threads), OMP_NUM_THREADS=str(threads))
    environment.pop("OPENBLAS_CORETYPE", None)
    if kernels:
        environment["OPENBLAS_CORETYPE"] = kernels
    print("  " + " ".join([f"OPENBLAS_CORETYPE={kernels}"] * bool(kernels) + [os.path.basename(part) for part in command]), file=sys.stderr)
    process = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    return json.loads(process.stdout) if process.returncode == 0 else None


class Comparison:
    def __init__(self, folder):
        self.folder = folder
        self.kernels = {}

    def file(self, width):
        return os.path.join(self.folder, f"m{width}.safetensors")

    def torch(self, job, width, threads, repeats, kernels, options=()):
        script = os.path.join(HERE, "torch_peer.py")
        return run([sys.executable, script, job, self.file(width), "--threads", str(threads), "--repeats", str(repeats), *options], threads, kernels)

    def onestep(self, job, width, threads, repeats, options=()):
        program = os.path.join(self.folder, "onestep-peer", "onestep-peer")
        return run([program, job, self.file(width), str(threads), str(repeats), *options], threads, "")

    def fastest_kernels(self, products, threads):
        """The kernels with which the products of a job take least time, tried once before the comparison."""
        if (products, threads) not in self.kernels:
            tried = {name: self.torch(products, 10_000, threads, 1, name) for name in KERNELS}
            best = {name: min(found["seconds"]) for name, found in tried.items() if found}
            self.kernels[products, threads] = min(best, key=best.get)
            shown = ", ".join(f"{name or 'own choice'} {1000 * seconds:.1f} ms" for name, seconds in best.items())
            print(f"OpenBLAS kernels for {products}, {threads} threads: {shown}", file=sys.stderr)
        return self.kernels[products, threads]


def difference(theirs, ours, grid):
    """Compares norms: text for the table and whether they agree. A grid finds the next of its points above the exact norm."""
    pairs = [(t, o) for t, o in zip(theirs, ours) if o > 0]
    if grid:
        worst = max(max(o - t, t - o - 0.001) for t, o in pairs)
        return "all within one step of the grid above the exact ones", worst < 1e-4
    relative = [abs(t - o) / o for t, o in pairs]
    median = statistics.median(relative)
    return f"median {median:.1e}, largest {max(relative):.1e}", median < 1e-4


def duration(seconds):
    return f"{1000 * seconds:.1f} ms" if seconds < 1 else f"{seconds:.2f} s" if seconds < 100 else f"{seconds:.0f} s"


def ratio(ratios):
    """The median over the rounds; with more than two, the lowest and the highest behind it."""
    spread = f" ({min(ratios):.1f} to {max(ratios):.1f})" if len(ratios) > 2 else ""
    return f"{statistics.median(ratios):.1f}{spread}"


def measure(comparison, job, threads, rounds, exact):
    """One row of the table for each of the peer's ways. `exact` keeps our latest flips, for the search as published."""
    kernels = comparison.fastest_kernels(job.products, threads)
    theirs = {way: [] for way in job.theirs}
    ours, norms = [], {}
    for _ in range(rounds):
        for way in job.theirs:
            found = comparison.torch(way, job.width, threads, job.repeats[0], kernels, job.options)
            theirs[way].append(statistics.median(found["seconds"]))
            norms[way] = found["norms"]
        if job.ours:
            found = comparison.onestep(job.ours, job.width, threads, job.repeats[1], job.options)
            ours.append(statistics.median(found["seconds"]))
            if job.ours == "flips":
                exact[job.width, threads] = ours, found["norms"]
    ours, our_norms = exact[job.width, threads] if job.ours in ("flips", None) else (ours, [])
    for way, name in job.theirs.items():
        scale = len(our_norms) / job.extrapolate if job.extrapolate else 1
        seconds = scale * statistics.median(theirs[way])
        ratios = [scale * t / o for t, o in zip(theirs[way], ours)]
        if job.extrapolate:
            name += f", extrapolated from {job.extrapolate} images to {len(our_norms)}"
        elif our_norms:
            name += f", {len(our_norms)} images"
        text, agree = difference(norms[way], our_norms, bool(job.extrapolate)) if our_norms else ("", True)
        yield f"| {job.name} | {threads} | {name} | {kernels or 'own choice'} | {duration(seconds)} | {duration(statistics.median(ours))} | {ratio(ratios)} | {text} |", agree


def machine():
    name = platform.processor() or platform.machine()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            models = [line.split(":")[1].strip() for line in file if line.startswith("model name")]
            name = models[0] if models else name
    torch = subprocess.run([sys.executable, "-c", "import torch; print(torch.__version__)"], stdout=subprocess.PIPE, text=True).stdout.strip()
    return f"{name}, {os.cpu_count()} processors; PyTorch {torch}; {datetime.date.today()}."


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--rounds", type=int, default=2, help="how often the two sides take turns")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2], help="numbers of threads to compare with")
    parser.add_argument("--quick", action="store_true", help="m = 10,000 alone")
    parser.add_argument("--only", default="", help="only the jobs in whose name this stands; the line search needs the exact flips")
    arguments = parser.parse_args()
    comparison = Comparison(arguments.folder)
    exact, agree, most_load = {}, True, 0
    lines = [
        machine(),
        "",
        "The two sides take turns, on the same images and the same initial weights, in float32; times and ratios are medians over the",
        "turns. A ratio above 1 means that OneStep is faster. Differences are relative ones of ‖δ‖, image by image; the largest belong to images with tiny",
        "margins, where the rounding of float32 decides. \"Kernels\" are OpenBLAS's, the fastest of its own choice, Haswell and SkylakeX.",
        "",
        "| Job | Threads | PyTorch's way | Kernels | PyTorch | OneStep | Ratio | Differences of ‖δ‖ |",
        "|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines), flush=True)
    for width in [1000, 10_000] if arguments.quick else [1000, 10_000, 100_000]:
        for job in (job for job in jobs(width, arguments.quick) if arguments.only in job.name):
            for threads in (count for count in arguments.threads if count <= os.cpu_count()):
                for row, same in measure(comparison, job, threads, arguments.rounds, exact):
                    lines.append(row)
                    agree &= same
                    print(row, flush=True)
                most_load = max(most_load, os.getloadavg()[0])
    verdict = "Both sides found the same perturbations (median relative difference below 1e-4)." if agree else "The two sides found DIFFERENT perturbations."
    last = ["", verdict]
    if most_load > os.cpu_count() + 1:
        last.append(f"Other work kept the processors busy (load {most_load:.0f}): with several threads these figures mean little.")
    print("\n".join(last))
    with open(os.path.join(arguments.folder, "..", "peers.md"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines + last) + "\n")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
