/** The clinic's logo. Its bytes come from an address that names their hash, so a browser asks for them once. */
import type { FrameLogo } from './frame.ts'

export const Logo = ({ logo: { src, alt, width, height } }: { logo: FrameLogo }) => (
  <img class="logo" src={src} alt={alt} width={width} height={height} />
)
