/** A file of one line per row after its head. Reads the next batch only when the reader has taken the one before it. */
export function streamOf<Row>(
  head: string,
  batches: AsyncGenerator<readonly Row[]>,
  line: (row: Row) => string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      if (head !== "") controller.enqueue(encoder.encode(head))
    },
    async pull(controller) {
      const { done, value } = await batches.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value.map(line).join("")))
    },
    async cancel() {
      await batches.return(undefined)
    },
  })
}
