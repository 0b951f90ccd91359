// Edits of the two entry pages. Each can be made again on its own result without changing it.
import { AT, STATE } from "../../deploy/functions/state.mjs";
import { fill } from "./config.mjs";
import { digest } from "./policy.mjs";

const escape = (text) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The value of an attribute in the text of a tag. */
export function attribute(tag, name) {
  return tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1];
}

function withAttribute(tag, name, value) {
  const written = ` ${name}="${escape(value)}"`;
  const old = new RegExp(`\\s${name}="[^"]*"`);
  return old.test(tag) ? tag.replace(old, () => written) : tag.replace(/\s*\/?>$/, (end) => written + end.trim());
}

/** A meta that says something; one that has nothing to say, or no address where it should be one, waits without its name. */
function withContent(tag, said) {
  const named = tag.replace(/\sdata-property="/, ' property="');
  const real = said && (!/^og:(url|image)$/.test(attribute(named, "property")) || /^https?:\/\/./.test(said));
  if (real) return withAttribute(named, "content", said);
  return named.replace(/\sproperty="/, ' data-property="').replace(/\scontent="[^"]*"/, "");
}

/** Sets the path that relative addresses start from. */
export function withBase(html, base) {
  return html.replace(/<base\b[^>]*>/, () => `<base href="${escape(base)}">`);
}

/**
 * Fills what comes from config.json. `data-config-text` fills an element's text (a meta's `content`; its name stands in
 * `data-property` where there is none), `data-config-href` its address; without a value the text is `data-config-else` and the address goes.
 * `data-config-de` fills the German text, which stands in `data-de`.
 */
export function withConfig(html, config) {
  return html
    .replace(/(<(\w+)\b[^>]*\sdata-config-text="([^"]*)"[^>]*>)([^<]*)(<\/\2>)/g, (_, open, __, template, ___, close) =>
      open + escape(fill(template, config) ?? attribute(open, "data-config-else") ?? "") + close)
    .replace(/<\w+\b[^>]*\sdata-config-de="([^"]*)"[^>]*>/g, (tag, template) => {
      const said = fill(template, config);
      return said === undefined ? tag : withAttribute(tag, "data-de", said);
    })
    .replace(/<meta\b[^>]*\sdata-config-text="([^"]*)"[^>]*>/g, (tag, template) =>
      withContent(tag, fill(template, config) ?? attribute(tag, "data-config-else")))
    .replace(/<\w+\b[^>]*\sdata-config-href="([^"]*)"[^>]*>/g, (tag, template) => {
      const address = fill(template, config);
      const safe = address !== undefined && /^(https?:|mailto:)/.test(address);
      return safe ? withAttribute(tag, "href", address) : tag.replace(/\shref="[^"]*"/, "");
    });
}

/** Tells the first-state script where the page is read; an empty address where only the app can read it. */
export function withSource(html, source) {
  return html.replace(/<script\s+data-source="[^"]*"/, () => `<script data-source="${escape(source)}"`);
}

/**
 * Makes room for the state, where a host writes it into the page as it leaves: before the script that shows it, as
 * server-side includes. When it was written stands beside it.
 */
export function withRoomForState(html, room) {
  const without = html.replace(/(<script data-source="[^"]*") data-within>/, "$1>").replace(/<script type="application\/json">[\s\S]*?<\/script>(?=<script data-first>)/, "");
  if (!room) return without;
  return without
    .replace(/(<script data-source="[^"]*")>/, "$1 data-within>")
    .replace("<script data-first>", `<script type="application/json">{"at":${AT},"summary":${STATE}}</script><script data-first>`);
}

/** Says on the page whether it has a service worker: one that was switched off is not registered again. */
export function withWorker(html, on) {
  return html.replace(/<html\b[^>]*>/, (tag) => tag.replace(/\sdata-worker="[^"]*"/, "").replace(/>$/, on ? ">" : ' data-worker="off">'));
}

/** Writes each `integrity` anew from the file it speaks of; `read` gives a file's bytes or undefined. */
export function withIntegrity(html, read) {
  return html.replace(/<(?:link|script)\b[^>]*\sintegrity="[^"]*"[^>]*>/g, (tag) => {
    const bytes = read(attribute(tag, "href") ?? attribute(tag, "src") ?? "");
    return bytes === undefined ? tag : withAttribute(tag, "integrity", digest("sha384", bytes));
  });
}

/** Puts the policy where hosts that send no headers of ours need it: first in the head. */
export function withPolicy(html, policy) {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  const without = html.replace(/\n? *<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
  return without.replace(/<meta charset="utf-8">/i, (charset) => `${charset}\n  ${meta}`);
}

/** Takes the starting script that Trunk writes into the page out of it: the rest, and the script. */
export function takeStarter(html) {
  const found = html.match(/\s*<script type="module"[^>]*>(\s*import init[\s\S]*?)<\/script>/);
  if (!found) return undefined;
  return { html: html.replace(found[0], ""), glue: found[1].match(/from '\.\/([^']+\.js)'/)?.[1] };
}
