/**
 * A circumstance that keeps the program from starting and that a person can change. The message is one sentence
 * that says what is wrong and what to do; it is printed without a stack.
 */
export class StartError extends Error {
  override readonly name = "StartError"
}
