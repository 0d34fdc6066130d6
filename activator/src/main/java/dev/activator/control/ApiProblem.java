package dev.activator.control;

/**
 * Why a call of the API was not answered as asked, the body of every error response.
 *
 * @param error what is wrong, one sentence
 * @param hint what to do about it; empty if there is nothing sensible to say
 */
public record ApiProblem(String error, String hint) {}
