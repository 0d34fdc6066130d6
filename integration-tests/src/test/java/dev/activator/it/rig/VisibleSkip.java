package dev.activator.it.rig;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.opentest4j.TestAbortedException;

/**
 * A test that cannot run here. On a developer's machine it is reported as skipped, with the reason; under
 * {@code CI=true} it fails, since a test that is never run anywhere proves nothing.
 */
public final class VisibleSkip {

    private VisibleSkip() {}

    /** The skip, before the test. */
    static ConditionEvaluationResult because(String reason) {
        failUnderCi(reason);
        return ConditionEvaluationResult.disabled(reason);
    }

    /** The skip from within a test that has just found out. */
    public static TestAbortedException now(String reason) {
        failUnderCi(reason);
        return new TestAbortedException(reason);
    }

    private static void failUnderCi(String reason) {
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("skipped under CI=true: " + reason);
        }
    }
}
