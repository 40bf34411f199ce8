#!/usr/bin/env bash
# Starts a Slurm of one machine on loopback, for tests and for trying things out, with all of its files in DIR:
#   eval "$(bash scripts/slurm-start.sh DIR)"
#   sinfo; sbatch …
#   bash scripts/slurm-stop.sh DIR
# Installs Slurm and munge where they are missing (Debian and Ubuntu). Must run as root. Munge trusts its key only where
# nobody else may write into any folder above it, so DIR goes best straight under /tmp or /var/lib.
# Exit 0: it runs, and `export SLURM_CONF=…` is on stdout. 77: Slurm is not here and cannot be installed. 2: wrong usage.
# 1: it did not start; stderr says why in one sentence, and whatever was started has been stopped.
set -euo pipefail
scripts="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

readonly MAX_ARRAY_SIZE=1001 # Slurm's own default.
readonly PATIENCE=60         # Seconds until the node must be idle.

fail() { echo "$2" >&2; exit "$1"; }

# Whether a process is alive and still bears that name: numbers are used again, and a zombie has ended.
alive() { # PID NAME
  [ -n "$1" ] && [ "$(cat "/proc/$1/comm" 2>/dev/null || true)" = "$2" ] && ! grep -q '^State:.Z' "/proc/$1/status" 2>/dev/null
}

pid_of() { cat "$dir/$1.pid" 2>/dev/null || true; }

[ $# -eq 1 ] && [ -n "$1" ] || fail 2 "Usage: bash scripts/slurm-start.sh DIR"
# slurm.conf knows no quoting.
[[ $1 =~ ^[A-Za-z0-9_./-]+$ ]] || fail 2 "The folder '$1' must consist of letters, digits and _ . / - only."
[ "$(id -u)" -eq 0 ] || fail 77 "A Slurm on loopback must be started as root."

bash "$scripts/install-prerequisites.sh" slurm >&2
for program in munged slurmctld slurmd sbatch sinfo scontrol; do
  command -v $program >/dev/null || fail 77 "Slurm cannot be installed here: there is no '$program'."
done

mkdir -p "$1" 2>/dev/null || fail 1 "The folder '$1' cannot be made."
dir="$(cd "$1" && pwd -P)"
for daemon in munged slurmctld slurmd; do
  if alive "$(pid_of $daemon)" $daemon; then
    fail 1 "A $daemon runs in '$dir' already; stop it by scripts/slurm-stop.sh."
  fi
done

started=no
finish() {
  [ $started = yes ] || bash "$scripts/slurm-stop.sh" "$dir" >&2 || true
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# A port that nobody listens on, below those that the kernel hands out to clients.
free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + RANDOM % 10000))
    [ $port != "${1:-}" ] && ! (exec 3<>/dev/tcp/127.0.0.1/$port) 2>/dev/null && echo $port && return
  done
  fail 1 "No free port was found on loopback."
}

# What a daemon complained of last.
complaint() {
  local line
  line="$(grep -iE 'fatal|error|alert|emergency' "$dir/log/$1.log" 2>/dev/null | tail -n 1 | sed -E 's/^\[?[0-9T:. -]+\]? *//; s/\.$//')"
  echo "${line:-it left no complaint in $dir/log/$1.log}"
}

chmod 755 "$dir"
mkdir -p "$dir"/{state,spool,log}
rm -f "$dir"/*.pid "$dir"/log/*.log
(umask 077 && head -c 128 /dev/urandom >"$dir/munge.key")
host="$(hostname -s)"
controller_port="$(free_port)"
node_port="$(free_port "$controller_port")"
memory="$(awk '/^MemTotal:/ { print int($2 / 1024 * 0.9) }' /proc/meminfo)"

# Without cred_expire a requeue waits two minutes for the old credential; without JobAcctGatherType=none Slurm asks for
# accounting. The limits on scheduling make a test quick: a job starts within a second.
cat >"$dir/slurm.conf" <<CONF
ClusterName=onestep
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$dir/munge.socket,cred_expire=5
SlurmctldPort=$controller_port
SlurmdPort=$node_port
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/log/slurmctld.log
SlurmdLogFile=$dir/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=1,bf_interval=1
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
MpiDefault=none
SwitchType=switch/none
ReturnToService=2
JobRequeue=1
KillWait=2
MinJobAge=3600
MaxArraySize=$MAX_ARRAY_SIZE
InactiveLimit=0
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) RealMemory=$memory State=UNKNOWN
PartitionName=local Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF

export SLURM_CONF="$dir/slurm.conf"
munged --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" \
  --log-file="$dir/log/munged.log" --seed-file="$dir/munge.seed" >"$dir/log/start.log" 2>&1 \
  || fail 1 "munged does not start: $(tail -n 1 "$dir/log/start.log" | sed 's/\.$//')."
slurmctld -f "$SLURM_CONF" >"$dir/log/start.log" 2>&1 || fail 1 "slurmctld does not start: $(complaint slurmctld)."
slurmd -f "$SLURM_CONF" >"$dir/log/start.log" 2>&1 || fail 1 "slurmd does not start: $(complaint slurmd)."

# A daemon writes its process number a moment after it has gone to the background.
grace=$((SECONDS + 5))
deadline=$((SECONDS + PATIENCE))
until [ "$(timeout 5 sinfo --noheader --format=%T 2>/dev/null)" = idle ]; do
  for daemon in slurmctld slurmd; do
    alive "$(pid_of $daemon)" $daemon || [ $SECONDS -lt $grace ] || fail 1 "$daemon ended soon after its start: $(complaint $daemon)."
  done
  [ $SECONDS -lt $deadline ] || fail 1 "The node was not idle after $PATIENCE seconds: $(complaint slurmd)."
  sleep 0.2
done

started=yes
echo "export SLURM_CONF=$SLURM_CONF"
