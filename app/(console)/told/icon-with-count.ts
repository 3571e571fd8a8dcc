const gate = `<g fill="none" stroke="#0b7f83" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"><path d="M3 21V9l9-6 9 6v12"/><path d="M8 21v-7a4 4 0 0 1 8 0v7"/></g>`

/** The icon of the console with a number on it, as the address of a picture. */
export function iconWithCount(count: number): string {
  const [text, size] = count > 9 ? ["9+", 9] : [String(count), 12]
  const number = `<text x="16" y="${16 + size * 0.36}" font-family="sans-serif" font-size="${size}" font-weight="700" text-anchor="middle" fill="#fff">${text}</text>`
  const badge = `<circle cx="16" cy="16" r="8" fill="#b3261e"/>${number}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${gate}${badge}</svg>`
  return `data:image/svg+xml,${encodeURIComponent(svg)}`
}
