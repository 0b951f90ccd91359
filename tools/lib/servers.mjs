// The headers of every answer in the words of servers of one's own. What a file may be cached is in their
// configuration (`deploy/`), because it follows from the file's name.

const quoted = (value) => `"${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

/** One list of headers as nginx is told it; each file of `headers/` in deploy/nginx includes one. */
export function nginxHeaders(headers) {
  return Object.entries(headers).map(([name, value]) => `add_header ${name} ${quoted(value)} always;\n`).join("");
}

/** Headers as Caddy is told them, by path; deploy/caddy/Caddyfile imports this. What is set later stands. */
export function caddyHeaders({ page, console, edge, data }) {
  const block = (path, headers) => {
    const lines = Object.entries(headers).map(([name, value]) => `\t${name} ${quoted(value)}\n`);
    return `header ${path}{\n${lines.join("")}}\n`;
  };
  const atEdge = "@allclear_edge {\n\tpath /api/*\n\tnot path /api/v2/*\n}\n";
  return block("", page) + block("/console/* ", console) + block("/api/* ", data) + atEdge + block("@allclear_edge ", edge);
}
