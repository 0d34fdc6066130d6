package dev.activator.control;

import java.util.concurrent.CompletionStage;

/** Answers calls; from any thread. */
@FunctionalInterface
interface Answering {
    /** Completes exceptionally only by a bug. */
    CompletionStage<ApiReply> answer(ApiCall call);
}
