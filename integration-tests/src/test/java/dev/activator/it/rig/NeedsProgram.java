package dev.activator.it.rig;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Programs without which a test cannot run. The first test that lacks one has {@link DebianPackages} install all that
 * this module knows, where that is allowed. What is missing then skips the test visibly, and fails it under
 * {@code CI=true}.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NeedsProgramCondition.class)
public @interface NeedsProgram {

    /** File names, looked up as {@link Programs#find} does. */
    String[] value();
}
