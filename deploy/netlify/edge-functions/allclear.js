// Netlify: the edge before the static files, as an Edge Function. See ../netlify.toml and deploy/README.md.
import { handle } from "../../functions/edge.mjs";

const NAMES = [
  "ALLCLEAR_LOGINS", "BASE", "CONSOLE_HOST", "PUBLIC_PAGE", "MAIL_SENDER", "MAIL_ANSWERS", "MAIL_STREAM",
  "STATUSPAGE_PAGE", "STATUSPAGE_KEY", "POSTMARK_TOKEN", "RESEND_KEY", "SENDGRID_KEY", "TEAM_WEBHOOK",
];

export default (request, context) => {
  // An unset variable must stay undefined: it means "this vendor is not used".
  const env = Object.fromEntries(NAMES.map((name) => [name, Netlify.env.get(name)]).filter(([, value]) => value));
  return handle(request, env, () => context.next());
};
