// Runs a real nginx with the shipped configuration of deploy/nginx, changed only where an organisation
// changes it (names, folders, keys) and where this machine differs (ports, no certificates).
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { isFile } from "./files.mjs";
import { freePorts, isFree } from "./ports.mjs";
import { ROOT } from "./run.mjs";

/** The vendors' addresses as the shipped files name them. */
export const VENDORS = {
  statuspage: "https://api.statuspage.io",
  postmark: "https://api.postmarkapp.com",
  resend: "https://api.resend.com",
  sendgrid: "https://api.sendgrid.com",
};

/** Changes a text where it must be changed: a place that is not there is an error, not silence. */
export function changed(text, changes) {
  return changes.reduce((all, [from, to]) => {
    const found = from instanceof RegExp ? all.search(from) >= 0 : all.includes(from);
    if (!found) throw new Error(`the shipped configuration no longer holds ${from}`);
    return from instanceof RegExp ? all.replace(from, to) : all.replaceAll(from, to);
  }, text);
}

/** Where nginx's own JavaScript lies, if it is a module of its own. */
function scriptModule() {
  const { stderr } = spawnSync("nginx", ["-V"], { encoding: "utf8" });
  return `${stderr?.match(/--modules-path=(\S+)/)?.[1] ?? ""}/ngx_http_js_module.so`;
}

/** A line of htpasswd. */
export function passwordLine(login, password) {
  return `${login}:${execFileSync("openssl", ["passwd", "-6", password], { encoding: "utf8" }).trim()}\n`;
}

/** Waits until something listens. */
export async function listening(port, stopped) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (stopped()) throw new Error(stopped());
    const answer = await fetch(`http://127.0.0.1:${port}/`, { redirect: "manual" }).catch(() => undefined);
    if (answer) return;
    await sleep(25);
  }
  throw new Error(`nothing listens on port ${port}`);
}

/** What the sites of deploy/nginx need changed: the same for one host and for two. */
function siteChanges({ site, dist, ports, inner, data, page, mail, folder, publicPage, adjust }) {
  const changes = [
    ...(adjust[`${site}.conf`] ?? []),
    [/listen 443 ssl http2;/g, () => `listen 127.0.0.1:${ports.shift()};`],
    [/ *ssl_certificate(_key)? .*\n/g, ""],
    ...(site === "sub-path" ? [["127.0.0.1:8481", `127.0.0.1:${inner}`]] : [["127.0.0.1:8482", `127.0.0.1:${data}`], [/server \{\n    listen 80;[\s\S]*?\n\}\n/, ""]]),
    ["/srv/allclear/dist", dist],
    [/access_log \/var\/log\/nginx\//g, `access_log ${folder}/logs/`],
    [/(set \$allclear_page +)abc123def456/, (_, set) => set + page],
    ...Object.entries(mail).map(([pin, value]) => [new RegExp(`(set \\$allclear_${pin} +)[^;]+`), (_, set) => set + value]),
    [/ *resolver .*\n/g, ""],
    ["https://abc123def456.statuspage.io", publicPage],
    [/(\$allclear_public_host (?:\{ default )?)abc123def456\.statuspage\.io/, (_, start) => `${start}page.example`],
  ];
  if (site === "one-host") return changes;
  return [...changes, ["# include allclear/resend", "include allclear/resend"], ["# include allclear/sendgrid", "include allclear/sendgrid"], ["# include allclear/team", "include allclear/team"]];
}

/** Lays the shipped files into `folder`, ready to run. */
function lay({ folder, site, dist, ports, inner, page, mail, vendors, webhook, publicPage, keys, logins, adjust, data }) {
  const shipped = `${ROOT}/deploy/nginx`;
  rmSync(folder, { recursive: true, force: true });
  cpSync(`${shipped}/allclear`, `${folder}/allclear`, { recursive: true });
  mkdirSync(`${folder}/logs`);
  mkdirSync(`${folder}/cache`);
  const edit = (file, changes) =>
    writeFileSync(`${folder}/allclear/${file}`, changed(readFileSync(`${shipped}/allclear/${file}`, "utf8"), changes));
  const secret = (name, key) => {
    const example = readFileSync(`${shipped}/allclear/secrets/${name}.conf.example`, "utf8");
    writeFileSync(`${folder}/allclear/secrets/${name}.conf`, changed(example, [[/"paste-the-\w+-here"/, `"${key}"`]]));
  };
  for (const [vendor, address] of Object.entries(VENDORS)) {
    edit(`${vendor}.conf`, [[address, vendors[vendor]], ...(adjust[`${vendor}.conf`] ?? [])]);
    secret(vendor, keys[vendor]);
  }
  // On this machine it has no certificate.
  edit("team.conf", [["^https://", "^http://"], ...(adjust["team.conf"] ?? [])]);
  secret("team", webhook);
  for (const list of readdirSync(`${shipped}/allclear/headers`)) edit(`headers/${list}`, [["/srv/allclear/dist", dist]]);
  edit("common.conf", [["/var/cache/nginx-allclear", `${folder}/cache`], ...(adjust["common.conf"] ?? [])]);
  for (const file of ["reach.conf", "edge.conf", "public-page.conf", "state-in-page.conf"]) if (adjust[file]) edit(file, adjust[file]);
  writeFileSync(`${folder}/allclear/secrets/htpasswd`, Object.entries(logins).map(([login, password]) => passwordLine(login, password)).join(""));
  const changes = siteChanges({ site, dist, ports: [...ports], inner, data, page, mail, folder, publicPage, adjust });
  writeFileSync(`${folder}/site.conf`, changed(readFileSync(`${shipped}/${site}.conf`, "utf8"), changes));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/cache/${kind};`);
  const module = scriptModule();
  writeFileSync(`${folder}/nginx.conf`, [
    // Started by root, the workers would be of a user who may not read these folders.
    ...(process.getuid() === 0 ? ["user root;"] : []),
    ...(isFile(module) ? [`load_module ${module};`] : []),
    "worker_processes 1; daemon off; master_process off;",
    `pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log info;`,
    "events { worker_connections 256; }",
    `http { access_log off; ${temporary.join(" ")}`,
    ...(adjust.http ?? []),
    "include site.conf; }",
  ].join("\n"));
}

/**
 * Starts nginx and resolves once it answers. `site` is a file of deploy/nginx; `ports` one for each of its
 * hosts, and `inner` one for the server behind a path; `vendors` the address that each vendor is reached at; `mail` the pins
 * of mail (`sender`, `answers`, `stream`); `webhook` the address of the team's; `adjust` further changes by file name.
 */
export async function startNginx(options) {
  const { folder, ports } = options;
  // Whoever answers on a port is taken for nginx below.
  for (const port of ports) if (!(await isFree(port))) throw new Error(`port ${port} is taken`);
  const [data] = await freePorts(1);
  lay({ adjust: {}, page: "abc123", mail: {}, data, ...options });
  const child = spawn("nginx", ["-p", folder, "-c", `${folder}/nginx.conf`, "-e", `${folder}/logs/error.log`], { stdio: ["ignore", "ignore", "pipe"] });
  let complaint = "";
  let ended;
  child.stderr.setEncoding("utf8").on("data", (text) => { complaint += text; });
  const end = new Promise((done) => {
    child.on("error", (error) => done((ended = `nginx could not be started (${error.message}): run tools/setup.sh edge`)));
    child.on("exit", (code) => done((ended = `nginx ended with ${code}: ${complaint}`)));
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await end;
  };
  try {
    for (const port of ports) await listening(port, () => ended);
  } catch (error) {
    await stop();
    throw error;
  }
  const logs = (...files) =>
    (files.length > 0 ? files : readdirSync(`${folder}/logs`)).map((file) => readFileSync(`${folder}/logs/${file}`, "utf8")).join("\n");
  return { ports, stop, logs };
}
