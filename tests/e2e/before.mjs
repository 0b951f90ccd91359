// Before the first run: the sandbox is built, which no run has the time to wait for on a fresh machine.
import { buildSandbox } from "../../tools/lib/hosted.mjs";

export default function before() {
  buildSandbox();
}
