/** Each test starts with an empty clinic world. */
import { beforeEach } from 'vitest'
import { emptyWorld } from './empty-world.ts'

beforeEach(emptyWorld)
