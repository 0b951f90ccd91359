// Cloudflare Pages: the edge before the static files. Deploy from this folder's parent:
//
//   make build HOST=cloudflare && cd deploy/cloudflare && npx wrangler pages deploy ../../dist
//
// Secrets (`npx wrangler pages secret put NAME`): see deploy/README.md.
import { handle } from "../../functions/edge.mjs";

export const onRequest = ({ request, env, next }) => handle(request, env, next);
