// What the console tells the team, in the form of each service, and everything else that the same webhook would take.
import { call, WEBHOOK } from "./calls.mjs";

const PATH = "/api/team/notice";
const WORDS = "[P0] API: errors & \"more\"\n\u{1F6A8} \u200b \u0000\u001f\u2028 \\";

const slack = (more = {}) => ({ text: WORDS, ...more });
const discord = (more = {}) => ({ allowed_mentions: { parse: [] }, content: WORDS, ...more });
const block = (more = {}) => ({ text: WORDS, type: "TextBlock", wrap: true, ...more });
const card = (more = {}) => ({ body: [block()], type: "AdaptiveCard", version: "1.4", ...more });
const attached = (more = {}) => ({ content: card(), contentType: "application/vnd.microsoft.card.adaptive", ...more });
const teams = (more = {}) => ({ attachments: [attached()], type: "message", ...more });

const notice = (name, body) => ({
  name: `the team: ${name}`,
  ...call("POST", PATH, { body: JSON.stringify(body) }),
  reaches: { path: WEBHOOK.path, key: ["accept", "application/json"] },
});

/** What leaves. The host that it reaches is each edge's to say. */
export const NOTICES = [
  notice("Slack's form", slack()),
  notice("a mention that is taken apart, and an address", slack({ text: "@\u200ball, \u2014@\u200ball: write to ada@example.com" })),
  notice("Discord's form", discord()),
  notice("the form of Teams", teams()),
  notice("the longest notice", slack({ text: "\u{1F6A8}".repeat(4_090) })),
];

/** What each service would take too, by what is wrong with it. */
const WRONG = {
  "a mention in Slack's way": slack({ text: "<!channel> look" }),
  "a mention in Mattermost's way": slack({ text: "@all look" }),
  "a mention in the middle": slack({ text: "look (@here)" }),
  "a mention after a dash": slack({ text: "look \u2014@all" }),
  "a mention after a blank that does not break": slack({ text: "look\u00a0@all" }),
  "a mention after a sign of joy": slack({ text: "\u{1F389}@all" }),
  "a mention after a letter beyond ASCII": slack({ text: "caf\u00e9@all" }),
  "a link in Slack's way": slack({ text: "<https://evil.example|our page>" }),
  "a link in brackets": slack({ text: "[our page](https://evil.example)" }),
  "another channel": slack({ channel: "#general" }),
  "another name": slack({ username: "CEO" }),
  "names that become mentions": slack({ link_names: 1 }),
  "blocks of Slack's": slack({ blocks: [] }),
  "attachments of Slack's": slack({ attachments: [{ text: "x" }] }),
  "Slack's form without words": {},
  "words that are none": slack({ text: { evil: "x" } }),
  "Discord's form without its promise to ring nobody": { content: WORDS },
  "Discord's form that rings everyone": discord({ allowed_mentions: { parse: ["everyone"] } }),
  "Discord's form that rings one": discord({ allowed_mentions: { parse: [], users: ["1"] } }),
  "a link in Discord's way": discord({ content: "[our page](https://evil.example)" }),
  "embeds of Discord's": discord({ embeds: [{ title: "x" }] }),
  "a voice of Discord's": discord({ tts: true }),
  "a card with a button": teams({ attachments: [attached({ content: card({ actions: [{ type: "Action.OpenUrl", url: "https://evil.example" }] }) })] }),
  "a card with a picture": teams({ attachments: [attached({ content: card({ body: [{ type: "Image", url: "https://evil.example/x.png" }] }) })] }),
  "a card with two blocks": teams({ attachments: [attached({ content: card({ body: [block(), block()] }) })] }),
  "a card that mentions": teams({ attachments: [attached({ content: card({ msteams: { entities: [] } }) })] }),
  "a card with a link": teams({ attachments: [attached({ content: card({ body: [block({ text: "[our page](https://evil.example)" })] }) })] }),
  "a block that does something": teams({ attachments: [attached({ content: card({ body: [block({ selectAction: {} })] }) })] }),
  "two cards": teams({ attachments: [attached(), attached()] }),
  "a file": teams({ attachments: [attached({ contentUrl: "https://evil.example/x" })] }),
  "a list of notices": [slack()],
  nothing: null,
};

/** What does not leave: name, path, body. */
export const NO_NOTICES = [
  ...Object.entries(WRONG).map(([name, body]) => [`${name} to the team`, PATH, JSON.stringify(body)]),
  ["a notice that is no JSON", PATH, "text=x"],
  ["a notice with a field that stands twice", PATH, '{"text":"<!here>","text":"x"}'],
  ["a notice with spaces", PATH, JSON.stringify(slack(), null, 1)],
];
