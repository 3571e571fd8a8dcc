// Letters and digits that are easily taken for one another, folded into one of each kind.
const folds: readonly (readonly [RegExp, string])[] = [
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/[il1|!ı]/g, "l"],
  [/[o0]/g, "o"],
  [/[s5$]/g, "s"],
  [/[b8]/g, "b"],
]

/** A name with everything folded that eyes pass over; null for one without a letter or digit. */
export function lookOf(name: string | null): string | null {
  if (name === null) return null
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}|!$]/gu, "")
  const look = folds.reduce((text, [from, to]) => text.replace(from, to), plain)
  return look === "" ? null : look
}
