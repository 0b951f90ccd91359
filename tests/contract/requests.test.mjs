// Every kind of request that the adapters make, as `examples/requests.rs` prints them, held against the vendors'
// documents: what no end-to-end run sends is judged all the same.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, describe, test } from "node:test";
import { ROOT } from "../../tools/lib/run.mjs";
import { judge } from "./judge.mjs";
import { DOCUMENTS, KEYS, noDocuments } from "./support.mjs";

/** A request as the vendor gets it: the edge takes its own path and headers off and adds the key. */
function arrived({ vendor, below, method, url, headers, body }) {
  const at = new URL(url.replace(below, vendor === "statuspage" ? "" : DOCUMENTS[vendor].below), "http://vendor");
  const kept = headers.filter(([name]) => name !== "X-Allclear").map(([name, value]) => [name.toLowerCase(), value]);
  return {
    vendor, method, path: at.pathname, query: [...at.searchParams], faults: ["no answer is judged"],
    request: { headers: [...kept, ...Object.entries(KEYS[vendor])], body: body ?? "" },
  };
}

describe("every kind of request keeps to the vendors' documents", { skip: noDocuments }, () => {
  let requests;
  let violations;
  before(async () => {
    const printed = execFileSync("cargo", ["run", "--quiet", "--locked", "--example", "requests"], { cwd: ROOT, encoding: "utf8" });
    requests = printed.trim().split("\n").map((line) => arrived(JSON.parse(line)));
    violations = await judge();
  });

  for (const vendor of Object.keys(DOCUMENTS)) {
    test(vendor, () => {
      const mine = requests.filter((request) => request.vendor === vendor);
      assert.ok(mine.length >= 2, `${mine.length} requests to ${vendor}`);
      const wrong = mine.flatMap((request) => violations(request).map((one) => `${request.method} ${request.path}: ${one}`));
      assert.deepEqual(wrong, []);
    });
  }

  test("a field that no document knows is found", () => {
    const [request] = requests;
    const bent = { ...request, request: { ...request.request, body: request.request.body.replace("deliver_notifications", "deliver_notification") } };
    assert.deepEqual(violations(bent), ["request: the document knows no field incident.deliver_notification"]);
  });
});
