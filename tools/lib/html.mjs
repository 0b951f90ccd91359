// Edits of the two entry pages. Each can be made again on its own result without changing it.
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

/** Sets the path that relative addresses start from. */
export function withBase(html, base) {
  return html.replace(/<base\b[^>]*>/, () => `<base href="${escape(base)}">`);
}

/**
 * Fills what comes from config.json. `data-config-text` fills an element's text (a meta's `content`),
 * `data-config-href` its address; without a value the text is `data-config-else` and the address goes.
 */
export function withConfig(html, config) {
  return html
    .replace(/(<(\w+)\b[^>]*\sdata-config-text="([^"]*)"[^>]*>)([^<]*)(<\/\2>)/g, (_, open, __, template, ___, close) =>
      open + escape(fill(template, config) ?? attribute(open, "data-config-else") ?? "") + close)
    .replace(/<meta\b[^>]*\sdata-config-text="([^"]*)"[^>]*>/g, (tag, template) =>
      withAttribute(tag, "content", fill(template, config) ?? attribute(tag, "data-config-else") ?? ""))
    .replace(/<\w+\b[^>]*\sdata-config-href="([^"]*)"[^>]*>/g, (tag, template) => {
      const address = fill(template, config);
      const safe = address !== undefined && /^(https?:|mailto:)/.test(address);
      return safe ? withAttribute(tag, "href", address) : tag.replace(/\shref="[^"]*"/, "");
    });
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
