import { expect, it } from "vitest"
import { lookOf } from "./lookalike"

it.each([
  ["Ops laptop", "Ops Iaptop"],
  ["Ops laptop", "ops-lapt0p"],
  ["Ops laptop", "Ops \u200Blaptop"],
  ["modern", "modem"],
  ["Zoë", "Zoe"],
])("%s looks like %s", (one, other) => expect(lookOf(one)).toBe(lookOf(other)))

it.each([
  ["Ops laptop", "Ops laptop 2"],
  ["rack-03", "rack-04"],
])("%s does not look like %s", (one, other) => expect(lookOf(one)).not.toBe(lookOf(other)))

it.each([null, "", " - "])("%j looks like nothing", (name) => expect(lookOf(name)).toBeNull())
