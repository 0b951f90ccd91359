// The headers of every answer in the words of servers of one's own. What a file may be cached is in their
// configuration (`deploy/`), because it follows from the file's name.

const quoted = (value) => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/**
 * Headers as nginx is told them; `files.conf` of deploy/nginx includes this. Those of the console alone have one value,
 * which a map of `common.conf` gives below its path: nginx sends no empty header.
 */
export function nginxHeaders({ everywhere, console }) {
  const lines = Object.entries(everywhere).map(([name, value]) => `add_header ${name} ${quoted(value)} always;\n`);
  const own = Object.keys(console).map((name) => `add_header ${name} $allclear_console_only always;\n`);
  return [...lines, ...own].join("");
}

/** Headers as Caddy is told them; deploy/caddy/Caddyfile imports this. */
export function caddyHeaders({ everywhere, console }) {
  const block = (path, headers) => {
    const lines = Object.entries(headers).map(([name, value]) => `\t${name} ${quoted(value)}\n`);
    return `header ${path}{\n${lines.join("")}}\n`;
  };
  return block("", everywhere) + block("/console/* ", console);
}
