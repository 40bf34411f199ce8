#!/usr/bin/env bash
# Installs what the end-to-end tests use beside the .NET SDK: Chromium, to look at reports; the Fashion-MNIST files, to read a
# data set that is not ours; Slurm, to run studies on a cluster of one machine. All of them, or those that are named:
#   bash scripts/install-prerequisites.sh [chromium] [fashion-mnist] [slurm]
# Debian and Ubuntu only, as root; elsewhere it says so, and those tests are skipped.
set -euo pipefail

packages=()
[ $# -gt 0 ] || set -- chromium fashion-mnist slurm
for wanted; do
  case $wanted in
    chromium) command -v chromium >/dev/null || packages+=(chromium fonts-dejavu-core) ;;
    fashion-mnist) [ -d /usr/share/datasets/fashion-mnist ] || packages+=(dataset-fashion-mnist) ;;
    slurm)
      command -v slurmctld >/dev/null && command -v slurmd >/dev/null && command -v sbatch >/dev/null || packages+=(slurm-wlm)
      command -v munged >/dev/null || packages+=(munge)
      ;;
    *) echo "There is no prerequisite '$wanted'; there are chromium, fashion-mnist and slurm." >&2; exit 2 ;;
  esac
done
[ ${#packages[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "Not installed, since this needs apt-get and root: ${packages[*]}. The tests that need them will be skipped." >&2
  exit 0
fi

# Slurm's packages start daemons of their own where nothing forbids it; the tests start theirs by scripts/slurm-start.sh.
policy=/usr/sbin/policy-rc.d
if [[ " ${packages[*]} " == *" munge "* || " ${packages[*]} " == *" slurm-wlm "* ]] && [ ! -e $policy ]; then
  printf '#!/bin/sh\nexit 101\n' >$policy
  chmod +x $policy
  trap 'rm -f $policy' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || echo "The package lists could not be updated; trying with those at hand." >&2
for package in "${packages[@]}"; do
  apt-get install -y -qq --no-install-recommends "$package" >/dev/null \
    || echo "Could not install $package. The tests that need it will be skipped." >&2
done
