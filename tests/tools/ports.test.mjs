// Ports that tests start their servers on.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import test from "node:test";
import { freePorts } from "../../tools/lib/ports.mjs";

test("free ports are below those that connections get, differ, and leave out what is taken", async () => {
  const [first, second] = await freePorts(2);
  assert.ok(first < 32_768 && second < 32_768 && first !== second);
  const held = createServer();
  await new Promise((done) => held.listen(second + 1, "127.0.0.1", done));
  const [next] = await freePorts(1);
  held.close();
  assert.ok(next > second + 1, `${next} after ${second + 1}`);
});
