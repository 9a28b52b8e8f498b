/** What stands where the diary or its form would be, while there is nobody to book with. */

interface NobodyProps {
  base: string
  /** Whoever looks may say it themselves. */
  maySay: boolean
}

export const NobodyYet = ({ base, maySay }: NobodyProps) => (
  <p class="empty">
    Nobody sees patients here yet. A manager says who does, and when, under <Settings {...{ base, maySay }} />.
  </p>
)

export const NothingToBook = ({ base, maySay }: NobodyProps) => (
  <p class="empty">
    Nothing can be booked yet: the clinic has no practitioner with an appointment type. A manager adds both under{' '}
    <Settings {...{ base, maySay }} />.
  </p>
)

const Settings = ({ base, maySay }: NobodyProps) => (maySay ? <a href={`${base}/settings`}>Settings</a> : <>Settings</>)
