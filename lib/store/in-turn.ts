/**
 * Gives one command for several things, one after the other: each is a transaction and an audit entry of its own, and
 * one that is refused stops none of the others.
 */
export async function inTurn<Thing, Result>(
  things: Iterable<Thing>,
  command: (thing: Thing) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const thing of things) results.push(await command(thing))
  return results
}
