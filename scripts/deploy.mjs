/** npm run deploy: looks at what would go out, applies the migrations, deploys. Plain Node 20: nothing need be installed yet. */
import { handOver } from './operator/hand-over.mjs'

await handOver('scripts/operator/deployment.mjs')
