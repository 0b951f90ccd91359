// Who is asking: basic login from a list of the host's secrets, or Cloudflare Access.

const encoder = new TextEncoder();

async function sha256(text) {
  const digest = await crypto.subtle.digest("SHA-256", encoder.encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Compares two digests in a time that does not tell where they differ. */
function same(one, other) {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) difference |= one.charCodeAt(at) ^ (other.charCodeAt(at) || 0);
  return difference === 0;
}

/**
 * The login of a Basic header. `list`: `name:sha256` pairs, separated by spaces; a digest is made by
 * `printf %s 'a long generated password' | sha256sum`. It is quick to try passwords against such a digest:
 * only generated ones are good.
 */
export async function basicLogin(header, list) {
  const [, packed] = header?.match(/^Basic ([A-Za-z0-9+/]+=*)$/) ?? [];
  if (packed === undefined) return undefined;
  let text;
  try {
    text = new TextDecoder().decode(Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0)));
  } catch {
    return undefined;
  }
  const colon = text.indexOf(":");
  const login = text.slice(0, Math.max(colon, 0));
  const digest = await sha256(text.slice(colon + 1));
  let found;
  for (const pair of list.split(/\s+/).filter(Boolean)) {
    const at = pair.lastIndexOf(":");
    if (same(digest, pair.slice(at + 1).toLowerCase()) && pair.slice(0, at) === login) found = login;
  }
  return found;
}

const unpack = (part) => Uint8Array.from(atob(part.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
const json = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/**
 * The email of a Cloudflare Access token. The header alone proves nothing (a host name that Access does not
 * cover would take it from anybody): the signature, the audience, the issuer and the time are looked at.
 */
export async function accessLogin(token, { team, audience }, { send = fetch, now = Date.now } = {}) {
  try {
    const [head, body, signature] = token.split(".");
    const { kid, alg } = json(unpack(head));
    const claims = json(unpack(body));
    const issuer = `https://${team}.cloudflareaccess.com`;
    const seconds = now() / 1000;
    const meant = [claims.aud].flat().includes(audience) && claims.iss === issuer;
    if (alg !== "RS256" || !meant || !(claims.exp > seconds) || (claims.nbf ?? 0) > seconds + 60) return undefined;
    const { keys } = await (await send(`${issuer}/cdn-cgi/access/certs`)).json();
    const jwk = keys.find((key) => key.kid === kid);
    if (jwk === undefined) return undefined;
    const method = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("jwk", jwk, method, false, ["verify"]);
    const good = await crypto.subtle.verify(method.name, key, unpack(signature), encoder.encode(`${head}.${body}`));
    return good && typeof claims.email === "string" ? claims.email : undefined;
  } catch {
    return undefined;
  }
}

/** Who is asking, by whichever login the environment sets; nobody when it sets none. */
export async function whoIs(request, env, tools) {
  if (env.ACCESS_TEAM && env.ACCESS_AUDIENCE) {
    const token = request.headers.get("Cf-Access-Jwt-Assertion") ?? "";
    return accessLogin(token, { team: env.ACCESS_TEAM, audience: env.ACCESS_AUDIENCE }, tools);
  }
  return env.ALLCLEAR_LOGINS ? basicLogin(request.headers.get("Authorization"), env.ALLCLEAR_LOGINS) : undefined;
}
