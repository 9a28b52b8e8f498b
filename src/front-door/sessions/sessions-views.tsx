import { distanceInWords, momentInWords } from '../../web/dates.ts'
import { Done, StateMark } from '../../web/parts.tsx'
import { browserInWords } from './browser-in-words.ts'

interface SessionsPageProps {
  base: string
  timezone: string
  now: number
  sessions: OwnSession[]
  done?: string
}

interface OwnSession {
  name: string
  userAgent: string
  createdAt: number
  lastSeenAt: number
  /** The one that asks. */
  isThis: boolean
}

const doneWords: Record<string, string> = {
  one: 'That browser is logged off.',
  others: 'You are logged off everywhere else.',
  none: 'There was nothing left to end. Nothing has changed.',
}

export function SessionsPage(props: SessionsPageProps) {
  const { base, sessions, done = '' } = props
  const hasOthers = sessions.some(({ isThis }) => !isThis)
  const inOrder = [...sessions.filter(({ isThis }) => isThis), ...sessions.filter(({ isThis }) => !isThis)]
  return (
    <>
      <Done words={doneWords} done={done} />
      <h1>Where I am logged on</h1>
      {hasOthers ? (
        <>
          <p class="lead">
            Do you not know one of these? Log it off, and then <a href={`${base}/password`}>change your password</a>.
          </p>
          <form method="post" action={`${base}/sessions/ending`} class="actions">
            <button class="button">Log off everywhere else</button>
          </form>
        </>
      ) : (
        <p class="lead">Here, and nowhere else.</p>
      )}
      <ul class="cards">
        {inOrder.map((session) => (
          <Session {...props} session={session} />
        ))}
      </ul>
    </>
  )
}

function Session({ base, timezone, now, session }: SessionsPageProps & { session: OwnSession }) {
  const { name, userAgent, createdAt, lastSeenAt, isThis } = session
  const where = browserInWords(userAgent)
  const since = momentInWords(createdAt, timezone)
  return (
    <li class="panel">
      <h2>{where}</h2>
      {isThis && (
        <p>
          <StateMark shape="tick">This one</StateMark>
        </p>
      )}
      <p class="meta">
        Logged on since {since}
        {!isThis && <>. Last seen {distanceInWords(lastSeenAt, now)}</>}
      </p>
      {!isThis && (
        <form method="post" action={`${base}/sessions/ending`} class="actions">
          <input type="hidden" name="session" value={name} />
          <button class="button secondary">
            Log off
            <span class="hidden">
              {' '}
              {where}, logged on since {since}
            </span>
          </button>
        </form>
      )}
    </li>
  )
}
