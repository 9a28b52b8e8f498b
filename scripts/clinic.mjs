/** npm run clinic: the operator sets clinics up, looks at them and closes them. Plain Node 20: nothing need be installed yet. */
import { handOver } from './operator/hand-over.mjs'

await handOver('scripts/operator/clinics.mjs')
