package dev.activator.it.rig;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** {@link NeedsProgram} as JUnit asks for it. */
final class NeedsProgramCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = missing(context);
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("all programs are installed");
        }
        String installation = DebianPackages.installOnce();
        List<String> stillMissing = missing(context);
        if (stillMissing.isEmpty()) {
            return ConditionEvaluationResult.enabled(installation);
        }
        return VisibleSkip.because("needs " + DebianPackages.describe(stillMissing) + "; " + installation);
    }

    private static List<String> missing(ExtensionContext context) {
        List<String> missing = new ArrayList<>();
        AnnotationSupport.findAnnotation(context.getElement(), NeedsProgram.class)
                .ifPresent(needs -> List.of(needs.value()).stream()
                        .filter(program -> Programs.find(program).isEmpty())
                        .forEach(missing::add));
        return missing;
    }
}
