import { TickBox } from '../../web/fields.tsx'
import { Breadcrumb, Notice, StateMark } from '../../web/parts.tsx'

interface FeedPageProps {
  base: string
  isOn: boolean
  showsNames: boolean
  /** The secret address, only right after it was made. */
  address: string | null
  done?: string
}

export function FeedPage({ base, isOn, showsNames, address, done }: FeedPageProps) {
  return (
    <>
      {done === 'ended' && <Notice>The feed has ended. Its address shows nothing any more.</Notice>}
      <Breadcrumb href={`${base}/hours`}>My hours</Breadcrumb>
      <h1>My calendar feed</h1>
      <p class="lead">
        See your appointments in the calendar on your phone or computer. Whoever has the address can read it, without
        logging on: keep it to yourself.
      </p>
      <p>
        <StateMark shape={isOn ? 'tick' : 'dash'}>{isOn ? 'On' : 'Off'}</StateMark>{' '}
        {isOn && (showsNames ? 'with the names of patients' : 'with initials only')}
      </p>
      {address && <Address address={address} />}
      <form method="post" action={`${base}/calendar-feed`} class="panel">
        <h2>{isOn ? 'Make a new address' : 'Make an address'}</h2>
        {isOn && <p>The address that you use now stops working.</p>}
        <TickBox
          name="shows_names"
          ticked={showsNames}
          hint="Without this tick, patients are shown by their initials. What an appointment is for is never shown"
        >
          Show the names of patients
        </TickBox>
        <div class="actions">
          <button class="button">{isOn ? 'Make a new address' : 'Make an address'}</button>
        </div>
      </form>
      {isOn && (
        <form method="post" action={`${base}/calendar-feed/ending`} class="actions">
          <button class="button secondary">End the feed</button>
        </form>
      )}
      <p class="muted">
        Calendars ask for news when they like: Google after several hours, Outlook after 3 to 24 hours. The diary itself
        is always up to date.
      </p>
    </>
  )
}

function Address({ address }: { address: string }) {
  return (
    <section class="panel slip" aria-labelledby="address-title">
      <h2 id="address-title">The address of your feed</h2>
      <p class="secret" id="feed-address">
        {address}
      </p>
      <p>
        This is shown <strong>once</strong>. In your calendar, choose “Add calendar from URL” or “Subscribe”, and paste
        it.
      </p>
      <div class="actions">
        <button type="button" class="button secondary" data-copy="#feed-address" hidden>
          Copy
        </button>
      </div>
    </section>
  )
}
