#!/bin/bash
# Stands in for the program in tests of the scheduling alone: takes the same command line, spends half a second on a cell and
# writes its result.
set -eu
while [ $# -gt 0 ]; do
  case $1 in
    --store) store=$2; shift ;;
    --cells-from) tasks=$2; shift ;;
    --task) task=$2; shift ;;
    --threads) threads=$2; shift ;;
  esac
  shift
done

mkdir -p "$store/cells"
for key in $(sed -n "$((task + 1))p" "$tasks"); do
  [ ! -e "$store/cells/$key.json" ] || continue
  sleep 0.5
  echo "{\"threads\": $threads}" >"$store/cells/.$key.$$"
  mv "$store/cells/.$key.$$" "$store/cells/$key.json"
done
