/** The header by which server.ts hands on the address that the locality rules found; it deletes any that was sent. */
export const clientAddressHeader = "x-gatehouse-address"

/** Where a request comes from, for limits and for the list of sessions. */
export function clientAddress(headers: Headers): string {
  return headers.get(clientAddressHeader) ?? "unknown"
}
