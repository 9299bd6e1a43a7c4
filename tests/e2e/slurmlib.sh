# A cluster on this machine for the scripts beside this: munged, slurmctld and two slurmd, "n1" and "n2", that listen on 127.0.0.1 only and
# keep everything in $tmp/cluster. Sourced, not run. The nodes are simulated: two daemons of one machine.
cluster=$tmp/cluster

have_slurm() { # else says what is not there
	for program in munged slurmctld slurmd sbatch squeue scancel sinfo; do
		PATH=$PATH:/usr/sbin:/sbin command -v $program >/dev/null || { echo "$program is not installed"; return 1; }
	done
	[ "$(id -u)" -eq 0 ] || { echo "slurmd needs root"; return 1; }
}

start() { # name, command...: in the background, its process id in $cluster/NAME.pid
	name=$1
	shift
	"$@" </dev/null >>"$cluster/$name.log" 2>&1 &
	echo $! >"$cluster/$name.pid"
}

free_ports() { # three of them, that nothing listens on
	"$PYTHON" -c '
import socket
s = [socket.socket() for _ in range(3)]
for x in s: x.bind(("127.0.0.1", 0))
print(*(x.getsockname()[1] for x in s))'
}

write_conf() { # ports of slurmctld and the nodes
	host=$(hostname -s)
	cat >"$cluster/slurm.conf" <<-CONF
	ClusterName=kehoach
	SlurmctldHost=$host(127.0.0.1)
	SlurmUser=root
	SlurmdUser=root
	AuthType=auth/munge
	AuthInfo=socket=$cluster/munge.socket,cred_expire=5
	CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
	StateSaveLocation=$cluster/state
	SlurmdSpoolDir=$cluster/spool.%n
	SlurmctldPidFile=$cluster/slurmctld.self
	SlurmdPidFile=$cluster/slurmd.%n.self
	SlurmdLogFile=$cluster/slurmd.%n.log
	SlurmctldLogFile=$cluster/slurmctld.log
	SlurmctldPort=$1
	ProctrackType=proctrack/linuxproc
	TaskPlugin=task/none
	SelectType=select/cons_tres
	SelectTypeParameters=CR_CPU
	MpiDefault=none
	SwitchType=switch/none
	JobAcctGatherType=jobacct_gather/none
	AccountingStorageType=accounting_storage/none
	SlurmdParameters=config_overrides
	ReturnToService=2
	SlurmdTimeout=4
	MessageTimeout=4
	SchedulerParameters=sched_interval=1,bf_interval=1
	NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$2 CPUs=1
	NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$3 CPUs=1
	PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP
	CONF
}

idle() { # nodes that wait for work
	[ "$(sinfo --noheader --Node --format=%t 2>/dev/null | grep -c '^idle$')" -eq "$1" ]
}

within() { # seconds, command...
	tenths=$(($1 * 10))
	shift
	while [ $tenths -gt 0 ]; do
		"$@" && return 0
		sleep 0.1
		tenths=$((tenths - 1))
	done
	return 1
}

cluster_start() {
	PATH=$PATH:/usr/sbin:/sbin
	export SLURM_CONF="$cluster/slurm.conf"
	unset SLURM_JOB_ID SBATCH_PARTITION
	mkdir -p "$cluster/state" && chmod 755 "$tmp" "$cluster"
	(umask 077; head -c 1024 /dev/urandom >"$cluster/munge.key")
	# shellcheck disable=SC2046
	write_conf $(free_ports)
	start munged munged --foreground --force --num-threads=2 --key-file="$cluster/munge.key" --socket="$cluster/munge.socket" \
		--pid-file="$cluster/munged.self" --log-file="$cluster/munged.log" --seed-file="$cluster/munge.seed"
	within 10 test -S "$cluster/munge.socket" || return 1
	start slurmctld slurmctld -D
	start n1 slurmd -D -N n1
	start n2 slurmd -D -N n2
	within 20 idle 2
}

children() { # of a process, all of them
	for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do
		echo "$child"
		children "$child"
	done
}

# The slurmstepd of a node: they have left the daemon that started them, and hold its log open.
steps() { # node
	for fd in $(find /proc/[0-9]*/fd -lname "$cluster/slurmd.$1.log" 2>/dev/null); do
		process=${fd#/proc/}
		process=${process%%/*}
		case $(tr '\0' ' ' <"/proc/$process/cmdline" 2>/dev/null) in slurmstepd*) echo "$process" ;; esac
	done
}

power_off() { # node: its daemon, its steps and what they run, at once
	victims=$(cat "$cluster/$1.pid")
	for stepd in $(steps "$1"); do victims="$victims $stepd $(children "$stepd")"; done
	echo "$victims" >"$cluster/$1.victims"
	kill -9 $victims 2>/dev/null
	[ "$(echo $victims | wc -w)" -gt 2 ]
}

cluster_stop() {
	[ -d "$cluster" ] || return 0
	for node in n1 n2; do for stepd in $(steps $node); do kill -9 "$stepd" $(children "$stepd") 2>/dev/null; done; done
	for name in n1 n2 slurmctld munged; do
		[ ! -e "$cluster/$name.pid" ] || kill "$(cat "$cluster/$name.pid")" 2>/dev/null
	done
	for name in n1 n2 slurmctld munged; do
		[ ! -e "$cluster/$name.pid" ] || within 5 gone "$(cat "$cluster/$name.pid")" || kill -9 "$(cat "$cluster/$name.pid")" 2>/dev/null
	done
}

gone() { # process
	! kill -0 "$1" 2>/dev/null
}
