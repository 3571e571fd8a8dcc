import { expect, it } from "vitest"
import { lookOf } from "./lookalike"

it.each([
  ["Ops laptop", "Ops Iaptop"],
  ["Ops laptop", "ops-lapt0p"],
  ["Ops laptop", "Ops \u200Blaptop"],
  ["modern", "modem"],
  ["Zoë", "Zoe"],
  ["Ops laptop", "Орѕ lарtор"],
  ["Ops laptop", "ΟPS LAPTOP"],
  ["Ops laptop", "𝗢𝗽𝘀 𝗹𝗮𝗽𝘁𝗼𝗽"],
  ["Ops laptop", "Ops ⅼaptop"],
  ["backup", "ЬасkuР"],
])("%s looks like %s", (one, other) => expect(lookOf(one)).toBe(lookOf(other)))

it.each([
  ["Ops laptop", "Ops laptop 2"],
  ["rack-03", "rack-04"],
])("%s does not look like %s", (one, other) => expect(lookOf(one)).not.toBe(lookOf(other)))

it.each([null, "", " - "])("%j looks like nothing", (name) => expect(lookOf(name)).toBeNull())
