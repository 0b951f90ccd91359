// Ports for servers that a test or a command starts.
import { createServer } from "node:net";

/** Below those that a system gives to connections as they are opened: one that was free a moment ago may be taken there. */
const [FIRST, END] = [10_000, 32_000];
/** So far apart begin two processes of which one was started after the other. */
const APART = 61;
let next = (process.pid * APART) % (END - FIRST);

/** Whether nobody listens there, on any address. */
export const isFree = (port) => new Promise((done) => {
  const probe = createServer().once("error", () => done(false));
  probe.listen(port, "0.0.0.0", () => probe.close(() => done(true)));
});

/** Free ports of this machine, all different; never one that was given out here before. */
export async function freePorts(number) {
  const ports = [];
  while (ports.length < number) {
    const port = FIRST + next;
    next = (next + 1) % (END - FIRST);
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}
