/** Calendar files, read by a real iCalendar parser: what a calendar makes of an appointment, of its move and of its end. */
import fc from 'fast-check'
import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { type AppointmentEvent, calendarOf } from '../../../src/diary/messages/appointment-event.ts'
import { feedOf } from '../../../src/diary/messages/feed.ts'
import type { FeedRow } from '../../../src/diary/messages/feed-store.ts'
import { icalendar } from '../../../src/diary/messages/ical.ts'

const now = Date.UTC(2026, 10, 25, 8)
const booked: AppointmentEvent = {
  id: 'abc123',
  sequence: 0,
  startAt: Date.UTC(2026, 11, 2, 9, 30),
  endAt: Date.UTC(2026, 11, 2, 10),
  status: 'booked',
  practitionerName: 'Priya Nair',
  clinic: {
    name: 'Riverside Clinic',
    phone: '01632 960 001',
    timezone: 'Europe/London',
    address: '1 Quay; Side,\nRiverton',
  },
  clinicUrl: 'https://diary.test/riverside',
}

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component))
  return { calendar, events, event: events[0]! }
}

const bytes = (text: string) => new TextEncoder().encode(text).length

describe('an appointment in a calendar', () => {
  const { calendar, event } = read(calendarOf(booked, now))

  it('is at its instant, whatever zone the calendar is in', () => {
    expect(event.startDate.toJSDate().getTime()).toBe(booked.startAt)
    expect(event.endDate.toJSDate().getTime()).toBe(booked.endAt)
  })

  it('says where, with whom and whom to call, and never what for', () => {
    expect(event.summary).toBe('Appointment at Riverside Clinic')
    expect(event.location).toBe('Riverside Clinic, 1 Quay; Side, Riverton')
    expect(event.description).toBe('With Priya Nair\nIf you cannot come, call 01632 960 001')
  })

  it('is published, with an id that stays', () => {
    expect(calendar.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(event.uid).toBe('abc123@diary.test')
    expect(event.sequence).toBe(0)
    expect(event.component.getFirstPropertyValue('status')).toBe('CONFIRMED')
  })

  it('moves: the same id, a higher sequence', () => {
    const moved = read(calendarOf({ ...booked, startAt: booked.startAt + 3_600_000, sequence: 1 }, now)).event
    expect([moved.uid, moved.sequence]).toEqual(['abc123@diary.test', 1])
  })

  it('goes when it is cancelled: the same id, a higher sequence, CANCEL', () => {
    const cancelled = read(calendarOf({ ...booked, status: 'cancelled', sequence: 2 }, now))
    expect(cancelled.calendar.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(cancelled.event.component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect([cancelled.event.uid, cancelled.event.sequence]).toEqual(['abc123@diary.test', 2])
  })
})

describe('the format', () => {
  const event = { uid: 'a@b', sequence: 0, startAt: now, endAt: now + 60_000, isCancelled: false, summary: '' }
  const words = fc.string({ unit: 'grapheme', maxLength: 200 }).map((text) => text.replace(/\p{Cc}/gu, ''))

  it('has lines of at most 75 octets that end in CRLF, and the parser gets every word back', () => {
    fc.assert(
      fc.property(words, words, (summary, location) => {
        const text = icalendar({ method: 'PUBLISH', events: [{ ...event, summary, location }], now })
        expect(text.endsWith('\r\n')).toBe(true)
        expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
        for (const line of text.split('\r\n')) expect(bytes(line)).toBeLessThanOrEqual(75)
        expect(read(text).event.summary ?? '').toBe(summary)
        expect(read(text).event.location ?? '').toBe(location)
      }),
    )
  })

  it('lets nobody write a line of their own', () => {
    const summary = 'Janet\r\nATTENDEE:mailto:evil@example.com\nEND:VEVENT'
    const { calendar, events } = read(icalendar({ method: 'PUBLISH', events: [{ ...event, summary }], now }))
    expect(events).toHaveLength(1)
    expect(events[0]!.attendees).toEqual([])
    expect(calendar.getAllSubcomponents('vevent')).toHaveLength(1)
  })
})

describe('a practitioner’s feed', () => {
  const row: FeedRow = {
    practitionerName: 'Priya Nair',
    showsNames: 0,
    id: 'abc123',
    sequence: 3,
    startAt: booked.startAt,
    endAt: booked.endAt,
    status: 'booked',
    firstName: 'Janet',
    lastName: 'Hall',
  }
  const feed = (rows: FeedRow[]) => feedOf(rows, { name: 'Riverside Clinic' }, 'diary.test', now)

  it('shows patients by their initials', () => {
    const text = feed([row])
    expect(read(text).event.summary).toBe('J. H.')
    expect(text).not.toMatch(/Janet|Hall/)
    expect(read(feed([{ ...row, lastName: '-' }])).event.summary).toBe('J.')
  })

  it('shows names where they were asked for', () => {
    expect(read(feed([{ ...row, showsNames: 1 }])).event.summary).toBe('Janet Hall')
    expect(read(feed([{ ...row, showsNames: 1, lastName: '-' }])).event.summary).toBe('Janet')
  })

  it('is a calendar without appointments when there are none', () => {
    const { calendar, events } = read(feed([{ ...row, id: null }]))
    expect(events).toEqual([])
    expect(calendar.getFirstPropertyValue('x-wr-calname')).toBe('Priya Nair at Riverside Clinic')
  })
})
