/** The name to sort by and the text to search in. */
export const patientNames = (_of: {
  firstName: string
  lastName: string
  preferredName: string
  phone: string
  mobile: string
  email: string
}) => ({ sortName: 'x', searchText: 'x' })
