// What was last read, kept with its time. The network is always asked first; a kept copy is given when it
// fails, refuses, or takes too long, and a copy of the source says how old it is.

/** On a kept answer of the source: when it was read, RFC 3339 in UTC. */
const AS_OF = "Allclear-As-Of";

/** Whether an answer is a page where data was expected: a login may come with a status of 200. */
export const isPage = (answer) => /html/.test(answer.headers.get("Content-Type") ?? "");

/**
 * The text of an answer that may be the playbook's, else nothing. A login comes as a page or as JSON, under whatever name or
 * none; TOML begins with none of their signs, but for a table's head.
 */
export async function plain(answer) {
  if (!answer.ok || /html|json/.test(answer.headers.get("Content-Type") ?? "")) return undefined;
  const text = await answer.clone().text();
  const begins = text.trimStart()[0];
  if (begins === "<" || begins === "{") return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return text;
  }
}

/** Whether the head of an answer says that there is something to read in it. */
const isReadable = (answer) => answer.ok && !isPage(answer);

/**
 * The text of an answer that says what was asked, else nothing. JSON is known by itself, whatever its head says; a source may
 * have moved, and what it says where it is now counts. Of a host's own file a redirect is a login.
 */
async function fresh(answer, kind) {
  if (answer.redirected && kind !== "dated") return undefined;
  if (kind === "text") return plain(answer);
  if (!answer.ok) return undefined;
  const text = await answer.clone().text();
  try {
    const value = JSON.parse(text);
    const says = value !== null && typeof value === "object";
    // Each file of the format says of which page it is; a login that answers in JSON does not.
    return says && (value.page || !answer.redirected) ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Keeps an answer in `answers` (a `store`), and says whether it says what was asked: what came by way of a redirect is given on
 * and never kept. `kind`: `dated` is JSON that says its time when it is given
 * again, `json` and `text` are as they were.
 */
export async function keep(answers, address, answer, kind) {
  const text = await fresh(answer, kind);
  if (text === undefined) return false;
  if (answer.redirected) return true;
  const headers = { "Content-Type": answer.headers.get("Content-Type") ?? "text/plain" };
  if (kind === "dated") headers[AS_OF] = new Date().toISOString();
  await answers.put(address, new Response(text, { headers }));
  return true;
}

/**
 * The answer that was asked for, or the kept one. An answer that comes too late is kept all the same, and is
 * there the next time. A `long` one is handed on as it arrives, and kept when it was read to its end.
 */
export async function freshOr({ asked, answers, address, kind, patience, event, long = false }) {
  let good;
  let read;
  const kept = asked.then(async (answer) => {
    good = long && isReadable(answer);
    if (good) {
      const { handed, whole } = passing(answer);
      read = whole.then((text) => text !== undefined && !answer.redirected && keep(answers, address, new Response(text, { headers: answer.headers }), kind));
      return handed;
    }
    good = await keep(answers, address, answer, kind);
    return answer;
  });
  let timer;
  const late = new Promise((done) => { timer = setTimeout(done, patience); });
  event.waitUntil(kept.then(() => read).catch(() => {}));
  const copy = () => answers.match(address);
  try {
    const answer = await Promise.race([kept, late]);
    // What a host says of its own file stands, also that it is not there, or broken; of the source, only a page.
    const stands = good || (kind !== "dated" && answer?.status < 500);
    if (answer !== undefined && stands) return answer;
    const old = await copy();
    if (!old) return await kept;
    // Nobody reads a long one that comes too late.
    if (long) kept.then((answer) => answer.body?.cancel()).catch(() => {});
    return old;
  } catch (error) {
    const old = await copy();
    if (old) return old;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/**
 * An answer to be handed on as it arrives: a long list is neither read twice nor further than its reader wants.
 * `whole` comes to its text when it was read to its end, and to nothing when it was not.
 */
export function passing(answer) {
  if (!answer.body) return { handed: answer, whole: Promise.resolve(undefined) };
  const reader = answer.body.getReader();
  const pieces = [];
  let end;
  const whole = new Promise((done) => { end = done; });
  const body = new ReadableStream({
    async pull(handing) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          end(await new Blob(pieces).text());
          handing.close();
        } else {
          pieces.push(value);
          handing.enqueue(value);
        }
      } catch (error) {
        end(undefined);
        handing.error(error);
      }
    },
    cancel(reason) {
      end(undefined);
      return reader.cancel(reason);
    },
  });
  // What the host says of the body's packing is over: it is unpacked.
  const headers = { "Content-Type": answer.headers.get("Content-Type") ?? "application/json" };
  return { handed: new Response(body, { status: answer.status, headers }), whole };
}

/** The text of an answer, unless it is longer than so many bytes: then the download ends there. */
export async function upTo(most, answer) {
  const reader = answer.body?.getReader();
  if (!reader) return undefined;
  const pieces = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(pieces).text();
    length += value.length;
    if (length > most) {
      await reader.cancel();
      return undefined;
    }
    pieces.push(value);
  }
}
