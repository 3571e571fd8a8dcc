import { keepCookie } from "./keep-cookie"

export const themes = ["system", "light", "dark"] as const

export type Theme = (typeof themes)[number]

/** The colours of what the browser draws around the console: those of `--sunk` in app/globals.css. */
export const themeColors = { light: "#f4f3f0", dark: "#14161a" } as const

export const themeCookie = "gatehouse-theme"

/** The theme that a cookie names; the system's where it names none. */
export function toTheme(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system"
}

/** Changes the theme at once, and for every page to come. */
export function applyTheme(theme: Theme): void {
  keepCookie(themeCookie, theme)
  if (theme === "system") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
