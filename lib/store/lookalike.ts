import unhomoglyph from "unhomoglyph"
import type { Dialect } from "./client"

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

/**
 * Which of some names are easily taken for that of a paired device of another key: of a JSON list, each with what it is
 * known by, its term and its own device. Of each name one device is looked for, for a crowd may share it.
 */
export function pairedLookSql(dialect: Dialect): string {
  const asked = dialect === "sqlite" ? "json_each($1) AS e" : "jsonb_array_elements(CAST($1 AS jsonb)) AS e(value)"
  // Neither database makes a join of it, which would go through all that share the name.
  return `SELECT e.value->>0 AS "id" FROM ${asked} WHERE (SELECT "deviceId" FROM "DeviceTerm"
    WHERE "term" = (e.value->>1) AND "deviceId" <> (e.value->>2) ORDER BY "term", "deviceId" LIMIT 1) IS NOT NULL`
}
