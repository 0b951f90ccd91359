// Has the browser read what it knows of languages beside the page (`src/ui/intl.rs`): a slow phone takes 150 ms for it,
// once for all that runs in a page's process, and the page would stand still meanwhile. Its name is the page's language.
const locales = [self.name === "en" ? "en-GB" : self.name];
const moment = { month: "short", year: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" };
for (const timeZone of [undefined, "UTC"]) new Intl.DateTimeFormat(locales, { ...moment, timeZone }).format(new Date());
new Intl.NumberFormat(locales, { style: "unit", unit: "minute", unitDisplay: "long" }).format(1);
postMessage(null);
close();
