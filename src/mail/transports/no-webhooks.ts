/**
 * In the place of Node's crypto and buffer, by which mailchannels-sdk checks webhooks ([alias] of wrangler.toml): we take
 * none, and each start would wait for Node's modules.
 */
const refuse = (): never => {
  throw new Error('Webhooks are not taken')
}

export const subtle = { digest: refuse, importKey: refuse, verify: refuse }
export const Buffer = { from: refuse }
