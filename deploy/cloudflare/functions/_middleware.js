// Cloudflare Pages: the edge before the static files. Deploy from this folder's parent:
//
//   make build HOST=cloudflare && cd deploy/cloudflare && npx wrangler pages deploy ../../dist
//
// Secrets (`npx wrangler pages secret put NAME`): see deploy/README.md.
//
// Before the first release: Settings > Functions > "Fail closed", or a paid plan. By default the free plan "fails open":
// once the day's calls are used up, whoever used them, the files are served past this function until midnight UTC, and
// /console/ with the playbook is public.
import { handle } from "../../functions/edge.mjs";

export const onRequest = ({ request, env, next }) => handle(request, env, next);
