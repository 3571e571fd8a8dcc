/** Where a request is shown, waiting or ended. */
export function requestHref(requestId: string): string {
  return `/requests?id=${encodeURIComponent(requestId)}`
}
