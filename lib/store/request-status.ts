/** How a request stands. All but `pending` are ends, kept with how and by whom. */
export const requestStatuses = [
  "pending",
  "approved",
  "rejected",
  "superseded",
  "expired",
  "covered",
  "dropped",
] as const

export type RequestStatus = (typeof requestStatuses)[number]
