/** Unsent bytes of one side at which the other side is no longer read, and at which it is again. */
export const holdBackAt = { high: 4 * 1024 * 1024, low: 1024 * 1024 }

type Source = { readonly pause: () => void; readonly resume: () => void }
type Sink = { readonly send: (text: string, sent?: () => void) => void; readonly bufferedBytes: () => number }

/**
 * A way to send to `sink` what comes from `source`: while the sink does not take what it was sent, the source is not
 * read, so that the pressure moves to where the frames come from instead of growing here.
 */
export function sendHoldingBack(source: Source, sink: Sink): (text: string) => void {
  let isHeld = false
  const release = () => {
    if (!isHeld || sink.bufferedBytes() > holdBackAt.low) return
    isHeld = false
    source.resume()
  }
  return (text) => {
    sink.send(text, release)
    if (isHeld || sink.bufferedBytes() <= holdBackAt.high) return
    isHeld = true
    source.pause()
  }
}
