// Judges recorded exchanges by the vendors' documents with the validator of Prism itself, used as a
// library: the same judgement as `prism proxy --errors`, without sending anything again. (A validator of
// our own would be one more thing to trust; Prism's mock would answer instead of judging our answers.)
// Beside it, one stricter rule: a request may not carry a field that the document does not name, since the
// documents leave objects open and a misspelt field would pass.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DOCUMENTS, documentOf } from "./support.mjs";

const require = createRequire(import.meta.url);
const { getHttpOperationsFromSpec } = require("@stoplight/prism-http");
const { validateInput, validateOutput } = require("@stoplight/prism-http/dist/validator");
const { default: route } = require("@stoplight/prism-http/dist/router");

/** Fields that the vendors' guides have and these documents do not. */
const BESIDE_THE_DOCUMENT = {
  // The saved document is older than metadata and message streams.
  postmark: ["[].Metadata", "[].MessageStream", "Metadata", "MessageStream"],
};
/** Query parameters likewise: a search by metadata, and within a message stream. */
const QUERY_BESIDE_THE_DOCUMENT = { postmark: /^(metadata_\w+|messagestream)$/ };

/** Reads the documents; the judge takes exchanges of the sandbox's record. */
export async function judge() {
  const documents = {};
  for (const vendor of Object.keys(DOCUMENTS)) {
    const operations = await getHttpOperationsFromSpec(documentOf(vendor));
    // Where the vendor's servers are does not matter: the sandbox answers below its own address.
    documents[vendor] = {
      operations: operations.map((operation) => ({ ...operation, servers: [] })),
      whole: JSON.parse(readFileSync(documentOf(vendor), "utf8")),
    };
  }
  return (exchange) => (documents[exchange.vendor] ? violations(exchange, documents[exchange.vendor]) : undefined);
}

const left = (either) => (either._tag === "Left" ? either.left : []);
const words = ({ message, path, code }) => `${message}${path?.length ? ` at ${path.join(".")}` : ""}${code ? ` (${code})` : ""}`;

function body(message) {
  if (message.body === "") return undefined;
  try {
    return JSON.parse(message.body);
  } catch {
    return message.body;
  }
}

/** What is wrong with an exchange: with its request always, with its answer where no fault spoiled it. */
function violations(exchange, { operations, whole }) {
  const { below } = DOCUMENTS[exchange.vendor];
  const path = exchange.path.slice(below.length).replace(/\.json$/, "");
  const headers = Object.fromEntries(exchange.request.headers);
  const query = Object.fromEntries(exchange.query);
  const input = { method: exchange.method.toLowerCase(), url: { path, query }, headers, body: body(exchange.request) };
  const found = route({ resources: operations, input });
  if (found._tag === "Left") return [`${exchange.method} ${path} is not in the document: ${found.left.message}`];
  const operation = found.right;
  const wrong = left(validateInput({ resource: operation, element: input })).map((one) => `request: ${words(one)}`);
  wrong.push(...strangers(exchange.vendor, operation, input, whole));
  if (exchange.faults.length === 0 && exchange.response) {
    const { status } = exchange.response;
    const element = { statusCode: status, headers: Object.fromEntries(exchange.response.headers), body: body(exchange.response) };
    // A refusal that the document does not declare (420 and 429, an error of PATCH) says nothing of the
    // sandbox's shape; every success must be declared.
    const declared = operation.responses.some(({ code }) => code === String(status) || code === "default");
    if (declared || (status < 300 && !isRehearsal(exchange, input))) {
      wrong.push(...left(validateOutput({ resource: operation, element })).map((one) => `answer: ${words(one)}`));
    }
  }
  return wrong;
}

/** SendGrid's sandbox mode answers 200, which stands in its guide and not in its document. */
const isRehearsal = ({ vendor, response }, { body: sent }) =>
  vendor === "sendgrid" && response.status === 200 && sent?.mail_settings?.sandbox_mode?.enable === true;

/** Fields and query parameters that the document does not name. */
function strangers(vendor, operation, input, whole) {
  const declared = (whole.paths[operation.path] ?? {})[operation.method] ?? {};
  const resolve = (part) => (part?.$ref ? resolve(part.$ref.slice(2).split("/").reduce((at, key) => at?.[key], whole)) : part);
  const parameters = [...(declared.parameters ?? []), ...(whole.paths[operation.path]?.parameters ?? [])].map(resolve);
  const queries = Object.keys(input.url.query).filter(
    (name) => !QUERY_BESIDE_THE_DOCUMENT[vendor]?.test(name) && !parameters.some((one) => one.in === "query" && one.name === name),
  );
  const schema = resolve(declared.requestBody)?.content?.["application/json"]?.schema;
  const fields = schema && input.body !== undefined ? [...unknown(resolve(schema), input.body, "", resolve)] : [];
  const excused = BESIDE_THE_DOCUMENT[vendor] ?? [];
  return [
    ...queries.map((name) => `request: the document knows no query parameter ${name}`),
    ...new Set(fields.filter((at) => !excused.includes(at)).map((at) => `request: the document knows no field ${at}`)),
  ];
}

/** An example stands where a map from ids is meant: any id is. */
const isMapOfIds = (at) => /(^|\.)incident\.components$/.test(at);

function* unknown(schema, value, at, resolve) {
  if (Array.isArray(value) && schema?.items) {
    for (const item of value) yield* unknown(resolve(schema.items), item, `${at}[]`, resolve);
  } else if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    const parts = [schema, ...(schema?.allOf ?? []), ...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])].map(resolve);
    const known = Object.assign({}, ...parts.map((part) => part?.properties ?? {}));
    // An object without a list of fields, or with a rule for further ones, takes any.
    if (Object.keys(known).length === 0 || schema.additionalProperties || isMapOfIds(at)) return;
    for (const [name, inner] of Object.entries(value)) {
      const here = at === "" ? name : `${at}.${name}`;
      if (known[name] === undefined) yield here;
      else yield* unknown(resolve(known[name]), inner, here, resolve);
    }
  }
}
