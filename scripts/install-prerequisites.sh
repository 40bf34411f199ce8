#!/usr/bin/env bash
# Installs what the end-to-end tests use beside the .NET SDK: Chromium, to look at reports, and the Fashion-MNIST files,
# to read a data set that is not ours. Debian and Ubuntu only, as root; elsewhere it says so, and those tests are skipped.
set -euo pipefail

packages=()
command -v chromium >/dev/null || packages+=(chromium fonts-dejavu-core)
[ -d /usr/share/datasets/fashion-mnist ] || packages+=(dataset-fashion-mnist)
[ ${#packages[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "Not installed, since this needs apt-get and root: ${packages[*]}. The tests that need them will be skipped." >&2
  exit 0
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || echo "The package lists could not be updated; trying with those at hand." >&2
for package in "${packages[@]}"; do
  apt-get install -y -qq --no-install-recommends "$package" >/dev/null \
    || echo "Could not install $package. The tests that need it will be skipped." >&2
done
