#!/usr/bin/env bash
# Stops the Slurm that scripts/slurm-start.sh started in DIR, jobs first, and waits until every process of it is gone. The
# files in DIR stay, for whoever wants to read the logs. Stopping what does not run is no error.
set -euo pipefail

readonly PATIENCE=20 # Seconds that anything may take to end by itself.

[ $# -eq 1 ] && [ -d "$1" ] || { echo "Usage: bash scripts/slurm-stop.sh DIR, where DIR was given to scripts/slurm-start.sh." >&2; exit 2; }
dir="$(cd "$1" && pwd -P)"
export SLURM_CONF="$dir/slurm.conf"

# Whether a process is alive and still bears that name: numbers are used again, and a zombie has ended.
alive() { # PID NAME
  [ -n "$1" ] && [ "$(cat "/proc/$1/comm" 2>/dev/null || true)" = "$2" ] && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}

pid_of() { cat "$dir/$1.pid" 2>/dev/null || true; }

# Waits until a command fails; fails itself where that does not come.
wait_while() {
  local deadline=$((SECONDS + PATIENCE))
  while "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}

has_jobs() { [ -n "$(timeout 5 squeue --noheader 2>/dev/null || true)" ]; }

# The processes that look after running jobs; they stand in the folder of the log of the slurmd that started them.
stepds() {
  local process
  for process in /proc/[0-9]*; do
    if alive "${process#/proc/}" slurmstepd && [ "$(readlink "$process/cwd" || true)" = "$dir/log" ]; then
      echo "${process#/proc/}"
    fi
  done
}

has_stepds() { [ -n "$(stepds)" ]; }

# Jobs outlive slurmd by design, so that it can be restarted: end them while there is somebody to end them.
if alive "$(pid_of slurmctld)" slurmctld && alive "$(pid_of slurmd)" slurmd; then
  timeout 5 squeue --noheader --format=%A 2>/dev/null | sort -u | timeout 10 xargs -r scancel 2>/dev/null || true
  wait_while has_jobs || true
fi

status=0
for daemon in slurmd slurmctld munged; do
  pid="$(pid_of $daemon)"
  alive "$pid" $daemon || continue
  kill -TERM "$pid" 2>/dev/null || true
  if ! wait_while alive "$pid" $daemon; then
    kill -KILL "$pid" 2>/dev/null || true
    wait_while alive "$pid" $daemon || { echo "$daemon, process $pid, does not end." >&2; status=1; }
  fi
done

# What is left where no daemon was there to end it: each job's script leads a process group of its own.
for stepd in $(stepds); do
  for job in $(pgrep -P "$stepd" || true); do
    kill -KILL -- "-$job" 2>/dev/null || kill -KILL "$job" 2>/dev/null || true
  done
done
if ! wait_while has_stepds; then
  for stepd in $(stepds); do
    kill -KILL "$stepd" 2>/dev/null || true
  done
fi
exit $status
