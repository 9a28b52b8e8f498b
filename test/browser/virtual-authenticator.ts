/** An authenticator that Chromium plays (WebAuthn §11). */
import type { Page } from '@playwright/test'

/** A phone whose owner always puts the right finger on it. */
export async function withAuthenticator(page: Page): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('WebAuthn.enable')
  const finger = { hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true }
  const options = { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, ...finger } as const
  await browser.send('WebAuthn.addVirtualAuthenticator', { options })
}
