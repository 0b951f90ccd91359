// Ends a program together with everything that it has started: a browser or a server that outlives its test
// would hold a port, a profile or a core for the tests after it.
import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";

/** How long programs may tidy up after the first, polite signal. */
const GRACE_MS = 3_000;
const LOOK_EVERY_MS = 50;

/** All processes of the machine: `[{ pid, parent, group }]`. */
function table() {
  const text = execFileSync("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat="], { encoding: "utf8" });
  return text.trim().split("\n").map((line) => line.trim().split(/\s+/))
    .filter(([, , , state]) => !state.startsWith("Z"))
    .map(([pid, parent, group]) => ({ pid: Number(pid), parent: Number(parent), group: Number(group) }));
}

/** `pid` and all that it started, by parent or by group, directly or through others. */
export function family(pid, processes = table()) {
  const found = new Set([pid]);
  for (let before = 0; before !== found.size;) {
    before = found.size;
    for (const each of processes) {
      if (found.has(each.parent) || found.has(each.group)) found.add(each.pid);
    }
  }
  return processes.map((each) => each.pid).filter((each) => found.has(each));
}

function signal(pids, name) {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended by itself.
    }
  }
}

/**
 * Ends `pid` and all that it started: asks first, then insists. Resolves when none of them runs. The family is
 * taken before anybody is told to go: children whose parent has gone can no longer be found by it.
 */
export async function end(pid) {
  const all = new Set(family(pid));
  signal(all, "SIGTERM");
  const until = Date.now() + GRACE_MS;
  for (;;) {
    const processes = table();
    for (const each of [...all]) for (const more of family(each, processes)) all.add(more);
    const left = processes.map((each) => each.pid).filter((each) => all.has(each));
    if (left.length === 0) return;
    if (Date.now() >= until) signal(left, "SIGKILL");
    await sleep(LOOK_EVERY_MS);
  }
}
