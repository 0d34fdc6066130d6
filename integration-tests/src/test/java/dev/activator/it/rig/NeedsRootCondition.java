package dev.activator.it.rig;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** {@link NeedsRoot} as JUnit asks for it. */
final class NeedsRootCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        boolean needed = AnnotationSupport.isAnnotated(context.getElement(), NeedsRoot.class);
        return needed && !ProcFs.isRoot()
                ? VisibleSkip.because("needs root")
                : ConditionEvaluationResult.enabled("root is here or not needed");
    }
}
