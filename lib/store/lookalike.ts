import unhomoglyph from "unhomoglyph"

// What Unicode's list of confusables keeps apart, and eyes do not.
const folds: readonly (readonly [RegExp, string])[] = [
  [/rn/g, "m"],
  [/vv/g, "w"],
  [/[il1|!ı]/g, "l"],
  [/[o0]/g, "o"],
  [/[s5$]/g, "s"],
  [/[b8]/g, "b"],
]

/**
 * A name with everything folded that eyes pass over: case, blanks, marks, and letters of any script that look like
 * others (Unicode TR 39, confusables). Null for one without a letter or digit.
 */
export function lookOf(name: string | null): string | null {
  if (name === null) return null
  // Some letters are alike as capitals only, others as small letters.
  const alike = unhomoglyph(unhomoglyph(name.normalize("NFKD")).toLowerCase())
  const plain = alike
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}|!$]/gu, "")
  const look = folds.reduce((text, [from, to]) => text.replace(from, to), plain)
  return look === "" ? null : look
}

const maxTermLength = 64

/**
 * The term under which devices are found whose whole name is easily taken for this one; null where there is none.
 * It begins as no word that is searched for does, or a letter would find every device.
 */
export function lookTerm(name: string | null): string | null {
  const look = lookOf(name)
  return look === null ? null : `~${look}`.slice(0, maxTermLength)
}
