/**
 * Riverside's patients, one line each. Nobody is real: every address is at example.com, and the numbers are those that
 * Ofcom keeps for drama. The columns: title | first name | last name | called | born | email before the @ | mobile |
 * phone | address | postcode | online access | notes. Online access is its state, how many days ago it came to it, how
 * many days ago they last logged on, and which of the staff gave or took it ("themselves": they registered).
 */
const table = `
Mrs  | Janet    | Hall      |       | 1951-05-03 | janet.hall       | 07700 900 101 | 01632 960 101 | 4 Mill Lane, Riverside            | RV1 4AB | active 210 2 sam        |
Mr   | Oliver   | Grant     |       | 1984-03-27 | oliver.grant     | 07700 900 102 |               | 18 Weir Road, Riverside           | RV1 2CD |                         |
Ms   | Hannah   | Reed      |       | 1987-11-14 | family.reed      | 07700 900 103 | 01632 960 103 | 31 Abbey Street, Riverside        | RV2 6EF |                         |
     | Toby     | Reed      |       | 2015-06-08 | family.reed      |               | 01632 960 103 | 31 Abbey Street, Riverside        | RV2 6EF |                         | Comes with his mother, Hannah.
Mr   | George   | Whitfield |       | 1946-01-22 | george.whitfield |               | 01632 960 104 | 27 Mill Lane, Riverside           | RV1 4AB | inactive 34 51 maya     |
Miss | Amara    | Nwosu     |       | 1998-09-02 | amara.nwosu      | 07700 900 105 |               | Flat 12, Station House, Riverside | RV1 1GH | invited 5 - sam         |
     | Freya    | Dawson    |       | 2014-02-19 | freya.dawson     |               | 01632 960 106 | 9 Elm Grove, Eastleigh Green      | RV3 8JK |                         | Her father, Mark Dawson, calls for her.
Dr   | Zoë      | Fairbairn |       | 1975-04-30 | zoe.fairbairn    | 07700 900 107 |               | 2 Ferry Bank, Riverside           | RV2 3LM | active 140 9 themselves |
Mr   | Liam     | O’Connor  |       | 1990-12-11 | liam.oconnor     | 07700 900 108 |               | 44 Weir Road, Riverside           | RV1 2CD | active 96 21 themselves |
Mrs  | Margaret | Ellis     | Peggy | 1938-08-17 |                  |               | 01632 960 109 | 61 Mill Lane, Riverside           | RV1 4AC |                         | Prefers to be called in the morning.
Mr   | Arthur   | Pemberton |       | 1942-10-05 |                  |               | 01632 960 110 | 8 Abbey Street, Riverside         | RV2 6EG |                         |
Ms   | Chloe    | Barnes    |       | 2001-07-23 | chloe.barnes     | 07700 900 111 |               | Flat 3, Station House, Riverside  | RV1 1GH | active 62 4 themselves  |
Mr   | Imran    | Sheikh    |       | 1979-02-08 | imran.sheikh     | 07700 900 112 |               | 22 Elm Grove, Eastleigh Green     | RV3 8JL | active 180 30 sam       |
Mrs  | Nadia    | Sheikh    |       | 1981-06-16 | nadia.sheikh     | 07700 900 113 |               | 22 Elm Grove, Eastleigh Green     | RV3 8JL |                         |
Mr   | Stanley  | Cooper    | Stan  | 1955-03-12 | stan.cooper      |               | 01632 960 114 | 15 Ferry Bank, Riverside          | RV2 3LN |                         |
Mrs  | Dorothy  | Clarke    |       | 1949-11-28 |                  |               | 01632 960 115 | 12 Mill Lane, Riverside           | RV1 4AB |                         |
Mr   | Kofi     | Mensah    |       | 1993-05-19 | kofi.mensah      | 07700 900 116 |               | Flat 21, Station House, Riverside | RV1 1GJ | active 47 6 themselves  |
Ms   | Eleanor  | Price     |       | 1968-09-09 | eleanor.price    | 07700 900 117 | 01632 960 117 | 53 Abbey Street, Riverside        | RV2 6EH | active 305 75 maya      |
Mr   | Harry    | Turner    |       | 2004-01-30 | harry.turner     | 07700 900 118 |               | 3 Weir Road, Riverside            | RV1 2CE |                         |
Mrs  | Susan    | Turner    |       | 1972-04-04 | susan.turner     | 07700 900 119 |               | 3 Weir Road, Riverside            | RV1 2CE | active 120 14 sam       |
Mr   | Piotr    | Zieliński |       | 1986-08-26 | piotr.zielinski  | 07700 900 120 |               | Flat 7, Station House, Riverside  | RV1 1GH |                         |
Ms   | Grace    | Adeyemi   |       | 1995-10-13 | grace.adeyemi    | 07700 900 121 |               | 40 Elm Grove, Eastleigh Green     | RV3 8JM | active 15 1 themselves  |
Mr   | Walter   | Hughes    |       | 1936-12-24 |                  |               | 01632 960 122 | 28 Ferry Bank, Riverside          | RV2 3LN |                         | Hard of hearing: speak slowly on the phone.
Mrs  | Patricia | Hughes    |       | 1939-07-07 |                  |               | 01632 960 122 | 28 Ferry Bank, Riverside          | RV2 3LN |                         |
Mr   | Daniel   | Foster    |       | 1989-02-14 | daniel.foster    | 07700 900 124 |               | 39 Mill Lane, Riverside           | RV1 4AC |                         |
Ms   | Isla     | Murray    |       | 1997-03-21 | isla.murray      | 07700 900 125 |               | 17 Abbey Street, Riverside        | RV2 6EF | active 28 3 themselves  |
Mr   | Rajesh   | Patel     | Raj   | 1964-06-29 | raj.patel        | 07700 900 126 | 01632 960 126 | 71 Weir Road, Riverside           | RV1 2CF | active 260 11 sam       |
Mrs  | Meera    | Patel     |       | 1967-12-01 | meera.patel      | 07700 900 127 | 01632 960 126 | 71 Weir Road, Riverside           | RV1 2CF |                         |
Miss | Ruby     | Thompson  |       | 2003-08-08 | ruby.thompson    | 07700 900 128 |               | Flat 16, Station House, Riverside | RV1 1GJ |                         |
Mr   | Edward   | Lloyd     |       | 1958-05-25 | edward.lloyd     |               | 01632 960 129 | 5 Elm Grove, Eastleigh Green      | RV3 8JK | active 190 88 sam       |
Ms   | Siân     | Lloyd     |       | 1960-10-17 | sian.lloyd       | 07700 900 130 | 01632 960 129 | 5 Elm Grove, Eastleigh Green      | RV3 8JK |                         |
Mr   | Thomas   | Ashworth  |       | 1982-01-06 | tom.ashworth     | 07700 900 131 |               | 88 Mill Lane, Riverside           | RV1 4AD |                         |
Mrs  | Beatrice | Lowe      | Bea   | 1944-04-15 |                  |               | 01632 960 132 | 2 Abbey Street, Riverside         | RV2 6EG |                         |
Mr   | Jamal    | Hussein   |       | 1999-11-03 | jamal.hussein    | 07700 900 133 |               | 33 Ferry Bank, Riverside          | RV2 3LM | active 8 8 themselves   |
Ms   | Victoria | Langley   |       | 1977-07-18 | v.langley        | 07700 900 134 |               | 61 Elm Grove, Eastleigh Green     | RV3 8JN |                         |
Mr   | Peter    | Marsh     |       | 1953-09-27 | peter.marsh      |               | 01632 960 135 | 29 Weir Road, Riverside           | RV1 2CD |                         |
Mrs  | Lorraine | Bell      |       | 1965-02-22 | lorraine.bell    | 07700 900 136 |               | 54 Mill Lane, Riverside           | RV1 4AD |                         |
     | Noah     | Campbell  |       | 2018-05-12 |                  |               | 01632 960 137 | 46 Abbey Street, Riverside        | RV2 6EH |                         | His grandmother, Anne Campbell, comes with him.
Mrs  | Anne     | Campbell  |       | 1956-06-20 | anne.campbell    |               | 01632 960 137 | 46 Abbey Street, Riverside        | RV2 6EH | active 75 19 sam        |
Mr   | Simon    | Yates     |       | 1970-03-31 | simon.yates      | 07700 900 139 |               | 50 Ferry Bank, Riverside          | RV2 3LP |                         |
`

export const riversidePatients = table.trim().split('\n').map(patientOf)

function patientOf(line) {
  const [
    title,
    firstName,
    lastName,
    preferredName,
    dateOfBirth,
    mailbox,
    mobile,
    phone,
    address,
    postcode,
    online,
    notes,
  ] = line.split('|').map((cell) => cell.trim())
  const email = mailbox && `${mailbox}@example.com`
  const person = { title, firstName, lastName, preferredName, dateOfBirth, email, mobile, phone, address, postcode }
  return { ...person, notes: notes ?? '', online: onlineOf(online) }
}

function onlineOf(cell) {
  const [access, since, seen, by] = cell.split(' ')
  return access ? { access, since: Number(since), seen: Number(seen) || null, by: by === 'themselves' ? null : by } : {}
}
