package dev.activator.demo;

/**
 * One request as its client saw it.
 *
 * @param service who was asked
 * @param connectMicros from the call of connect to its return
 * @param answerMicros from the call of connect to the answer
 * @param answer the line that came back
 */
record Visit(String service, long connectMicros, long answerMicros, String answer) {}
