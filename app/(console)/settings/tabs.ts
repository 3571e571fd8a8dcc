/** The pages of the settings. */
export const settingsTabs = [
  { href: "/settings/admins", name: "People" },
  { href: "/settings/token", name: "Shared token" },
  { href: "/settings/templates", name: "Templates" },
  { href: "/settings/limits", name: "Limits" },
  { href: "/settings/gateway", name: "Gateway" },
  { href: "/settings/upstream", name: "Upstream" },
] as const
