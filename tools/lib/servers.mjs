// The headers of every answer in the words of servers of one's own. What a file may be cached is in their
// configuration (`deploy/`), because it follows from the file's name.

const quoted = (value) => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** Headers as nginx is told them; `files.conf` of deploy/nginx includes this. */
export function nginxHeaders(headers) {
  return Object.entries(headers).map(([name, value]) => `add_header ${name} ${quoted(value)} always;\n`).join("");
}

/** Headers as Caddy is told them; deploy/caddy/Caddyfile imports this. */
export function caddyHeaders(headers) {
  const lines = Object.entries(headers).map(([name, value]) => `\t${name} ${quoted(value)}\n`);
  return `header {\n${lines.join("")}}\n`;
}
