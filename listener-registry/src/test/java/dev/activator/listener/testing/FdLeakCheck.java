package dev.activator.listener.testing;

import java.util.SortedMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that ends with more descriptors open than it began with, and names them: {@code @ExtendWith(FdLeakCheck.class)}. Those that a
 * thread beside the loop's is closing have a moment.
 */
public final class FdLeakCheck implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(FdLeakCheck.class);

    private static final long PATIENCE_NANOS = 2_000_000_000L;

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(SPACE).put("before", OpenFds.now());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        OpenFds before = context.getStore(SPACE).get("before", OpenFds.class);
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        SortedMap<Integer, String> leaked = OpenFds.now().since(before);
        while (!leaked.isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
            leaked = OpenFds.now().since(before);
        }
        if (!leaked.isEmpty()) {
            throw new AssertionError("descriptors left open: " + leaked);
        }
    }
}
