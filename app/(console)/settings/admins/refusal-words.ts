type Refusal = "not-found" | "nothing-to-change" | "last-owner" | "disabled"

const words: Record<Refusal, (name: string) => string> = {
  "not-found": (name) => `${name} is no longer here.`,
  "nothing-to-change": () => "That is already so; somebody else was faster.",
  "last-owner": (name) => `${name} is the only owner who can sign in. Make another owner first.`,
  disabled: (name) => `${name} is disabled. Enable the account first.`,
}

/** Why the store refused, for the person who asked. */
export function refusalWords(because: Refusal, name: string): string {
  return words[because](name)
}
