/** An authenticator app on somebody's phone: it reads the key off the page, and shows codes. */
import { decodeBase32IgnorePadding } from '@oslojs/encoding'
import { generateHOTP } from '@oslojs/otp'
import type { Page } from '@playwright/test'

interface AuthenticatorApp {
  /** The present code, or the next: each is taken once, and the next one early. */
  code: (which?: 'present' | 'next') => string
}

export async function appFrom(page: Page): Promise<AuthenticatorApp> {
  const text = (await page.locator('#key').textContent()) ?? ''
  const key = decodeBase32IgnorePadding(text.replace(/\s/g, ''))
  const step = () => Math.floor(Date.now() / 30_000)
  return { code: (which = 'present') => generateHOTP(key, BigInt(step() + (which === 'next' ? 1 : 0)), 6) }
}
