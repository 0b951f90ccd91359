// A vendor that writes down what it gets, and answers with everything that an edge must not let through.
import { createServer } from "node:http";

/** What a vendor may say that the edge must take away. */
export const VENDOR_ONLY = {
  "set-cookie": "vendor=1",
  "www-authenticate": "Basic realm=\"vendor\"",
  "access-control-allow-origin": "*",
  "access-control-allow-credentials": "true",
  "access-control-expose-headers": "x-request-id",
  "x-allclear-edge": "login",
  "clear-site-data": "\"storage\"",
  "location": "https://vendor.example/",
  "refresh": "0; url=https://vendor.example/",
  "link": "</x>; rel=preload",
};

/**
 * Starts the stub. `seen` holds method, raw path, headers, body and time of every request, and how many were under way
 * with it. An answer with `after` comes so many milliseconds later.
 */
export async function startStub({ answer = () => ({}) } = {}) {
  const seen = [];
  let underWay = 0;
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const { method, url, headers } = request;
      underWay += 1;
      response.once("close", () => { underWay -= 1; });
      seen.push({ method, path: url, headers, body: String(Buffer.concat(parts)), at: performance.now(), underWay });
      const { status = 200, body = '{"vendor":true}', headers: more = {}, hangs = false, after = 0 } = answer({ method, path: url, headers });
      if (hangs) return;
      if (status === 0) return request.socket.destroy();
      const say = () => response.writeHead(status, { "Content-Type": "application/json", "X-Request-Id": "r1", ...VENDOR_ONLY, ...more }).end(body);
      if (after === 0) say();
      else setTimeout(say, after);
    });
  });
  await new Promise((done, failed) => server.once("error", failed).listen(0, "127.0.0.1", done));
  const stop = () => new Promise((done) => {
    server.closeAllConnections();
    server.close(done);
  });
  return { seen, port: server.address().port, address: `http://127.0.0.1:${server.address().port}`, stop };
}
