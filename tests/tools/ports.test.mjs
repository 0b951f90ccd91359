// Ports that tests start their servers on.
import assert from "node:assert/strict";
import { createServer } from "node:net";
import test from "node:test";
import { freePorts } from "../../tools/lib/ports.mjs";
import { run } from "../../tools/lib/run.mjs";

test("free ports are below those that connections get, differ, and leave out what is taken", async () => {
  const [first, second] = await freePorts(2);
  assert.ok(first < 32_768 && second < 32_768 && first !== second);
  const held = createServer();
  await new Promise((done) => held.listen(second + 1, "127.0.0.1", done));
  const [next] = await freePorts(1);
  held.close();
  assert.ok(next > second + 1, `${next} after ${second + 1}`);
});

test("make sandbox names another port where its own is taken, before it builds anything", async () => {
  const held = createServer();
  await new Promise((done) => held.listen(0, "127.0.0.1", done));
  const { port } = held.address();
  const { code, output } = await run(process.execPath, ["tools/sandbox.mjs", "--port", `${port}`], { quiet: true, limit: 20 });
  held.close();
  assert.equal(output, `Port ${port} is taken: try make sandbox PORT=${port + 1}\n`);
  assert.equal(code, 1);
});
