#!/usr/bin/env bash
# Holds OneStep against PyTorch, side by side on this machine, and prints the table; artifacts/peers.md keeps it. Installs
# PyTorch and a fast BLAS from Debian where they are missing (as root; elsewhere it says what is missing). About ten minutes
# on two processors and 1 GB of disk. Arguments go to compare.py: --rounds N, --threads N ..., --quick (m = 10,000 alone),
# --only TEXT (jobs in whose name it stands).
set -euo pipefail
cd "$(dirname "$0")/../.."

# Without OpenBLAS, Debian's PyTorch multiplies matrices with the reference BLAS, many times slower.
python=/usr/bin/python3
packages=()
for package in python3-torch python3-numpy libopenblas0-pthread; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || packages+=("$package")
done
if [ ${#packages[@]} -gt 0 ]; then
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    echo "Missing, and this needs apt-get and root to install: ${packages[*]}." >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || echo "The package lists could not be updated; trying with those at hand." >&2
  apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
fi

folder=artifacts/peers
mkdir -p "$folder"
dotnet build src/OneStep.Cli -c Release -v quiet --nologo >&2
dotnet build benchmarks/peers/onestep-peer.cs -c Release -o "$folder/onestep-peer" -v quiet --nologo >&2

# The same networks, as initialised, and the same images for both; fewer images where PyTorch's sort takes long.
onestep() { dotnet src/OneStep.Cli/bin/Release/net10.0/OneStep.Cli.dll "$@"; }
onestep attack --untrained --width 1000 --no-progress --save "$folder/m1000.safetensors" >/dev/null
onestep attack --untrained --width 10000 --no-progress --save "$folder/m10000.safetensors" >/dev/null
if [[ " $* " != *" --quick "* ]]; then
  onestep attack --untrained --width 100000 --limit 500 --no-progress --save "$folder/m100000.safetensors" >/dev/null
fi

"$python" benchmarks/peers/compare.py "$folder" "$@"
