// The headers that every answer of ours carries, wherever it comes from. The build writes them for each host
// (tools/lib/policy.mjs); the functions set them by themselves on what is no file.

/** Of every answer, beside a policy. */
export const COMPANY = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  // Browsers take it over HTTPS alone.
  "Strict-Transport-Security": "max-age=31536000",
};

/** Of what is data and no page: whoever opens it by itself gets nothing that runs, frames or loads. */
export const DATA = { ...COMPANY, "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'" };

/** Of what only the console may read. */
export const OURS_ALONE = { "Cross-Origin-Resource-Policy": "same-origin" };
