/** What every cookie of ours is: of this host only, for the whole site, over HTTPS, out of reach of scripts (`__Host-`, RFC 6265bis). */
export const hostCookie = { prefix: 'host', path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const
