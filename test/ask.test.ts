/** The answer never waits for the work that comes after it: it would say by its time what that work found (security.md). */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { Hono } from 'hono'
import { expect, it, vi } from 'vitest'
import { type App, afterTheAnswer } from '../src/ask.ts'

async function answered(work: () => Promise<unknown>) {
  const app = new Hono<App>().get('/', (c) => {
    afterTheAnswer(c, work)
    return c.text('answered')
  })
  const context = createExecutionContext()
  const answer = await app.request('/', {}, env, context)
  return { answer, over: () => waitOnExecutionContext(context) }
}

it('work after the answer does not begin in the same turn, however long that is', async () => {
  const work = vi.fn(async () => {})
  const { answer, over } = await answered(work)
  expect(await answer.text()).toBe('answered')
  for (let step = 0; step < 1000; step++) await null
  expect(work).not.toHaveBeenCalled()
  await over()
  expect(work).toHaveBeenCalledOnce()
})

it('work that fails is told to the operator, and to nobody else', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const { answer, over } = await answered(() => Promise.reject(new Error('D1 is away')))
  expect(answer.status).toBe(200)
  await over()
  expect(log.mock.calls.join()).toContain('after the answer')
  log.mockRestore()
})
