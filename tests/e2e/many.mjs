// More incidents than anybody reads, in the public v2 format.
import { update } from "./served-page.mjs";

const HOUR = 3_600_000;
const NEWEST = Date.parse("2026-03-09T12:00:00Z");

/** So many incidents, one every five hours, the newest first; every seventh touches the API. */
export const many = (count) => Array.from({ length: count }, (_, number) => {
  const began = new Date(NEWEST - number * 5 * HOUR).toISOString();
  const over = new Date(NEWEST - number * 5 * HOUR + HOUR).toISOString();
  return {
    id: `i${number}`, name: `Incident ${number}`, status: "resolved", impact: "minor",
    created_at: began, resolved_at: over, components: number % 7 ? [] : [{ id: "api" }],
    incident_updates: [
      update(`r${number}`, "resolved", over, "Over."),
      update(`b${number}`, "investigating", began, number === 9_876 ? "A Ländersache of its own." : "We look into it."),
    ],
  };
});
