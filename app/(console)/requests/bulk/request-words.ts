/** Some requests, counted. */
export function requestsInWords(count: number): string {
  return count === 1 ? "one request" : `${count} requests`
}
